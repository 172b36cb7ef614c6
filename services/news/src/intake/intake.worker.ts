import { parentPort } from 'node:worker_threads';
import { THREAD_BEGUN } from '../threads/thread.ts';
import { type ReadingTask, readPage } from './read-page.ts';

/** The thread in which pages are read: what takes too long or too much is ended with it. */
parentPort?.on('message', (task: ReadingTask) => {
  parentPort?.postMessage(readPage(task));
});
parentPort?.postMessage(THREAD_BEGUN);
