import { Worker } from 'node:worker_threads';

export type ThreadLimits = { maxOldGenerationSizeMb: number; maxYoungGenerationSizeMb: number; stackSizeMb: number };

/** Work with hostile input, off the event loop: what takes too long or too much memory is ended with its thread. */
export type Thread<Task, Outcome> = {
  /** One task at a time. Rejects when it is not done in time or the thread dies; the next task gets a new thread. */
  run(task: Task, limitMs: number): Promise<Outcome>;
  close(): Promise<void>;
};

type Running<Outcome> = {
  worker: Worker;
  /** Settled when the thread has loaded its script or is not going to. */
  begun: Promise<void>;
  done?: (outcome: { value: Outcome } | Error) => void;
};

/** The first message of a thread: its script is loaded, and the time of its tasks counts from then. */
export const THREAD_BEGUN = 'begun';

/** A busy machine may take seconds to load a script; a task is not to pay for that. */
const BEGIN_MAX_MS = 10_000;

/** A thread that is begun with the first task; `script` says `THREAD_BEGUN`, then answers each message with one message. */
export function createThread<Task, Outcome>(script: URL, resourceLimits: ThreadLimits): Thread<Task, Outcome> {
  let running: Running<Outcome> | undefined;

  function begin(): Running<Outcome> {
    const worker = new Worker(script, { resourceLimits });
    const loaded = Promise.withResolvers<void>();
    const begun: Running<Outcome> = { worker, begun: loaded.promise };
    const fail = (error: Error) => {
      if (running === begun) running = undefined;
      begun.done?.(error);
      loaded.resolve();
    };
    worker.on('message', (value: Outcome | typeof THREAD_BEGUN) => {
      if (value === THREAD_BEGUN) loaded.resolve();
      else begun.done?.({ value });
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('the thread ended')));
    worker.unref();
    return begun;
  }

  return {
    async run(task, limitMs) {
      running ??= begin();
      const current = running;
      const { promise, resolve } = Promise.withResolvers<{ value: Outcome } | Error>();
      current.done = resolve;
      const endAfter = (ms: number) => setTimeout(() => resolve(new Error(`it took longer than ${ms} ms`)), ms);
      const beginning = endAfter(BEGIN_MAX_MS);
      current.worker.postMessage(task);
      await Promise.race([current.begun, promise]);
      clearTimeout(beginning);
      const working = endAfter(limitMs);
      const outcome = await promise;
      clearTimeout(working);
      delete current.done;
      if (!(outcome instanceof Error)) return outcome.value;
      if (running === current) running = undefined;
      await current.worker.terminate();
      throw outcome;
    },
    async close() {
      await running?.worker.terminate();
    },
  };
}
