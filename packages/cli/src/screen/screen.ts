import { Listr } from 'listr2';
import colors from 'picocolors';

/** Shows one line of progress. */
type Report = (line: string) => void;

/** What a person sees of a command: plain lines, or on a terminal also a spinner for the step at work. */
export type Screen = {
  line: Report;
  warn: Report;
  fail: Report;
  /** Runs one step of a command and shows its progress; `outcome` is the line that stays. */
  step<T>(title: string, work: (report: Report) => Promise<T>, outcome?: (result: T) => string): Promise<T>;
};

export function createScreen({ isTerminal }: { isTerminal: boolean }): Screen {
  /** While a spinner draws, other lines go through it: it would overwrite them. */
  let throughSpinner: Report | undefined;
  const held: (() => void)[] = [];

  function show(text: string, print: (text: string) => void): void {
    if (throughSpinner === undefined) {
      print(text);
    } else {
      throughSpinner(text);
      held.push(() => print(text));
    }
  }

  async function stepWithSpinner<T>(
    title: string,
    work: (report: Report) => Promise<T>,
    outcome: (result: T) => string,
  ): Promise<T> {
    const box: { result?: T } = {};
    const task = {
      title,
      task: async (_: unknown, wrapper: { title?: string | undefined; output: string }) => {
        throughSpinner = (line) => {
          wrapper.output = line;
        };
        box.result = await work(throughSpinner);
        wrapper.title = outcome(box.result);
      },
    };
    try {
      await new Listr([task], { registerSignalListeners: false }).run();
      return box.result as T;
    } finally {
      throughSpinner = undefined;
      for (const print of held.splice(0)) print();
    }
  }

  async function plainStep<T>(
    title: string,
    work: (report: Report) => Promise<T>,
    outcome: (result: T) => string,
  ): Promise<T> {
    console.log(`${title} …`);
    const result = await work((line) => console.log(`  ${line}`));
    console.log(outcome(result));
    return result;
  }

  return {
    line: (text) => show(text, (all) => console.log(all)),
    warn: (text) => show(text, (all) => console.error(colors.yellow(all))),
    fail: (text) => show(text, (all) => console.error(colors.red(all))),
    step: (title, work, outcome = () => title) => (isTerminal ? stepWithSpinner : plainStep)(title, work, outcome),
  };
}
