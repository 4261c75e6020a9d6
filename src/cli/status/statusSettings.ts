import type { StoreUrl } from '../../store/storeUrl.js';
import { shown } from '../../domain/shown.js';
import { checkNames, durationOf, oneOf, parseCommand } from '../arguments.js';
import { LOG_OPTIONS, logOf } from '../logOf.js';
import { UsageError } from '../UsageError.js';

export const HELP = `lastfix status [LOG]: what a log or a store has, and whether it is fed

Examples
  lastfix status                                           the log that a replay writes
  lastfix status other/log.csv                             another log
  lastfix status postgres://host/fleet                     a store
  lastfix status postgres://host/fleet --max-behind 60s    exit with 1 if anything is further behind
  lastfix status postgres://host/fleet --format json       for programs

For a store, it says how many fixes there are, until when answers are final and how fast it is written; for
each partition of a stream, which worker has it, how many messages it is behind, and when its last message was
sent. It asks only the database, in one statement. lastfix serve gives the same figures at /metrics.

Options
  --max-behind D        also exit with 1 if a partition is further behind than this or, if no stream feeds the
                        store, if nothing has been committed for this long: 60s, 5m
  --format F            table or json (table)
  -o, --output FILE     the log, or the URL of a store; --log FILE and LOG are the same
                        (output/output_stream.csv)
  -h, --help            this help

Exit status: 0 all is well, 1 there is a problem: a partition that no worker has, a run that was interrupted,
or what --max-behind says; 2 wrong usage or failure.
`;

const STATUS_FORMATS = ['table', 'json'] as const;

export interface StatusSettings {
  readonly help: boolean;
  /** The path of the log, or what to call the store. */
  readonly output: string;
  readonly store: StoreUrl | undefined;
  /** ms. */
  readonly maxBehind: number | undefined;
  readonly format: (typeof STATUS_FORMATS)[number];
}

export const OPTIONS = {
  'max-behind': { type: 'string' },
  format: { type: 'string', default: 'table' },
  ...LOG_OPTIONS,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What the command line of `lastfix status` asks for. @throws UsageError */
export function statusSettings(args: readonly string[]): StatusSettings {
  const { values, positionals } = parseCommand(args, OPTIONS);
  const { help } = values;
  const { output, store, words } = logOf(values, positionals);
  if (help) return { help, output, store, maxBehind: undefined, format: 'table' };
  checkNames({ '--output': values.output, '--log': values.log });
  if (words.length > 0)
    throw new UsageError(`${shown(words[0]!)} is neither a log nor the URL of a store: name a log, or postgres://HOST/DATABASE`);
  const format = oneOf('--format', values.format, STATUS_FORMATS);
  const maxBehind = values['max-behind'] === undefined ? undefined : durationOf('--max-behind', values['max-behind']);
  if (maxBehind !== undefined && !store) throw new UsageError('--max-behind is for a store, which others feed: leave it out for a log');
  return { help, output, store, maxBehind, format };
}
