import { filter, interval, map, pairwise, startWith, type Observable, type Subscription } from 'rxjs';
import { formatInstant, monotonic, type Meter, type Pace } from '../index.js';
import { KEYS_SHOWN } from './keys.js';
import { count, duration, figure } from './words.js';

/** What takes the status line away before something else is printed. */
export function eraseLine(): string {
  return process.stderr.isTTY ? '\r\u001b[K' : '';
}

const LOOK_MS = 1000;
const EVERY_MS = { terminal: 200, elsewhere: 10_000 };

/** Shows where a run is, on one line of a terminal, or a line every 10 s elsewhere, until it is unsubscribed. */
export function showStatus(status: () => string): Subscription {
  const { isTTY } = process.stderr;
  const shown = interval(isTTY ? EVERY_MS.terminal : EVERY_MS.elsewhere).subscribe(() => {
    const { columns } = process.stderr;
    process.stderr.write(isTTY ? `${eraseLine()}${status().slice(0, (columns || 80) - 1)}` : `lastfix: ${status()}\n`);
  });
  shown.add(() => process.stderr.write(eraseLine()));
  return shown;
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

/** What is known of a replay while it runs. */
export interface Playing {
  readonly meter: Meter;
  readonly pace: Pace;
  /** The arrival time, in µs, that it will end with; `Infinity` if nobody knows. */
  readonly last: number;
  /** Whether keys steer it. */
  readonly keys: boolean;
}

/** Stream time, rate, fixes, devices, how far behind, and how long it will take at most. */
export function playingStatus({ meter, pace: { paused, rate }, last, keys }: Playing): string {
  if (meter.last === undefined) return paused ? 'paused before the first fix' : 'waiting for the first fix';
  return [
    formatInstant(meter.last).slice(0, 19),
    ...(paused ? ['paused'] : []),
    ...(rate === Infinity ? ['rate max'] : [`rate ${figure(rate)}`, ...(last === Infinity ? [] : [`${duration((last - meter.last) / 1000 / rate)} left`])]),
    `${count(meter.judged)} fixes`,
    `${count(meter.devices)} devices`,
    ...(rate === Infinity ? [] : [`behind by ${count(Math.round(meter.behind))} ms`]),
    ...(keys ? [KEYS_SHOWN] : []),
  ].join(', ');
}
