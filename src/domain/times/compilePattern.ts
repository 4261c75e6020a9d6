import type { CompiledToken } from './CompiledToken.js';
import { fixedTimeOf } from './fixedTimeOf.js';
import { PATTERN_FIELDS, type PatternField, type PatternPart } from './PATTERN_FIELDS.js';
import { patternTokens, type PatternToken } from './patternTokens.js';
import { partsRead } from './partsRead.js';
import type { TimePattern } from './TimePattern.js';

/** Letters of other languages, and those of date-fns that mean the same. */
const MEANT: Readonly<Record<string, string>> = { YYYY: 'yyyy', YY: 'yy', DD: 'dd', D: 'd', A: 'a', tt: 'a', z: 'xxx', Z: 'xxx' };
const EXAMPLE = 'dd/MM/yyyy HH:mm:ss';
const LITERAL_ZONE = /(?:^|[^A-Za-z])(?:UTC|GMT|Z)$/;

/**
 * Makes of a pattern with date-fns' tokens (`dd/MM/yyyy HH:mm:ss`) what reads times that are written so: once, not for each
 * of them. Numbers of two digits may have one, unless another number is right beside; a fraction may have 1 to 9. A year of
 * two digits is one from 1970 to 2069. `UTC`, `GMT` or `Z` as a text at its end is a zone.
 *
 * @throws Error that says what is wrong with it, to follow its name
 */
export function compilePattern(pattern: string): TimePattern {
  if (/%[a-zA-Z]/.test(pattern)) throw new Error(`is written with %: write it like ${EXAMPLE}, with the letters of date-fns`);
  const tokens = patternTokens(pattern).map((token) => ({ ...token, field: fieldOf(token) }));
  check(tokens);
  const last = tokens.at(-1)!;
  const utc = last.field === undefined && LITERAL_ZONE.test(last.literal);
  const expression = new RegExp(`^${tokens.map((token, i) => sourceOf(token, tokens[i - 1], tokens[i + 1])).join('')}$`);
  const letters = tokens.filter(({ field }) => field !== undefined).map(({ letters }) => letters);
  return {
    pattern,
    read: (text) => {
      const found = expression.exec(text);
      return found ? partsRead(letters, found, utc) : undefined;
    },
    fixed: fixedTimeOf(tokens),
  };
}

function fieldOf({ letters }: PatternToken): PatternField | undefined {
  if (letters === '') return undefined;
  if (Object.hasOwn(PATTERN_FIELDS, letters)) return PATTERN_FIELDS[letters];
  const meant = Object.hasOwn(MEANT, letters) ? `write ${MEANT[letters]!}` : 'put it in single quotes, if it stands for itself';
  throw new Error(`has ${letters}, which means nothing: ${meant}, as in ${EXAMPLE}`);
}

function check(tokens: readonly CompiledToken[]): void {
  const all = tokens.flatMap(({ field, letters }) => (field ? [{ part: field.part, letters }] : []));
  const has = (part: PatternPart) => all.some((one) => one.part === part);
  const twice = all.find(({ part }, i) => all.findIndex((one) => one.part === part) < i);
  if (twice) throw new Error(`has the ${twice.part} twice: MM is the month, and mm the minute`);
  const missing = (['year', 'month', 'day'] as const).find((part) => !has(part));
  if (missing) throw new Error(`has no ${missing}: write it like ${EXAMPLE}, with the letters of date-fns`);
  const twelve = all.find(({ letters }) => letters.startsWith('h'));
  if (twelve && !has('half'))
    throw new Error(
      `has ${twelve.letters}, the hour of a clock with AM and PM, and no a, which says which: write ${twelve.letters.toUpperCase()}, or add a`,
    );
  if (has('half') && !twelve) throw new Error('has a, for AM or PM, without an hour from 1 to 12: write hh, or leave out a');
}

function sourceOf({ field, literal, letters }: CompiledToken, before: CompiledToken | undefined, after: CompiledToken | undefined): string {
  if (!field) return literal.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  const isAlone = !before?.field?.isNumber && !after?.field?.isNumber;
  if (!isAlone || !field.isNumber || letters.startsWith('y')) return `(${field.source})`;
  return field.part === 'fraction' ? String.raw`(\d{1,9})` : String.raw`(\d{1,2})`;
}
