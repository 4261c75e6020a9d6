import type { SchedulerLike } from 'rxjs';
import { formatInstant, type Instant } from '../domain/instant.js';
import { PLACES } from '../domain/PLACES.js';
import { waited } from '../rx/waited.js';
import { PartitionTicks } from '../stream/PartitionTicks.js';
import { StreamError } from '../stream/StreamError.js';
import { acceptGap } from './acceptGap.js';
import { describedGap } from './describedGap.js';
import { gapIn, type Gap } from './gapIn.js';
import type { Hold } from './Hold.js';
import { LostPartitions } from './LostPartitions.js';
import type { PlainRow } from './PlainRow.js';
import { MOST_LINES, portionOf } from './portionOf.js';
import type { Read } from './Read.js';
import type { ReadStream, StreamMessage, StreamState } from './ReadStream.js';
import { StreamPatience } from './StreamPatience.js';
import type { WorkerStore } from './WorkerStore.js';

/** What may be so for a moment only, while the servers of a cluster choose another leader, or catch up with it. */
const MAY_PASS: ReadonlySet<Gap['kind']> = new Set(['cut', 'another']);
/** How long to wait before a partition is read anew of which nothing came, in ms. */
const PAUSE = 250;

export interface ReadPartitionOptions {
  readonly stream: ReadStream;
  readonly store: WorkerStore;
  readonly patience: StreamPatience;
  readonly plain: PlainRow;
  /** Go on without messages that are gone, and note it. */
  readonly acceptsGap: boolean;
  readonly said: (line: string) => void;
  /** For how long messages have to be missing that a server may only not have yet, in ms. */
  readonly settles: number;
  /** Told that a partition turned out to be another worker's. */
  readonly lost: (partitions: readonly number[]) => void;
  readonly scheduler: SchedulerLike;
}

/**
 * Reads a partition from its position on, until it is lost or let go. Wherever reading has to be begun anew, it makes sure
 * that the stream is still the one that was read, and that nothing is missing; the last message that was committed comes
 * again, and must be the same.
 *
 * @throws StreamError if messages are missing, unless that is accepted, or if the stream is not there
 */
export async function* readPartition(hold: Hold, options: ReadPartitionOptions): AsyncGenerator<Read, void, undefined> {
  const { patience, scheduler, settles } = options;
  let doubted: number | undefined;
  while (!hold.over.aborted) {
    try {
      await hold.idle();
      const state = await patience.state(hold.over);
      const found = gapIn(hold.position, state) ?? (yield* readOn(hold, state, options));
      if (typeof found === 'string') {
        doubted = undefined;
        if (found === 'nothing') await waited(PAUSE, scheduler, hold.over);
      } else if (!MAY_PASS.has(found.kind) || scheduler.now() - (doubted ??= scheduler.now()) >= settles) {
        await goOver(hold, found, await patience.state(hold.over), options);
        doubted = undefined;
      } else await waited(PAUSE, scheduler, hold.over);
    } catch (error) {
      if (isOver(hold)) return;
      if (!(error instanceof LostPartitions)) throw error;
      options.lost(error.partitions);
    }
  }
}

/** Reads on from the position, until something is wrong. @returns whether anything came, or what is missing */
async function* readOn(
  hold: Hold,
  state: StreamState,
  options: ReadPartitionOptions,
): AsyncGenerator<Read, Gap | 'something' | 'nothing', undefined> {
  const { stream, patience } = options;
  const { reading, generation, partition, position } = hold;
  const { seq, stamp } = position;
  let isExpected = seq > 0 && seq >= state.first;
  const ticks = new PartitionTicks(seq === 0 && state.first <= 1);
  let quiet: StreamState | undefined;
  let came: 'something' | 'nothing' = 'nothing';
  for await (const message of patience.messages(stream.read(partition, isExpected ? seq : Math.max(1, state.first), reading))) {
    if (isExpected) {
      if (message?.seq !== seq || message.time !== stamp) {
        const now = await patience.state(hold.over);
        return gapIn(position, now) ?? (now.first > seq ? came : { kind: 'another' });
      }
      isExpected = false;
    } else if (message) {
      quiet = undefined;
      const read = { hold, generation, ...(await portion(message, position.created, ticks, options)) };
      came = 'something';
      if (reading.aborted) return came;
      yield read;
    } else {
      if (quiet && hold.isIdle) await noteChecked(hold, quiet, options);
      quiet = await patience.state(hold.over);
    }
    if (reading.aborted) return came;
  }
  return came;
}

/** What a message brings, when the store knows the sources and columns that it names. */
async function portion(message: StreamMessage, created: Instant, ticks: PartitionTicks, { stream, store, plain }: ReadPartitionOptions) {
  const numbered = async (name: string) => ({ number: await store.sourceOf(name), name });
  const own = await numbered(streamSource(stream, created, message.seq));
  const said = message.source === undefined ? undefined : await numbered(message.source);
  const found = portionOf(message, { said: said?.number, stream: own.number }, ticks, plain);
  await store.addColumns(found.columns);
  return { portion: found, sources: said ? [own, said] : [own] };
}

/** What a stream is called as a source: its places are those of its messages and lines, as many as a source has. */
function streamSource({ name }: ReadStream, created: Instant, seq: number): string {
  const era = Math.floor((seq * MOST_LINES) / PLACES);
  return `stream ${name} @${formatInstant(created)}${era === 0 ? '' : ` from ${era}`}`;
}

/** Goes on behind a gap, if that is accepted. */
async function goOver(hold: Hold, gap: Gap, state: StreamState, options: ReadPartitionOptions): Promise<void> {
  const { stream, store, acceptsGap, said } = options;
  const reason = describedGap(hold, gap, state);
  if (!acceptsGap)
    throw new StreamError(
      `${stream.shown}: ${reason}: send again what is missing, or go on without it by --accept-gap, which notes it in the table rejected`,
    );
  const source = await store.sourceOf(streamSource(stream, hold.position.created, 0));
  await hold.idle();
  const accepted = { stream: stream.name, hold, gap, state, reason, source };
  hold.position = await store.writing(hold.over, (queries) => acceptGap(queries, store.sql, accepted));
  said(`${stream.shown}: ${reason}: going on without it, as --accept-gap says`);
}

/** Whether nothing is to be read of a partition any more, by now. */
function isOver({ over }: Hold): boolean {
  return over.aborted;
}

/** Notes that a partition has nothing more up to the end that its stream had, before it was asked for what there is. */
async function noteChecked(hold: Hold, { created, last }: StreamState, { stream, store }: ReadPartitionOptions): Promise<void> {
  const { partition, epoch, position } = hold;
  if (created !== position.created || last <= Math.max(position.seq, position.checked)) return;
  await store.writing(hold.over, (queries) => queries.query(store.sql.noteChecked, [stream.name, partition, epoch, position.seq, last]));
  hold.position = { ...position, checked: last };
}
