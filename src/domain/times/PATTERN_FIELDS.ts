/** What letters of a pattern stand for. */
export type PatternPart =
  | 'year'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'weekday'
  | 'offset';

/** How letters of a pattern are read. */
export interface PatternField {
  readonly part: PatternPart;
  /** What they match, as a regular expression without groups. */
  readonly source: string;
  /** How many characters that is, if it is always as many; of a number, as it is usually written. */
  readonly width: number | undefined;
  readonly isNumber: boolean;
}

const number = (part: PatternPart, width: number) => ({ part, source: `\\d{${width}}`, width, isNumber: true });
/** One digit, or two. */
const short = (part: PatternPart) => ({ part, source: String.raw`\d{1,2}`, width: undefined, isNumber: true });
const text = (part: PatternPart, source: string, width?: number) => ({ part, source, width, isNumber: false });
const OFFSET = String.raw`[+-]\d\d(?::?\d\d)?`;

/** The letters that are understood, and what they mean: those of date-fns. */
export const PATTERN_FIELDS: Readonly<Record<string, PatternField>> = {
  y: number('year', 4),
  yyyy: number('year', 4),
  yy: number('year', 2),
  M: short('month'),
  MM: number('month', 2),
  MMM: text('month', '[A-Za-z]{3}', 3),
  MMMM: text('month', '[A-Za-z]+'),
  d: short('day'),
  dd: number('day', 2),
  H: short('hour'),
  HH: number('hour', 2),
  h: short('hour'),
  hh: number('hour', 2),
  m: short('minute'),
  mm: number('minute', 2),
  s: short('second'),
  ss: number('second', 2),
  ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => ['S'.repeat(i + 1), number('fraction', i + 1)])),
  ...Object.fromEntries(['a', 'aa', 'aaa', 'aaaa'].map((letters) => [letters, text('half', String.raw`[AaPp]\.?[Mm]\.?`, 2)])),
  ...Object.fromEntries(['E', 'EE', 'EEE'].map((letters) => [letters, text('weekday', '[A-Za-z]{3}', 3)])),
  EEEE: text('weekday', '[A-Za-z]+'),
  ...Object.fromEntries(['x', 'xx', 'xxx'].map((letters) => [letters, text('offset', OFFSET)])),
  ...Object.fromEntries(['X', 'XX', 'XXX'].map((letters) => [letters, text('offset', `(?:Z|${OFFSET})`)])),
};
