/** So many lines of one service are shown in this time; what is over stands in its log only. */
const linesMax = 8;
const windowMs = 10_000;

/** Lets a bounded number of a service's lines through to the terminal, and says how many it held back. */
export function createLineGate({
  show,
  logPath,
}: {
  show: (text: string) => void;
  logPath: string;
}): (text: string) => void {
  let windowFrom = -windowMs;
  let shown = 0;
  let heldBack = 0;
  return (text) => {
    const now = performance.now();
    if (now - windowFrom >= windowMs) {
      if (heldBack > 0) show(`… ${heldBack} more lines in ${logPath}`);
      windowFrom = now;
      shown = 0;
      heldBack = 0;
    }
    if (shown < linesMax) show(text);
    else heldBack += 1;
    shown += 1;
  };
}
