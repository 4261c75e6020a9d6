import type { Instant } from '../../domain/instant.js';
import { momentIn } from '../../domain/momentIn.js';
import { day, offsetAt, type Zone } from './words.js';

const TIME_OF_DAY = /^\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?$/;
const HAS_ZONE = /(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/;

/** What a typed time is read by. */
export interface TypedTimeOptions {
  /** Which time is meant where the text names none. */
  readonly zone: Zone;
  /** On which day a mere time of day is. */
  readonly shown: Instant;
  /** The wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** The moment that somebody typed: whatever `lastfix query` takes, or a time of day; `undefined` if it is not one. */
export function typedTime(text: string, { zone, shown, now }: TypedTimeOptions): Instant | undefined {
  const typed = text.trim();
  const whole = TIME_OF_DAY.test(typed) ? `${day(shown, zone)}T${typed}` : typed;
  const moment = momentIn(whole, now);
  if (moment === undefined || zone === 'utc' || typed === 'now' || (whole.length > 10 && HAS_ZONE.test(whole.slice(10)))) return moment;
  const guess = moment + offsetAt(moment);
  return moment + offsetAt(guess); // the offset is that of the moment itself, which may be on the other side of a change
}
