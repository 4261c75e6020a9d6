import { READING_HELP } from '../recording/readingOptions.js';
import { ROW_HELP } from '../recording/rowOptions.js';

/** The help of a replay. */
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
