import type { EventEmitter } from 'node:events';
import {
  asyncScheduler,
  filter,
  fromEvent,
  interval,
  map,
  merge,
  pairwise,
  startWith,
  type Observable,
  type SchedulerLike,
  type Subscription,
} from 'rxjs';
import { monotonic } from '../index.js';
import { escaped } from '../domain/shown.js';
import { truncate } from './text/truncate.js';

/** Where a status line is shown: standard error, if it is a terminal. */
export interface Terminal extends Pick<EventEmitter, 'addListener' | 'removeListener'> {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What takes the status line away before something else is printed. */
export function eraseLine(terminal: Terminal = process.stderr): string {
  return takesCodes(terminal) ? '\r\u001b[J' : '';
}

const LOOK_MS = 1000;
const EVERY_MS = { terminal: 200, elsewhere: 10_000 };

export interface ShowStatusOptions {
  readonly terminal?: Terminal;
  readonly scheduler?: SchedulerLike;
}

/**
 * Shows where a run is, on one line of a terminal, or a line every 10 s elsewhere, until it is unsubscribed; nothing
 * while the status is empty.
 *
 * The cursor stays at the start of the line. When the window is narrowed, the terminal may wrap the line, and the
 * cursor is still where it starts, so that all of it can be erased.
 *
 * @param status told how many characters there is room for; what is more is cut off
 */
export function showStatus(
  status: (width: number) => string,
  { terminal = process.stderr, scheduler = asyncScheduler }: ShowStatusOptions = {},
): Subscription {
  if (!takesCodes(terminal)) {
    const line$ = interval(EVERY_MS.elsewhere, scheduler).pipe(
      map(() => status(Infinity)),
      filter((line) => line !== ''),
    );
    return line$.subscribe((line) => terminal.write(`lastfix: ${escaped(line)}\n`));
  }
  const draw$ = merge(interval(EVERY_MS.terminal, scheduler), fromEvent(terminal, 'resize'));
  const shown = draw$.subscribe(() => {
    const { columns = 0 } = terminal;
    const width = (columns > 0 ? columns : 80) - 1;
    terminal.write(`${eraseLine(terminal)}${truncate(status(width), width)}\r`);
  });
  shown.add(() => terminal.write(eraseLine(terminal)));
  return shown;
}

/** Whether a terminal moves its cursor when it is told to. */
function takesCodes({ isTTY = false }: Terminal): boolean {
  return isTTY && process.env['TERM'] !== 'dumb';
}

/** Emits how many ms the machine has slept whenever it has woken up. */
export function slept(): Observable<number> {
  return interval(LOOK_MS).pipe(
    map(() => monotonic.slept()),
    startWith(monotonic.slept()),
    pairwise(),
    map(([before, now]) => now - before),
    filter((millis) => millis > 0),
  );
}
