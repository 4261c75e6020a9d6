import type { Output } from '../replay/outputOf.js';
import { UsageError } from '../UsageError.js';

const TIME = 'a stream is read as it comes, with its own times: give the option to the replay that fills the stream, or leave it out';
const READ = 'a message says by itself what is in it: leave it out';
const SERVED = 'lastfix serve shows what a worker writes, while it writes';
const SENT = 'it is for fixes that are sent: leave it out';

/** Options that are of no use where the input is a stream, and why. */
const IDLE: Readonly<Record<string, string>> = {
  rate: TIME,
  'max-gap': TIME,
  from: TIME,
  until: TIME,
  rebase: TIME,
  'in-order': 'partitions are merged by their arrival times: leave it out',
  tmp: 'nothing of a stream is sorted on disk: leave it out',
  strict: 'a stream goes on after a line that is not a fix, and that line is kept with its reason: leave it out',
  layout: READ,
  columns: READ,
  device: READ,
  delimiter: READ,
  decimal: READ,
  header: READ,
  skip: READ,
  encoding: READ,
  sheet: READ,
  keep: READ,
  times: READ,
  zone: READ,
  'speed-unit': READ,
  where: READ,
  'max-clock-ahead': 'clocks are checked against 24h: leave it out',
  'max-clock-behind': READ,
  serve: SERVED,
  stay: SERVED,
  port: SERVED,
  host: SERVED,
  token: SERVED,
  'token-file': SERVED,
  tiles: SERVED,
  'tiles-by': SERVED,
  cors: SERVED,
  send: SENT,
  format: SENT,
  'send-as': SENT,
  connections: SENT,
  partitions: 'a stream has as many as it was made with: leave it out',
  'keep-for': 'a stream keeps its messages for as long as it was made with: leave it out',
  coalesce: 'the next fix may fall into the second of the last row: leave it out',
};

/** Options that are for the other of the two outputs. */
const FOR_A_LOG: Readonly<Record<string, string>> = {
  resume: 'a store has the position of each partition, and a worker always goes on there: leave it out',
  sync: 'a database decides when a commit is safe, by its setting synchronous_commit: leave it out',
  'no-index': 'a store cannot answer without its indexes: leave it out',
};

/** Makes sure that options, and the output, are for the input of a stream. @throws UsageError that says why they are not */
export function checkForStream(values: Readonly<Record<string, unknown>>, to: Output): void {
  if (to.kind !== 'log' && to.kind !== 'store')
    throw new UsageError('a stream goes into a store, --output postgres://host/database, or into a log, --output log.csv: other programs can read the stream themselves');
  const isGiven = (name: string) => values[name] !== undefined && values[name] !== false;
  for (const [name, why] of Object.entries(IDLE)) if (isGiven(name)) throw new UsageError(`--${name} is not for a stream as the input: ${why}`);
  if (to.kind === 'log' && isGiven('accept-gap'))
    throw new UsageError('--accept-gap is for a store, which can take the missing messages later; a log must have all of a stream, from its first message on: leave it out');
  if (to.kind === 'store')
    for (const [name, why] of Object.entries(FOR_A_LOG)) if (isGiven(name)) throw new UsageError(`--${name} is for a log, and --output names a database: ${why}`);
}
