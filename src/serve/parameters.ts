import { parseDuration } from '../domain/duration.js';
import type { Instant } from '../domain/instant.js';
import { momentIn } from '../domain/momentIn.js';
import type { Clock, Moment, Span } from '../domain/Past.js';
import { shown } from '../domain/shown.js';
import { HttpError } from './HttpError.js';

/** The parameters of a question about a moment, as they come. */
export interface MomentParameters {
  readonly at?: string;
  readonly by?: Clock;
  readonly known_at?: string;
  readonly max_age?: string;
}

/** Those of a question about a span of time. */
export interface SpanParameters extends Pick<MomentParameters, 'by' | 'known_at'> {
  readonly from?: string;
  readonly to?: string;
  readonly copies: '0' | '1';
}

/** The moment that a question is about. @throws HttpError 400 that names the invalid value */
export function momentOf({ at, by, known_at, max_age }: MomentParameters, now: () => number): Moment {
  const maxAge = max_age === undefined ? undefined : parseDuration(max_age);
  if (max_age !== undefined && maxAge === undefined)
    throw new HttpError(400, 'bad-request', `max_age ${shown(max_age)} is not a valid duration: write it like 90s, 5m or 24h`);
  return { at: instantOf('at', at, now), by, knownAt: instantOf('known_at', known_at, now), maxAge };
}

/** The span that a question is about. @throws HttpError 400 that names the invalid value */
export function spanOf({ from, to, by = 'event', known_at }: Partial<SpanParameters>, now: () => number): Span {
  const [first = -Infinity, last = Infinity] = [instantOf('from', from, now), instantOf('to', to, now)];
  if (first > last) throw new HttpError(400, 'bad-request', `from ${shown(from!)} is after to ${shown(to!)}: exchange them`);
  return { from: first, to: last, by, knownAt: instantOf('known_at', known_at, now) ?? Infinity };
}

/** In an address, a `+` that is not written as %2B means a blank. */
const BLANK_OFFSET = / (\d\d(?::?\d\d)?)$/;

function instantOf(name: string, text: string | undefined, now: () => number): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = momentIn(text, now) ?? momentIn(text.replace(BLANK_OFFSET, '+$1'), now);
  if (instant !== undefined) return instant;
  const example = '2021-10-23T12:32:45Z, 2021-10-23 or now';
  throw new HttpError(400, 'bad-request', `${name} ${shown(text)} is not a valid time: write it like ${example}`);
}
