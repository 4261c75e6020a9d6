import { lastValueFrom } from 'rxjs';
import { FileError, intoLog, type Log, logPaths, monotonic, openLog, play, type Rejected } from '../../index.js';
import { listed } from '../../domain/listed.js';
import { shown } from '../../domain/shown.js';
import { placeOf } from '../../log/placeOf.js';
import { readRunFile } from '../../log/runFile.js';
import { ArrivalMerge } from '../../worker/ArrivalMerge.js';
import { beginLog, type LogBegun } from '../../worker/beginLog.js';
import { openReader } from '../../worker/openReader.js';
import { streamBatches } from '../../worker/streamBatches.js';
import { StreamPatience } from '../../worker/StreamPatience.js';
import type { ReadStream } from '../../worker/ReadStream.js';
import { aborted } from '../interruption.js';
import { unlessInterrupted } from '../unlessInterrupted.js';
import { count, counted } from '../text/words.js';
import type { WorkedAll } from './WorkedAll.js';
import type { Working } from './Working.js';
import type { WorkSettings } from './workSettings.js';

/** Writes what comes in a stream into a log, in the order of arrival, until it is interrupted or has caught up. */
export async function intoLogFrom(settings: WorkSettings, working: Working): Promise<WorkedAll> {
  const { from, to, resume, drains, index, syncEvery } = settings;
  const { said, signal } = working;
  if (to.kind !== 'log') throw new TypeError('this is not a log');
  const { path } = to;
  const nothing = { rejected: 0, bytes: null, failure: undefined };
  const stream = await unlessInterrupted(openReader(from, { said, signal }), signal);
  if (!stream) return nothing;
  try {
    const patience = new StreamPatience(stream, said, monotonic);
    const run = resume ? await readRunFile(logPaths(await placeOf(path, { trusting: false })).run) : undefined;
    const beginning = beginLog(stream, { patience, path, before: run?.made_from, drains, signal, scheduler: monotonic });
    const begun = await unlessInterrupted(beginning, signal);
    if (!begun) return nothing;
    const { origin } = begun;
    const durable = syncEvery < Infinity;
    const log = await openLog(path, { extra: origin.columns, origin: { ...origin }, resume, continues: true, index, durable });
    if (log.replaced.length > 0) said(`replacing the previous run in ${log.replaced.join(', ')}`);
    try {
      return await write(begun, stream, log, settings, working);
    } finally {
      await log.close();
    }
  } finally {
    await stream.close();
  }
}

async function write(begun: LogBegun, stream: ReadStream, log: Log, settings: WorkSettings, working: Working): Promise<WorkedAll> {
  const { origin, last, messages } = begun;
  const { input, output, flushEvery, syncEvery } = settings;
  const { meter, signal, said, told } = working;
  const merge = new ArrivalMerge(stream.partitions, origin.columns, origin.first === 1);
  let [rejected, dropped] = [0, 0];
  let failure: FileError | undefined;
  said(`writing ${input} (${counted(stream.partitions, 'partition')}) into ${output}, from message ${count(origin.first)} on`);
  told(() => `${counted(meter.judged, 'fix', 'fixes')}, ${counted(meter.devices, 'device')}, ${count(merge.size)} held until all partitions have come as far`);
  const reject = async (rows: readonly Rejected[]) => {
    rejected += rows.length;
    await log.reject(rows);
  };
  const batches = streamBatches(messages(), {
    merge,
    shown: stream.shown,
    letOut: origin.let_out,
    last,
    reject,
    noteLetOut: (seq) => log.noteOrigin({ ...origin, let_out: [...origin.let_out, seq] }),
    scheduler: monotonic,
  });
  const sayDropped = () => {
    if (merge.dropped.size === dropped) return;
    said(`columns that came after the log was begun are not in it: ${listed([...merge.dropped.keys()].slice(dropped).map(shown))}`);
    dropped = merge.dropped.size;
  };
  const saying = async function* () {
    for await (const batch of batches) {
      sayDropped();
      yield batch;
    }
  };
  try {
    const written$ = play(saying(), intoLog(log, { flushEvery, syncEvery }), { rate: Infinity, meter, stop$: aborted(signal) });
    await lastValueFrom(written$, { defaultValue: undefined });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    failure = error;
  }
  if (merge.repeated > 0) said(`${counted(merge.repeated, 'fix was', 'fixes were')} sent a second time, and ${merge.repeated === 1 ? 'is' : 'are'} in the log once`);
  if (signal.aborted) said('interrupted: the same command with --resume goes on from here');
  return { rejected, bytes: log.bytes, resumedAt: log.resumed?.at, failure };
}
