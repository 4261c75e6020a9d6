import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { Instant } from '../../index.js';
import { shown } from '../../domain/shown.js';
import { checkNames, durationOf, instantOf, momentOf, parseCommand, rateOf } from '../arguments.js';
import { inputNames } from '../recording/inputNames.js';
import { ONE_MINUTE } from '../oneMinute.js';
import { nameOf, outputOf, type Output } from './outputOf.js';
import { STDIN } from '../recording/inputsOf.js';
import { READING_HELP, READING_OPTIONS } from '../recording/readingOptions.js';
import { readingOf, type ReadingSettings } from '../recording/readingOf.js';
import { checkForStore } from './checkForStore.js';
import { MAKING_OPTIONS, makingOf } from './makingOf.js';
import { SEND_OPTIONS, sendSettings, type SendSettings } from './sendSettings.js';
import { SERVE_OPTIONS, serveSettings, type ServeSettings } from '../serve/serveSettings.js';
import { ROW_HELP, ROW_OPTIONS } from '../recording/rowOptions.js';
import type { Making } from '../../stream/makeStream.js';
import { UsageError } from '../UsageError.js';

export const HELP = `lastfix replay [INPUT...]: play a recording into a log of the latest fixes

Examples
  lastfix replay                                          the minute that comes with lastfix
  lastfix replay recording.csv                            as fast as it was recorded
  lastfix replay recording.csv --rate 60 --max-gap 2s     an hour a minute, no silence over 2 s of stream time
  lastfix replay recording.csv --rate max                 at once, for the log alone
  lastfix replay recording.csv --rebase now               as if it were happening now
  lastfix replay recording.csv --serve                    and see it on a page, http://127.0.0.1:8017/
  lastfix replay recording.csv --resume                   go on where it was interrupted
  lastfix replay other.csv --columns arrival=received_at,device=imei
  lastfix replay day-1.csv.gz day-2.csv.gz 'more/*.csv'   all of them as one stream
  receive | lastfix replay -                              what another program receives, as it comes
  lastfix replay recording.csv --rate 10 --output - | …   every fix as a line of JSON, when it is due
  lastfix replay recording.csv --rebase now --output http://host:5055/ --send-as osmand
                                                          drive a Traccar
  lastfix replay recording.csv --output postgres://host/db
                                                          into a store, which many can write
  lastfix replay recording.csv --output nats://host/gps   into a stream, from which workers fill a store
  lastfix replay nats://host/gps --output postgres://host/db
                                                          a worker: run as many as you like

INPUT is CSV, JSON Lines, GPX, NMEA 0183, Parquet or an Excel workbook, recognised by its first bytes; it may
be packed by gzip or zstd, or be in a zip archive. CSV has a header: device_fk_id, latitude, longitude,
time_stamp (when the device took the fix), sts (when the server got it: the order of the stream), speed, and
extra columns, which go with the fix into the log. Several are one stream, by arrival time, then in the order
given. - is standard input, in arrival order, and is played as it comes. Without INPUT, the one-minute
recording that comes with lastfix is played. nats://host/gps is a stream, which goes into a store or a log:
only --output, --flush, --stats, --quiet and those of a stream go with it and, into a log, --resume, --sync
and --no-index.

Time
  --rate R               how many times as fast: 1, 60, 0.5, or max for no waiting (1)
  --max-gap D            cut longer silences of stream time to this; no recorded time changes
  --from TIME            apply what arrived before TIME at once, and play from there
  --until TIME           end after TIME
  --rebase TIME          shift all times by one whole number of seconds, so that the first fix arrives in the
                         second of TIME, or when it starts if TIME is now; --from and --until are as recorded
  --flush D              write changes at least this often, 1ms to 24h (1s)

Input
${ROW_HELP}
  --in-order             INPUT is in arrival order: play it as it is read, without waiting for its end;
                         a fix that arrived before the one above it goes out at once, and is counted
  --tmp FOLDER           where to sort what does not fit into memory (the folder of --output)
  --strict               end at the first rejected row: before anything is written, unless it is streamed

${READING_HELP}

Stream, as INPUT
  --drain                end when all is committed that is in the stream now, be it by other workers
  --accept-gap           go on where messages are gone that were not read, and note it in the store; without
                         it the worker ends with the numbers

Output
  -o, --output WHERE     the log, a file; beside it FILE.late.csv and FILE.rejected.csv, each without the
                         first .csv (output/output_stream.csv); postgres://user@host/database is a
                         store, to which the fixes are added: ?schema=NAME names another schema than
                         lastfix, ?sslmode=verify-full asks for TLS; PGPASSWORD or ~/.pgpass has the password
  --coalesce             keep only the last change per device and second of stream time
  --resume               go on with the run that was interrupted, killed or ran out of disk space: give it
                         the same input and options, but for --rate, --max-gap, --from, --flush, --sync,
                         --no-index
  --sync WHEN            have what was flushed reach the disk, in case of a power cut: always, second
                         (at most once a second) or never (second)
  --no-index             keep no index beside the log: the first question will make it
  --stats FILE           write the report as JSON, too
  --quiet                print nothing but errors, and with --serve the address
  -h, --help             this help

Sending
  -o, --output WHERE     every fix goes out when it is due: - is standard output, a line each; an address is
                         another system: http://host/path or https://, mqtt://host/topic or mqtts://, where
                         {device} in the topic stands for the id
                         nats://host/gps is a stream of NATS JetStream, which is made if it is not there: what
                         is rejected is sent, too, and --resume goes on after what the stream has
  --partitions N         of a stream that is made, 1 to 256 (8): so many workers can share it
  --keep-for D           how long a stream that is made keeps what it has, 1m or more (7d)
  --send WHAT            all fixes, or changes alone (all)
  --format FORMAT        of standard output: json, as query has it, with seq, the place in the stream; or csv,
                         as the log has it (json)
  --send-as FORM         what another system takes: lastfix (JSON, by HTTP in batches of lines), osmand (a
                         query a fix), traccar (the JSON of its client), owntracks (lastfix)
  --connections N        by HTTP, 1 to 256 (8); each device keeps to one, so that its fixes stay in order
The user and the password, or a token, are in the address, or in LASTFIX_OUTPUT_USER, LASTFIX_OUTPUT_PASSWORD
and LASTFIX_OUTPUT_TOKEN, and are never printed; those of a stream in LASTFIX_NATS_USER,
LASTFIX_NATS_PASSWORD, LASTFIX_NATS_TOKEN or LASTFIX_NATS_CREDS, its TLS in LASTFIX_NATS_CA,
LASTFIX_NATS_CERT and LASTFIX_NATS_KEY. What is not answered, or with 5xx or 429, is sent again for
ever; other refusals are counted and listed in the report.

Serving
  --serve                serve a page and an API of the log while it is written, and after the report
                         until Ctrl-C, which then counts as done; with --port N, --host H, --tiles URL,
                         --cors ORIGIN, --token-file FILE and --token T as for lastfix serve
  --stay WHEN            how long to serve: always is until Ctrl-C, never is until the report, terminal is
                         until Ctrl-C in a terminal, and until the report without one (always)

Durations are written like 250ms, 2s, 5m, 24h, 7d; times like 2021-10-23T12:32:45Z or 2021-10-23.
While it runs in a terminal, at another rate than max, keys steer it: space pauses and goes on, the right
arrow plays the next fix and pauses, + and - change the rate, q ends it as Ctrl-C does. The files stay the
same. Ctrl-C stops reading, writes what has arrived, reports and exits with 130; a second one kills. --resume
goes on from either.
Exit status: 0 done, 1 failed or every row rejected, 2 wrong usage, 130 interrupted.
`;

const DAY = 24 * 3_600_000;
export const OPTIONS = {
  rate: { type: 'string', default: '1' },
  'max-gap': { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  rebase: { type: 'string' },
  flush: { type: 'string' },
  ...READING_OPTIONS,
  ...ROW_OPTIONS,
  'in-order': { type: 'boolean', default: false },
  tmp: { type: 'string' },
  strict: { type: 'boolean', default: false },
  output: { type: 'string', short: 'o', default: 'output/output_stream.csv' },
  coalesce: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  sync: { type: 'string' },
  'no-index': { type: 'boolean', default: false },
  ...SEND_OPTIONS,
  ...MAKING_OPTIONS,
  drain: { type: 'boolean', default: false },
  'accept-gap': { type: 'boolean', default: false },
  stats: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  serve: { type: 'boolean', default: false },
  ...SERVE_OPTIONS,
  stay: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
const SERVING = ['stay', ...(Object.keys(SERVE_OPTIONS) as (keyof typeof SERVE_OPTIONS)[])] as const;
/** How often to sync, in ms. */
const SYNC = { always: 0, second: 1000, never: Infinity };

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

export function syncOf(text: string): number {
  if (Object.hasOwn(SYNC, text)) return SYNC[text as keyof typeof SYNC];
  throw new UsageError(`--sync ${shown(text)} is not one of ${Object.keys(SYNC).join(', ')}`);
}

function staysOf(text: string): boolean {
  if (text === 'terminal') return process.stderr.isTTY;
  if (text === 'always' || text === 'never') return text === 'always';
  throw new UsageError(`--stay ${shown(text)} is not one of always, terminal, never`);
}
