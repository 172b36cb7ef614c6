import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log that grew over this is moved to `<name>.1`, in place of the one before it. */
const bytesMax = 20 * 1024 * 1024;
const tailLines = 25;

/** Everything that one service prints, in a file of bounded size, and the last lines of its present life at hand. */
export type ServiceLog = { path: string; beginLife(): void; write(line: string): void; lastLines(): string[] };

/** Opens (and makes) the log file. A disk that is full costs the line, never the service. */
export function createServiceLog(path: string): ServiceLog {
  mkdirSync(dirname(path), { recursive: true });
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const tail: string[] = [];

  function append(line: string): void {
    try {
      if (bytes > bytesMax) {
        renameSync(path, `${path}.1`);
        bytes = 0;
      }
      appendFileSync(path, `${line}\n`);
      bytes += line.length + 1;
    } catch {
      // The terminal still shows warnings, and the tail still shows why a service died.
    }
  }

  return {
    path,
    beginLife() {
      tail.length = 0;
    },
    write(line) {
      tail.push(line);
      if (tail.length > tailLines) tail.shift();
      append(line);
    },
    lastLines: () => [...tail],
  };
}
