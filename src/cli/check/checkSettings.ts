import { checkNames, durationOf, oneOf, parseCommand, rateOf, wholeOf } from '../arguments.js';
import { inputNames } from '../recording/inputNames.js';
import { ONE_MINUTE } from '../oneMinute.js';
import { STDIN } from '../recording/inputsOf.js';
import { READING_HELP, READING_OPTIONS } from '../recording/readingOptions.js';
import { readingOf, type ReadingSettings } from '../recording/readingOf.js';
import { ROW_HELP, ROW_OPTIONS } from '../recording/rowOptions.js';
import { replayWith } from './replayWith.js';
import { UsageError } from '../UsageError.js';

export const HELP = `lastfix check [INPUT...]: what is in a recording, before it is played

Examples
  lastfix check recording.csv                            what it holds, and what a replay would make of it
  lastfix check recording.csv --rate 60 --max-gap 2s     how long that replay would take
  lastfix check recording.csv --rejected 1000            every rejected row, and why
  lastfix check day-1.csv.gz 'more/*.csv' --format json  for programs
  lastfix check other.csv --columns arrival=received_at,device=imei
  lastfix check --layouts                                the layouts that --layout can name

INPUT is as for lastfix replay: files of any format that it reads, patterns, or - for standard input, which
must be in arrival order. Without INPUT, the recording that comes with lastfix is checked.
Changes, late fixes, duplicates and conflicts are those that a replay would write; a check writes no files.

What to report
  --rate R               how long a replay takes at this rate: 1, 60, 0.5, or max (1)
  --max-gap D            ... with longer silences cut to this
  --rejected N           list up to this many rejected rows, at most 100,000 (10)
  --devices N            list up to this many devices, those with the most fixes first, at most 1,000,000 (10)
  --format F             table, for people, or json: one object (table)
  --quiet                do not show progress
  --layouts              list the known layouts, and check nothing

Input
${ROW_HELP}
  --in-order             treat INPUT as being in arrival order, as lastfix replay --in-order does
  --tmp FOLDER           where to sort what does not fit into memory (the system's folder)
  -h, --help             this help

${READING_HELP}

A delay is the time from event to arrival; late by is how much older a late fix is than the device's latest.
Exit status: 0 all rows are fixes, 1 some would be rejected, 2 wrong usage or failure, 130 interrupted.
`;

/** What a check is asked to tell. Durations in ms. */
export interface CheckSettings {
  readonly help: boolean;
  /** Whether to list the known layouts, and check nothing. */
  readonly layouts: boolean;
  /** As they were named. */
  readonly inputs: readonly string[];
  /** All of them. */
  readonly input: string;
  /** Some of them, to be shown. */
  readonly inputShown: string;
  readonly rate: number;
  readonly maxGap: number;
  /** How many rows that are not fixes, and how many devices, to list. */
  readonly rejected: number;
  readonly devices: number;
  readonly format: 'table' | 'json';
  readonly quiet: boolean;
  /** The command that replays the same, if options say how it is read. */
  readonly replayWith: string | undefined;
  readonly reading: ReadingSettings & { readonly inOrder: boolean; readonly tmp?: string };
}

export const OPTIONS = {
  rate: { type: 'string', default: '1' },
  'max-gap': { type: 'string' },
  rejected: { type: 'string', default: '10' },
  devices: { type: 'string', default: '10' },
  format: { type: 'string', default: 'table' },
  quiet: { type: 'boolean', default: false },
  layouts: { type: 'boolean', default: false },
  ...READING_OPTIONS,
  ...ROW_OPTIONS,
  'in-order': { type: 'boolean', default: false },
  tmp: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Understands the command line of a check. @throws UsageError if it cannot. */
export function checkSettings(args: readonly string[]): CheckSettings {
  const { values, positionals } = parseCommand(args, OPTIONS);
  const inputs = positionals.length > 0 ? positionals : [ONE_MINUTE];
  checkNames({ INPUT: positionals, '--tmp': values.tmp });
  if (inputs.length > 1 && inputs.includes(STDIN))
    throw new UsageError('- is standard input, which is checked alone: leave the other inputs out');
  return {
    help: values.help,
    layouts: values.layouts,
    inputs,
    ...inputNames(inputs),
    rate: rateOf(values.rate),
    maxGap: values['max-gap'] === undefined ? Infinity : durationOf('--max-gap', values['max-gap']),
    rejected: wholeOf('--rejected', values.rejected, 0, 100_000),
    devices: wholeOf('--devices', values.devices, 0, 1_000_000),
    format: oneOf('--format', values.format, ['table', 'json']),
    quiet: values.quiet,
    replayWith: replayWith(inputs, values),
    reading: {
      ...readingOf(values),
      inOrder: values['in-order'] || inputs.includes(STDIN),
      ...(values.tmp === undefined ? {} : { tmp: values.tmp }),
    },
  };
}
