import { defer, filter, finalize, fromEvent, map, merge, mergeMap, ignoreElements, tap, type Observable } from 'rxjs';
import type { Command, Pace } from '../../index.js';
import { nextRate } from '../../domain/nextRate.js';
import { isInForeground } from './isInForeground.js';

/** What the keys do, for the status line, and for one with less room. */
export const KEYS_SHOWN = { long: 'space: pause, →: next, + -: rate, q: end', short: 'space → + - q' };

const [CTRL_C, CTRL_Z, ESCAPE] = ['\u0003', '\u001a', '\u001b'];
const RIGHT = [`${ESCAPE}[C`, `${ESCAPE}OC`];
/** A sequence of a key that is no character, or a character. */
const KEY = new RegExp(`${ESCAPE}[[O][0-9;]*.|[^]`, 'g');

/**
 * What is typed while a replay runs, as commands, until it is unsubscribed from: the terminal gives each key at
 * once meanwhile. What a terminal does by itself otherwise, at Ctrl-C and Ctrl-Z, is done here; q ends this process
 * as Ctrl-C does.
 */
export function keys(pace: () => Pace): Observable<Command> {
  const { stdin } = process;
  return defer(() => {
    stdin.setRawMode(true);
    const typed$ = fromEvent(stdin, 'data').pipe(mergeMap((chunk) => String(chunk).match(KEY) ?? []));
    const commands$ = typed$.pipe(
      tap(signal),
      map((key) => commandOf(key, pace())),
      filter((command) => command !== undefined),
    );
    const resumed$ = fromEvent(process, 'SIGCONT').pipe(
      tap(() => { if (isInForeground()) stdin.setRawMode(true); }),
      ignoreElements(),
    );
    return merge(commands$, resumed$);
  }).pipe(
    finalize(() => {
      stdin.setRawMode(false);
      stdin.pause();
    }),
  );
}

/** Whether there are keys to be read: a person sits before a terminal, and this is not in the background of it. */
export function hasKeys(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && isInForeground();
}

function commandOf(key: string, { paused, rate }: Pace): Command | undefined {
  if (key === ' ') return { type: paused ? 'resume' : 'pause' };
  if (RIGHT.includes(key)) return { type: 'step' };
  if (key === '+' || key === '=') return { type: 'rate', rate: nextRate(rate, 'up') };
  if (key === '-') return { type: 'rate', rate: nextRate(rate, 'down') };
  return undefined;
}

function signal(key: string): void {
  if (key === 'q') process.kill(process.pid, 'SIGINT');
  if (key === CTRL_C) process.kill(0, 'SIGINT'); // to all of the terminal's job, as it would be
  if (key === CTRL_Z) {
    process.stdin.setRawMode(false);
    process.kill(0, 'SIGTSTP');
  }
}
