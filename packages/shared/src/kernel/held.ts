import { AppError } from './errors.ts';
import type { Part } from './lifecycle.ts';

/** Something that exists only while it is open, such as a connection, as a part of a lifecycle. */
export type Held<T> = Part & {
  /** What is open. Throws UNAVAILABLE `part.not-open` before the start and after the stop. */
  get(): T;
};

/** A part that opens something at its start and closes it at its stop; a stop before the start does nothing. */
export function createHeld<T>(
  name: string,
  { open, close }: { open: () => Promise<T>; close: (held: T) => Promise<void> },
): Held<T> {
  let held: { value: T } | undefined;
  return {
    name,
    async start() {
      held = { value: await open() };
    },
    async stop() {
      const closing = held;
      held = undefined;
      if (closing) await close(closing.value);
    },
    get() {
      if (!held) throw AppError.unavailable('part.not-open', `${name} is not open.`);
      return held.value;
    },
  };
}
