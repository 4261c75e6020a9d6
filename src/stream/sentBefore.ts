import type { MsgRequest, StoredMsg } from '@nats-io/jetstream';
import { HEADERS } from './HEADERS.js';
import type { Stream } from './Stream.js';

/** How many messages are asked for at once, while those of others are passed over. */
const AT_ONCE = 256;
/** By which JetStream says that there is no such message. */
const NO_MESSAGE = 10_037;

/** How far a source came in a stream. */
export interface SentBefore {
  /** What it is called. */
  readonly source: string;
  /** From which place on the stream lacks its fixes, in each partition. */
  readonly next: readonly number[];
  /** How many of its rejected rows the stream has. */
  readonly rejected: number;
}

/**
 * How far the source came in a stream that sent last of those that are looked for: by the last message of each partition
 * that is from it. Messages of others that came later are passed over, one by one.
 *
 * @param isIt whether a source is looked for, by its name
 * @throws StreamError if there is no right to look at messages
 */
export async function sentBefore(stream: Stream, isIt: (source: string) => boolean): Promise<SentBefore | undefined> {
  try {
    const lasts = new Map<number, StoredMsg>();
    const ends = await Promise.all(Array.from({ length: stream.partitions }, (_, partition) => lastOf(stream, partition)));
    const theirs = ends.filter((message) => message !== undefined && isIt(sourceOf(message)));
    let source = theirs.sort((a, b) => b!.seq - a!.seq)[0];
    const take = (message: StoredMsg) => {
      const partition = partitionOf(stream, message);
      if (partition !== undefined && !lasts.has(partition) && isIt(sourceOf(message))) {
        source ??= message;
        if (sourceOf(message) === sourceOf(source)) lasts.set(partition, message);
      }
    };
    for (const message of ends) if (message && source && sourceOf(message) === sourceOf(source)) take(message);
    const missing = ends.flatMap((message, partition) => (message && !lasts.has(partition) ? [message.seq] : []));
    const { first } = await stream.patiently(() => stream.state());
    const isDone = () => ends.every((message, partition) => !message || lasts.has(partition));
    for (let end = Math.max(0, ...missing); end > first && !isDone(); end -= AT_ONCE) {
      const from = Math.max(first, end - AT_ONCE);
      const found = await Promise.all(Array.from({ length: end - from }, (_, i) => messageAt(stream, end - 1 - i)));
      for (const message of found) if (message) take(message);
    }
    if (!source) return undefined;
    const next = Array.from({ length: stream.partitions }, (_, partition) => numberIn(lasts.get(partition), HEADERS.next));
    return { source: sourceOf(source), next, rejected: numberIn(lasts.get(0), HEADERS.rejected) };
  } catch (error) {
    throw stream.explained(error);
  }
}

function lastOf(stream: Stream, partition: number): Promise<StoredMsg | undefined> {
  return found(stream, { last_by_subj: stream.subjectOf(partition) });
}

function messageAt(stream: Stream, seq: number): Promise<StoredMsg | undefined> {
  return found(stream, { seq });
}

async function found(stream: Stream, request: MsgRequest): Promise<StoredMsg | undefined> {
  try {
    return (await stream.patiently(() => stream.manager().streams.getMessage(stream.name, request))) ?? undefined;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === NO_MESSAGE) return undefined;
    throw error;
  }
}

function sourceOf({ header }: StoredMsg): string {
  return header.get(HEADERS.source);
}

function partitionOf(stream: Stream, { subject }: StoredMsg): number | undefined {
  const partition = Number(subject.slice(stream.name.length + 1));
  return stream.subjectOf(partition) === subject ? partition : undefined;
}

function numberIn(message: StoredMsg | undefined, header: string): number {
  return Number(message?.header.get(header) ?? 0) || 0;
}
