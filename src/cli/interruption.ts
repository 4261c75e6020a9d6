export { aborted } from '../rx/aborted.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that is aborted when the process is asked to end; asked a second time, the process ends at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) endAtOnce();
      controller.abort();
    });
  }
  return controller.signal;
}

/** Ends the process as if it had never handled Ctrl-C, also while it waits for a pipe that nobody writes to. */
export function endAtOnce(): void {
  if (process.stdin.isTTY && process.stdin.isRaw) process.stdin.setRawMode(false);
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}
