import { parentPort } from 'node:worker_threads';
import { THREAD_BEGUN } from '../threads/thread.ts';
import { type FeedTask, readFeed } from './read-feed.ts';

/** The thread in which feeds are read: what takes too long or too much is ended with it. */
parentPort?.on('message', (task: FeedTask) => {
  parentPort?.postMessage(readFeed(task));
});
parentPort?.postMessage(THREAD_BEGUN);
