import { READING_HELP } from '../recording/readingOptions.js';
import { ROW_HELP } from '../recording/rowOptions.js';

/** The help of a replay. */
export const HELP = `lastfix replay [INPUT...]: play a recording into a log of the latest fixes

Examples
  lastfix replay                                          the minute that comes with lastfix
  lastfix replay recording.csv                            at the speed at which it was recorded
  lastfix replay recording.csv --rate 60 --max-gap 2s     60 times as fast, silences cut to 2 s of stream time
  lastfix replay recording.csv --rate max                 at once, for the log alone
  lastfix replay recording.csv --rebase now               as if it were happening now
  lastfix replay recording.csv --serve                    and show it on a page, http://127.0.0.1:8017/
  lastfix replay recording.csv --resume                   go on where it was interrupted
  lastfix replay other.csv --columns arrival=received_at,device=imei
  lastfix replay day-1.csv.gz day-2.csv.gz 'more/*.csv'   all of them as one stream
  receive | lastfix replay -                              what another program receives, as it arrives
  lastfix replay recording.csv --rate 10 --output - | …   every fix as a line of JSON, when it is due
  lastfix replay recording.csv --rebase now --output http://host:5055/ --send-as osmand
                                                          send it to a Traccar server
  lastfix replay recording.csv --output postgres://host/db
                                                          into a store, which many can write to
  lastfix replay recording.csv --output nats://host/gps   into a stream, from which workers fill a store
  lastfix replay nats://host/gps --output postgres://host/db
                                                          a worker: run as many as you like

INPUT is CSV, JSON Lines, GPX, NMEA 0183, Parquet or an Excel workbook. The format is recognised by the first
bytes. The file may be compressed with gzip or zstd, or be in a zip archive. CSV needs a header with the
columns device_fk_id, latitude, longitude, time_stamp (when the device took the fix), sts (when the server
received it, which orders the stream) and speed. Extra columns are copied to the log. Several inputs are
played as one stream, ordered by arrival time, then by their order on the command line. - is standard input,
which must be in arrival order and is played as it arrives. Without INPUT, the one-minute recording that comes
with lastfix is played. nats://host/gps is a stream, which goes into a store or a log. With a stream, only
--output, --flush, --stats, --quiet and the options of a stream can be given and, for a log, also --resume,
--sync and --no-index.

Time
  --rate R               how many times as fast: 1, 60, 0.5, or max for no waiting (1)
  --max-gap D            cut longer silences of stream time to this; recorded times do not change
  --from TIME            apply what arrived before TIME at once, and play from there
  --until TIME           end after TIME
  --rebase TIME          shift all times by the same whole number of seconds, so that the first fix arrives in
                         the second of TIME; with now, when the replay starts. --from and --until are still
                         given as recorded
  --flush D              write changes at least this often, 1ms to 24h (1s)

Input
${ROW_HELP}
  --in-order             INPUT is in arrival order: play it while it is read, without waiting for its end.
                         A fix that arrived before the one above it is played at once, and counted
  --tmp FOLDER           where to sort what does not fit into memory (the folder of --output)
  --strict               stop at the first rejected row: before anything is written, unless INPUT is streamed

${READING_HELP}

A stream as INPUT
  --drain                end when all that is in the stream now has been committed, by this or other workers
  --accept-gap           if unread messages are gone, record that in the store and go on; without it the
                         worker ends and says which are missing

Output
  -o, --output WHERE     the log, a file (output/output_stream.csv). FILE.late.csv and FILE.rejected.csv are
                         written beside it, where FILE is its name without .csv. Or a store,
                         postgres://user@host/database, to which the fixes are added: ?schema=NAME selects
                         another schema than lastfix, ?sslmode=verify-full requires TLS; the password is
                         taken from PGPASSWORD or ~/.pgpass
  --coalesce             keep only the last change per device and second of stream time
  --resume               go on with a run that was interrupted, was killed or ran out of disk space: give the
                         same input and options; only --rate, --max-gap, --from, --flush, --sync and
                         --no-index may differ
  --sync WHEN            when flushed rows are forced to disk, in case of a power cut: always, second (at most
                         once a second) or never (second)
  --no-index             do not keep an index beside the log: the first question will build it
  --stats FILE           also write the report as JSON
  --quiet                print only errors and, with --serve, the address
  -h, --help             this help

Sending
  -o, --output WHERE     send every fix when it is due: - is standard output, one fix a line; an address is
                         another system: http://host/path or https://, mqtt://host/topic or mqtts://, where
                         {device} in the topic stands for the id.
                         nats://host/gps is a stream of NATS JetStream, which is created if it does not exist.
                         Rejected rows are sent too, and --resume goes on after the last fix in the stream
  --partitions N         the partitions of a new stream, 1 to 256 (8): at most that many workers can share it
  --keep-for D           how long a new stream keeps its messages, 1m or more (7d)
  --send WHAT            all fixes, or only changes (all)
  --format FORMAT        the format on standard output: json, as query prints it, with seq, the place in the
                         stream; or csv, as in the log (json)
  --send-as FORM         the format for another system: lastfix (JSON; over HTTP, in batches of lines), osmand
                         (one query per fix), traccar (the JSON of its client) or owntracks (lastfix)
  --connections N        over HTTP, 1 to 256 (8); each device keeps to one, so that its fixes stay in order
Credentials of another system are read from the address, or from LASTFIX_OUTPUT_USER, LASTFIX_OUTPUT_PASSWORD
and LASTFIX_OUTPUT_TOKEN; those of a stream from LASTFIX_NATS_USER, LASTFIX_NATS_PASSWORD, LASTFIX_NATS_TOKEN
or LASTFIX_NATS_CREDS, and its TLS files from LASTFIX_NATS_CA, LASTFIX_NATS_CERT and LASTFIX_NATS_KEY. They
are never printed. A fix that is not answered, or answered with 5xx or 429, is sent again until it is taken;
other refusals are counted and listed in the report.

Serving
  --serve                serve a page and an API of the log while it is written, and after the report until
                         Ctrl-C, which then exits with 0; --port N, --host H, --tiles URL, --cors ORIGIN,
                         --token-file FILE and --token T work as with lastfix serve
  --stay WHEN            how long to serve: always is until Ctrl-C, never is until the report, terminal is
                         until Ctrl-C in a terminal, and until the report without one (always)

Durations are written like 250ms, 2s, 5m, 24h, 7d; times like 2021-10-23T12:32:45Z or 2021-10-23.
In a terminal, at any rate but max, keys control the replay: space pauses and continues, the right arrow plays
the next fix and pauses, + and - change the rate, q ends it as Ctrl-C does. The files stay the same. Ctrl-C
stops reading, writes what has arrived, reports and exits with 130; a second Ctrl-C kills. After either,
--resume goes on.
Exit status: 0 done, 1 failed or every row rejected, 2 wrong usage, 130 interrupted.
`;
