import { Worker } from 'node:worker_threads';

export type ThreadLimits = { maxOldGenerationSizeMb: number; maxYoungGenerationSizeMb: number; stackSizeMb: number };

/** Work with hostile input, off the event loop: what takes too long or too much memory is ended with its thread. */
export type Thread<Task, Outcome> = {
  /** One task at a time. Rejects when it is not done in time or the thread dies; the next task gets a new thread. */
  run(task: Task, limitMs: number): Promise<Outcome>;
  close(): Promise<void>;
};

type Running<Outcome> = { worker: Worker; done?: (outcome: { value: Outcome } | Error) => void };

/** A thread that is begun with the first task; `script` answers each message with one message. */
export function createThread<Task, Outcome>(script: URL, resourceLimits: ThreadLimits): Thread<Task, Outcome> {
  let running: Running<Outcome> | undefined;

  function begin(): Running<Outcome> {
    const worker = new Worker(script, { resourceLimits });
    const begun: Running<Outcome> = { worker };
    const fail = (error: Error) => {
      if (running === begun) running = undefined;
      begun.done?.(error);
    };
    worker.on('message', (value: Outcome) => begun.done?.({ value }));
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
      const timer = setTimeout(() => resolve(new Error(`it took longer than ${limitMs} ms`)), limitMs);
      current.worker.postMessage(task);
      const outcome = await promise;
      clearTimeout(timer);
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
