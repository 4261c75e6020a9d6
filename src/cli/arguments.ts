import { parseArgs, type ParseArgsConfig } from 'node:util';
import { distance } from 'fastest-levenshtein';
import type { Instant } from '../index.js';
import { formatDuration, parseDuration } from '../domain/duration.js';
import { instantIn, momentIn } from '../domain/momentIn.js';
import { escaped, shown } from '../domain/shown.js';
import { UsageError } from './UsageError.js';

/** How many letters may be wrong, missing or added in a word for another to be suggested. */
const MISSPELLED = 2;

type Options = NonNullable<ParseArgsConfig['options']>;
type Command<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>;

/** Splits a command line into options and words. @throws UsageError for an option that is not there. */
export function parseCommand<const O extends Options>(args: readonly string[], options: O): Command<O> {
  try {
    return parseArgs({ args: withNegatives(args, options), options, allowPositionals: true });
  } catch (cause) {
    const [, option] = /^(?:Unknown option|Option) '(?:-\w, )?(-[^' ]*)/.exec((cause as Error).message) ?? [];
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageError(noOption(option ?? '', Object.keys(options)), { cause });
    const { type } = Object.entries(options).find(([name, { short }]) => option === `--${name}` || option === `-${short}`)?.[1] ?? {};
    if (type === 'string') throw new UsageError(`${option!} needs a value`, { cause });
    throw new UsageError(option ? `${option} takes no value` : (cause as Error).message.split('. ')[0], { cause });
  }
}

/** The word that one was probably meant to be, if any is like it. */
export function likest(word: string, words: readonly string[]): string | undefined {
  const [best] = words.map((other) => ({ other, letters: distance(word, other) })).sort((a, b) => a.letters - b.letters);
  return best && best.letters <= Math.min(MISSPELLED, (word.length - 1) / 2) ? best.other : undefined;
}

function noOption(option: string, names: readonly string[]): string {
  const meant = option.startsWith('--') ? likest(option, names.map((name) => `--${name}`)) : undefined;
  const digit = /^-\d/.test(option) ? ': if it begins the name of a device or a file, put -- before that' : '';
  return `there is no option ${escaped(option)}${meant ? `: did you mean ${meant}?` : digit}`;
}

/** `--flush -1` is a bad value rather than a value that is missing: it becomes `--flush=-1`. */
function withNegatives(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1) ?? '';
    const takesValue = before.startsWith('--') && options[before.slice(2)]?.type === 'string';
    if (takesValue && /^-[\d.]/.test(arg)) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** Refuses names of files that are empty, which a variable of a shell may be. */
export function checkNames(names: Readonly<Record<string, string | readonly string[] | undefined>>): void {
  for (const [option, given] of Object.entries(names)) {
    if ([given].flat().includes('')) throw new UsageError(`${option} "" is not a file: name one`);
  }
}

/** `60`, `0.5` or `max`, which is infinite. */
export function rateOf(text: string): number {
  const rate = text === 'max' ? Infinity : /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (rate > 0) return rate;
  throw new UsageError(`--rate ${shown(text)} is not a valid rate: give a number above 0, such as 60, or max`);
}

/** A duration in ms, within bounds. */
export function durationOf(option: string, text: string, min = 0, max = Infinity): number {
  const millis = parseDuration(text);
  if (millis === undefined)
    throw new UsageError(`${option} ${shown(text)} is not a valid duration: write it like 250ms, 2s, 5m, 24h or 7d`);
  if (millis < min || millis > max)
    throw new UsageError(
      `${option} ${shown(text)} is out of range: give ${formatDuration(min)} ${max < Infinity ? `to ${formatDuration(max)}` : 'or more'}`,
    );
  return millis;
}

/** A time of a recording, or a date, which is its first moment. */
export function instantOf(what: string, text: string): Instant {
  const instant = instantIn(text);
  if (instant === undefined)
    throw new UsageError(`${what} ${shown(text)} is not a valid time${yearsOf(text)}: write it like 2021-10-23T12:32:45Z or 2021-10-23`);
  return instant;
}

/** A moment of a question: a time, a date, which is its first moment, or `now`. */
export function momentOf(what: string, text: string): Instant {
  const instant = momentIn(text, Date.now);
  if (instant === undefined)
    throw new UsageError(
      `${what} ${shown(text)} is not a valid time${yearsOf(text)}: write it like 2021-10-23T12:32:45Z, 2021-10-23 or now`,
    );
  return instant;
}

/** The one of several words that a text is. */
export function oneOf<W extends string>(option: string, text: string, words: readonly W[]): W {
  const word = words.find((word) => word === text);
  if (word === undefined) throw new UsageError(`${option} ${shown(text)} is not one of ${words.join(', ')}`);
  return word;
}

/** What is wrong with a time that is well written. */
function yearsOf(text: string): string {
  return /^\d{4}-/.test(text) && (text < '1685' || text >= '2255') && instantIn(text.replace(/^\d{4}/, '2000')) !== undefined
    ? ', which must be in the years 1685 to 2255'
    : '';
}

export function wholeOf(option: string, text: string, min: number, max: number): number {
  const whole = /^\d+$/.test(text) ? Number(text) : NaN;
  if (whole >= min && whole <= max) return whole;
  throw new UsageError(
    `${option} ${shown(text)} is ${isNaN(whole) ? 'not a whole number' : 'out of range'}: give one from ${min} to ${max}`,
  );
}
