/** What HTML folds where it stands literally. */
const BLANKS = /[ \t\n\f\r]+/;

export type TextGatherer = {
  /** Text as it stands: blanks fold into one, and go at both ends. */
  literal(text: string): void;
  /** Text that was spelled out, by character references or in `pre`: it stays as it is. */
  exact(text: string): void;
  /** A line break; answers how many there are now one after the other. Those at both ends go. */
  lineBreak(): number;
  /** What was gathered; the next text begins. */
  take(): string;
};

/** Gathers one text of HTML as a reader sees it. */
export function createTextGatherer(): TextGatherer {
  let text = '';
  let isBlankOwed = false;
  let breaks = 0;

  function add(words: string): void {
    if (text !== '' && breaks > 0) text += '\n';
    else if (text !== '' && isBlankOwed) text += ' ';
    isBlankOwed = false;
    breaks = 0;
    text += words;
  }

  return {
    literal(given) {
      const [first = '', ...others] = given.split(BLANKS);
      if (first !== '') add(first);
      for (const words of others) {
        isBlankOwed = true;
        if (words !== '') add(words);
      }
    },
    exact: (given) => {
      if (given !== '') add(given);
    },
    lineBreak: () => {
      breaks += 1;
      return breaks;
    },
    take() {
      const taken = text;
      text = '';
      isBlankOwed = false;
      breaks = 0;
      return taken;
    },
  };
}
