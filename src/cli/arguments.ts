import { parseArgs, type ParseArgsConfig } from 'node:util';
import { type ColumnNames, escaped, type Instant, parseDuration, parseInstant, RECORDING_COLUMNS, shown } from '../index.js';
import { UsageError } from './UsageError.js';

type Options = NonNullable<ParseArgsConfig['options']>;
type Command<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>;

/** Splits a command line into options and words. @throws UsageError for an option that is not there. */
export function parseCommand<const O extends Options>(args: readonly string[], options: O): Command<O> {
  try {
    return parseArgs({ args: withNegatives(args, options), options, allowPositionals: true });
  } catch (cause) {
    const [, option] = /^(?:Unknown option|Option) '(-[^' ]*)/.exec((cause as Error).message) ?? [];
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageError(`there is no option ${escaped(option ?? '')}${/^-\d/.test(option ?? '') ? ': put -- before it if it is a word' : ''}`, { cause });
    if (option && options[option.replace(/^-+/, '')]?.type === 'string') throw new UsageError(`${option} needs a value`, { cause });
    throw new UsageError((cause as Error).message.split('. ')[0], { cause });
  }
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

/** `60`, `0.5` or `max`, which is infinite. */
export function rateOf(text: string): number {
  const rate = text === 'max' ? Infinity : /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (rate > 0) return rate;
  throw new UsageError(`--rate ${shown(text)} is no rate: give a number above 0, such as 60, or max`);
}

/** A duration in ms, within bounds. */
export function durationOf(option: string, text: string, least = 0, most = Infinity): number {
  const millis = parseDuration(text);
  if (millis === undefined) throw new UsageError(`${option} ${shown(text)} is no duration: write it as 250ms, 2s, 5m or 24h`);
  if (millis < least || millis > most) throw new UsageError(`${option} ${shown(text)} is out of range: give ${least} ms ${most < Infinity ? `to ${most} ms` : 'or more'}`);
  return millis;
}

export function instantOf(what: string, text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new UsageError(`${what} ${shown(text)} is no time: write it as 2021-10-23T12:32:45Z`);
  return instant;
}

/** A moment of a question: a time, a date, which is its first moment, or `now`; `undefined` if it is none. */
export function momentIn(text: string): Instant | undefined {
  return text === 'now' ? Date.now() * 1000 : parseInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
}

export function momentOf(what: string, text: string): Instant {
  const instant = momentIn(text);
  if (instant === undefined) throw new UsageError(`${what} ${shown(text)} is no time: write it as 2021-10-23T12:32:45Z, 2021-10-23 or now`);
  return instant;
}

export function wholeOf(option: string, text: string, least: number, most: number): number {
  const whole = /^\d+$/.test(text) ? Number(text) : NaN;
  if (whole >= least && whole <= most) return whole;
  throw new UsageError(`${option} ${shown(text)} is out of range: give a whole number from ${least} to ${most}`);
}

/** `arrival=received_at,device=imei`: the names of the columns, the others being as they are by default. */
export function columnsOf(text: string): ColumnNames {
  const names: Record<keyof ColumnNames, string> = { ...RECORDING_COLUMNS };
  for (const pair of text.split(',')) {
    const [part = '', name, ...more] = pair.split('=');
    if (!Object.hasOwn(names, part) || name === undefined || more.length > 0 || (name === '' && part !== 'speed')) {
      throw new UsageError(`--columns ${shown(pair)} is no PART=NAME: PART is one of ${Object.keys(names).join(', ')}`);
    }
    names[part as keyof ColumnNames] = name;
  }
  return names;
}
