import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { Instant } from '../../index.js';
import { shown } from '../../domain/shown.js';
import { checkNames, durationOf, instantOf, momentOf, oneOf, parseCommand, rateOf } from '../arguments.js';
import { inputNames } from '../recording/inputNames.js';
import { ONE_MINUTE } from '../oneMinute.js';
import { nameOf, outputOf, type Output } from './outputOf.js';
import { STDIN } from '../recording/inputsOf.js';
import { readingOf, type ReadingSettings } from '../recording/readingOf.js';
import { checkForStore } from './checkForStore.js';
import { OPTIONS } from './replayOptions.js';
import { syncOf } from './syncOf.js';
import { makingOf } from './makingOf.js';
import { sendSettings, type SendSettings } from './sendSettings.js';
import { SERVE_OPTIONS, serveSettings, type ServeSettings } from '../serve/serveSettings.js';
import type { Making } from '../../stream/makeStream.js';
import { UsageError } from '../UsageError.js';

const DAY = 24 * 3_600_000;
const SERVING = ['stay', ...(Object.keys(SERVE_OPTIONS) as (keyof typeof SERVE_OPTIONS)[])] as const;

/** What a replay is asked to do. Durations in ms, instants in µs. */
export interface ReplaySettings {
  readonly help: boolean;
  /** As they were named. */
  readonly inputs: readonly string[];
  /** All of them. */
  readonly input: string;
  /** Some of them, to be shown. */
  readonly inputShown: string;
  readonly to: Output;
  /** How that is called in messages and in the report. */
  readonly output: string;
  /** How fixes are sent; `undefined` if they go into a log. */
  readonly sending: SendSettings | undefined;
  /** How a stream is made, if it is not there; `undefined` for another output. */
  readonly making: Making | undefined;
  readonly stats: string | undefined;
  readonly coalesce: boolean;
  readonly resume: boolean;
  /** The time that the first fix is to arrive at; `now` is when it starts. */
  readonly rebase: Instant | 'now' | undefined;
  readonly index: boolean;
  readonly quiet: boolean;
  /** `undefined` if the log is not to be served. */
  readonly serve: ServeSettings | undefined;
  /** Whether it is still served when the run has ended. */
  readonly stays: boolean;
  readonly reading: ReadingSettings & {
    readonly strict: boolean;
    readonly inOrder: boolean;
    readonly tmp: string;
  };
  readonly playing: {
    readonly rate: number;
    readonly maxGap: number;
    readonly from: Instant | undefined;
    readonly until: Instant | undefined;
    readonly flushEvery: number;
    readonly syncEvery: number;
  };
}

/** Understands the command line of a replay. @throws UsageError if it cannot. */
export function replaySettings(args: readonly string[]): ReplaySettings {
  const { values, positionals } = parseCommand(args, OPTIONS);
  const inputs = positionals.length > 0 ? positionals : [ONE_MINUTE];
  if (inputs.length > 1 && inputs.includes(STDIN))
    throw new UsageError('- is standard input, which is played alone: leave the other inputs out');
  const to = outputOf(values.output);
  const sending = sendSettings(values, to);
  const making = makingOf(values, to, values['in-order'] || inputs.includes(STDIN));
  if (to.kind === 'store') checkForStore(values, values['in-order'] || inputs.includes(STDIN));
  const [idle] = values.serve ? [] : SERVING.filter((name) => values[name] !== undefined);
  if (idle !== undefined) throw new UsageError(`--${idle} is for serving: add --serve, or leave it out`);
  checkNames({ INPUT: positionals, '--stats': values.stats, '--tmp': values.tmp });
  const from = values.from === undefined ? undefined : instantOf('--from', values.from);
  const until = values.until === undefined ? undefined : instantOf('--until', values.until);
  if (from !== undefined && until !== undefined && from > until)
    throw new UsageError(`--from ${shown(values.from!)} is after --until ${shown(values.until!)}: exchange them`);
  return {
    help: values.help,
    inputs,
    ...inputNames(inputs),
    to,
    output: nameOf(to),
    sending,
    making,
    stats: values.stats,
    coalesce: values.coalesce,
    resume: values.resume,
    rebase: values.rebase === undefined || values.rebase === 'now' ? values.rebase : momentOf('--rebase', values.rebase),
    index: !values['no-index'],
    quiet: values.quiet,
    serve: values.serve ? serveSettings(values) : undefined,
    stays: staysOf(values.stay ?? 'always'),
    reading: {
      ...readingOf(values),
      strict: values.strict,
      inOrder: values['in-order'] || inputs.includes(STDIN),
      tmp: values.tmp ?? (to.kind === 'log' ? dirname(to.path) : tmpdir()),
    },
    playing: {
      rate: rateOf(values.rate),
      maxGap: values['max-gap'] === undefined ? Infinity : durationOf('--max-gap', values['max-gap']),
      from,
      until,
      flushEvery: durationOf('--flush', values.flush ?? '1s', 1, DAY),
      syncEvery: syncOf(values.sync ?? 'second'),
    },
  };
}

function staysOf(text: string): boolean {
  const when = oneOf('--stay', text, ['always', 'terminal', 'never']);
  return when === 'always' || (when === 'terminal' && process.stderr.isTTY);
}
