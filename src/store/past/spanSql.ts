import type { Span } from '../../domain/Past.js';
import type { Parameter } from '../Database.js';
import { timeText } from './timeText.js';
import type { TrackPlace } from './TrackCursor.js';

/** Which fixes are of a span, and in which order, as parts of a statement. */
export interface SpanSql {
  /** The two times, that of the span's clock first. */
  readonly clocks: readonly ['event_time' | 'arrival', 'event_time' | 'arrival'];
  /** By the clock, those of one moment by the other, then by their places. */
  readonly order: string;
  /** The conditions, all of which hold. */
  readonly where: string[];
  /** Adds a parameter, and gives its name. */
  readonly add: (parameter: Parameter) => string;
}

/** @param after only what comes after it. @param parameters those of the statement, to which its own are added */
export function spanSql({ by, from, to, knownAt }: Span, after: TrackPlace | undefined, parameters: Parameter[]): SpanSql {
  const add = (parameter: Parameter) => `$${parameters.push(parameter)}`;
  const time = (instant: number) => `${add(timeText(instant))}::timestamptz`;
  const clocks = by === 'event' ? (['event_time', 'arrival'] as const) : (['arrival', 'event_time'] as const);
  const [own] = clocks;
  const order = `${clocks.join()}, seq`;
  const where = [
    `${own} >= ${time(Math.max(from, after?.[own] ?? -Infinity))}`,
    `${own} <= ${time(to)}`,
    ...(knownAt === Infinity ? [] : [`arrival <= ${time(knownAt)}`]),
    ...(after ? [`(${order}) > (${clocks.map((clock) => time(after[clock])).join()}, ${add(after.seq)}::int8)`] : []),
  ];
  return { clocks, order, where, add };
}
