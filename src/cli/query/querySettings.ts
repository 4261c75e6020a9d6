import type { AskOptions, Clock, Instant, Past } from '../../index.js';
import type { StoreUrl } from '../../store/storeUrl.js';
import type { Final } from '../../formats/Final.js';
import { momentIn } from '../../domain/momentIn.js';
import { shown } from '../../domain/shown.js';
import { checkNames, durationOf, momentOf, oneOf, parseCommand } from '../arguments.js';
import { LOG_OPTIONS, logOf } from '../logOf.js';
import { mistakenLog } from '../mistakenLog.js';
import { FORMATS, type FormatName } from './formats.js';
import { UsageError } from '../UsageError.js';

export const HELP = `lastfix query DEVICE [TIME]: ask the log about the past

Examples
  lastfix query 8250                                       the newest that is known
  lastfix query 8250 2021-10-23T12:30:40Z                  what was known of it at that moment
  lastfix query 8250 2021-10-23T12:30:40Z --by event       where it was then, including late fixes
  lastfix query 8250 2021-10-23T12:30:40Z --by event --known-at 2021-10-23T12:30:50Z
                                                           the same, by what had arrived 10 s later
  lastfix query --all 2021-10-23T12:30:40Z                 the whole fleet
  lastfix query 8250 --from 2021-10-23T12:30:00Z --to 2021-10-23T12:30:30Z --format geojson
                                                           its track
  lastfix query --all --follow                             every change, as it is flushed
  lastfix query other/log.csv 8250                         the newest in another log
  lastfix query postgres://host/fleet 8250                 the newest in a store

TIME is YYYY-MM-DDThh:mm:ss, or with a space instead of the T, with up to 9 fraction digits and Z, +05:30 or
nothing, which means UTC; seconds may be left out. It may also be YYYY-MM-DD, the start of that day in UTC, or
now. What happened at TIME itself is included. The age of an answer is TIME minus the event time. Without
TIME, it is counted from the last arrival in the log, including late fixes and duplicates.

What to ask
  --all                every known device instead of one
  --by CLOCK           arrival: what was known at a time; event: where a device was at a time (arrival; for a
                       track, event)
  --known-at TIME      use only what had arrived by TIME
  --max-age D          do not answer with an older fix: 90s, 5m, 24h, 7d
  --from TIME          a track: every fix from TIME on, ...
  --to TIME            ... and up to TIME. Its first fix, its last fix and its length are printed below it, on
                       standard error with json and csv. By event time, a fix that was sent several times is
                       listed once
  --copies             also list every copy of a fix
  --follow             then print every change as it is flushed, until Ctrl-C

How to answer
  --format F           table; json (one object a line); csv; geojson (a Feature for one device, a
                       FeatureCollection for a fleet or a track, a Feature a line with --follow); gpx or kml
                       (a track, or a point for each device) (table). A store also says until when its
                       answers are final (final_until)
  -o, --output FILE    the log to ask, which a run may be writing (output/output_stream.csv). --log FILE is
                       the same, and so is the path of a file as the first word. Or the URL of a store,
                       postgres://USER@HOST/DATABASE; keep its password in ~/.pgpass or PGPASSWORD
  --explain            say what was read to answer
  -h, --help           this help

The log has an index beside it (FILE.index). If it is missing or behind, the query updates it. It may be
deleted at any time.

Exit status: 0 answered, 1 nothing known, 2 wrong usage or failure.
`;

export interface QuerySettings {
  readonly help: boolean;
  readonly kind: 'moment' | 'track' | 'follow';
  /** `undefined` for all. */
  readonly device: string | undefined;
  readonly at: Instant | undefined;
  readonly by: Clock | undefined;
  readonly knownAt: Instant | undefined;
  /** ms. */
  readonly maxAge: number | undefined;
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
  readonly copies: boolean;
  readonly format: FormatName;
  /** The path of the log, or what to call the store. */
  readonly output: string;
  readonly store: StoreUrl | undefined;
  readonly explain: boolean;
}

/** What is asked and how, and where the answer goes. */
export interface Asking extends Required<Pick<AskOptions, 'reads' | 'progress'>> {
  /** The path of the log, or the store. */
  readonly source: string | Past;
  /** If it is a store: until when its answers are final. */
  readonly final?: Final | undefined;
  /** Writes a part of the answer to standard output. */
  readonly print: (text: string) => void;
  /** Says a line on standard error. */
  readonly tell: (line: string) => void;
}

export const OPTIONS = {
  all: { type: 'boolean', default: false },
  by: { type: 'string' },
  'known-at': { type: 'string' },
  'max-age': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  follow: { type: 'boolean', default: false },
  copies: { type: 'boolean', default: false },
  format: { type: 'string', default: 'table' },
  ...LOG_OPTIONS,
  explain: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What the command line of `lastfix query` asks for. @throws UsageError */
export function querySettings(args: readonly string[]): QuerySettings {
  const { values, positionals } = parseCommand(args, OPTIONS);
  const { all, by, from, to, follow, copies, explain, help } = values;
  const { output, store, words } = logOf(values, positionals);
  const [device, ...times] = all ? [undefined, ...words] : words;
  const time = times.length > 0 ? times.join(' ') : undefined;
  const isTrack = from !== undefined || to !== undefined;
  if (help) return { ...querySettings(['any device']), help }; // whatever else was asked for
  if (!all && device === undefined) {
    const of = positionals.length > 0 ? ` of ${output}` : '';
    throw new UsageError(`which device${of}? Give its id, and a time if you like, or --all for every device`);
  }
  checkNames({ '--output': values.output, '--log': values.log });
  if (by !== undefined && by !== 'event' && by !== 'arrival')
    throw new UsageError(`--by ${shown(by)} is not a clock: give event or arrival`);
  const format = oneOf('--format', values.format, Object.keys(FORMATS) as FormatName[]);
  const the = time === undefined ? '' : `the time ${shown(time)}`;
  refuse(isTrack, '--from and --to, which ask for the track of one device', {
    '--all': all,
    [the]: time,
    '--max-age': values['max-age'],
    '--follow': follow,
  });
  refuse(follow, '--follow, which goes on from now', {
    [the]: time,
    '--by event': by === 'event',
    '--known-at': values['known-at'],
    '--max-age': values['max-age'],
  });
  if (copies && !isTrack)
    throw new UsageError('--copies goes with --from or --to, which ask for the track of one device: give one of them');
  if (copies && by === 'arrival')
    throw new UsageError('--copies does not go with --by arrival, which lists every arrival anyway: leave one out');
  if (follow && !('endless' in FORMATS[format]))
    throw new UsageError(`--format ${format} does not go with --follow, which has no end: choose table, json, csv or geojson`);
  if (all && time !== undefined && momentIn(time, Date.now) === undefined)
    throw new UsageError(`--all asks about every device: leave out ${shown(time)}, or give a time, such as 2021-10-23T12:32:45Z`);
  if (device !== undefined && time !== undefined && momentIn(time, Date.now) === undefined) {
    const why = mistakenLog(output, device, time);
    if (why !== undefined) throw new UsageError(why);
  }
  const settings: QuerySettings = {
    help,
    kind: follow ? 'follow' : isTrack ? 'track' : 'moment',
    device,
    at: optional(momentOf, 'the time', time),
    by,
    knownAt: optional(momentOf, '--known-at', values['known-at']),
    maxAge: optional(durationOf, '--max-age', values['max-age']),
    from: optional(momentOf, '--from', from),
    to: optional(momentOf, '--to', to),
    copies,
    format,
    output,
    store,
    explain,
  };
  if (settings.from !== undefined && settings.to !== undefined && settings.from > settings.to)
    throw new UsageError(`--from ${shown(from!)} is after --to ${shown(to!)}: exchange them`);
  return settings;
}

/** @throws UsageError if something is asked for that does not go with what is asked for */
function refuse(asked: boolean, what: string, others: Readonly<Record<string, string | boolean | undefined>>): void {
  const [other] = Object.entries(others).filter(([, value]) => asked && value !== undefined && value !== false);
  if (other) throw new UsageError(`${other[0]} does not go with ${what}: leave one out`);
}

function optional<T>(parse: (what: string, text: string) => T, what: string, text: string | undefined): T | undefined {
  return text === undefined ? undefined : parse(what, text);
}
