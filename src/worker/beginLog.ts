import type { SchedulerLike } from 'rxjs';
import { count } from '../domain/counted.js';
import { formatInstant } from '../domain/instant.js';
import { StreamError } from '../stream/StreamError.js';
import { columnsIn } from './columnsIn.js';
import type { LogOrigin } from './LogOrigin.js';
import { readWhole } from './readWhole.js';
import type { ReadStream, StreamMessage } from './ReadStream.js';
import type { StreamPatience } from './StreamPatience.js';

export interface BeginLogOptions {
  readonly patience: StreamPatience;
  /** The path of the log, for messages. */
  readonly path: string;
  /** What the log that is to be gone on with was made from. */
  readonly before: Partial<LogOrigin> | undefined;
  /** Ends with what is in the stream now. */
  readonly drains: boolean;
  readonly signal: AbortSignal;
  readonly scheduler: SchedulerLike;
}

/** A log of a stream as it is begun. */
export interface LogBegun {
  readonly origin: LogOrigin;
  /** The message that it ends with, 0 for none; `undefined` if it goes on for ever. */
  readonly last: number | undefined;
  /** All messages from its first on. */
  readonly messages: () => AsyncIterable<StreamMessage | undefined>;
}

/**
 * Finds out what a log of a stream is made from. A new one has the columns of all that is in the stream now; one that is gone
 * on with is made again from its first message, and what it has is compared.
 *
 * @throws StreamError if it was made from another stream, or from messages that are gone
 */
export async function beginLog(
  stream: ReadStream,
  { patience, path, before, drains, signal, scheduler }: BeginLogOptions,
): Promise<LogBegun> {
  const state = await patience.state(signal);
  const created = formatInstant(state.created);
  const isWhole = !stream.name.includes(' '); // one that is read by a subject has messages that are not read
  const messagesFrom = (first: number) =>
    readWhole({ stream, patience, created: state.created, first, isWhole, signal, scheduler });
  const last = drains ? state.last : undefined;
  const anew = 'begin a new log, without --resume';
  if (before) {
    const { stream: name, created: made, first = 1, columns = [], let_out = [] } = before;
    if (name !== stream.name || made !== created)
      throw new StreamError(`cannot resume ${path}: it was made from ${name === undefined ? 'something else' : `the stream ${name} of ${made ?? '?'}`}, and this is ${stream.name} of ${created}: ${anew}`);
    if (state.first > first)
      throw new StreamError(`cannot resume ${path}: it was begun with message ${count(first)} of ${stream.shown}, which has only those from ${count(state.first)} on: ${anew}`);
    return { origin: { stream: stream.name, created, first, columns, let_out }, last, messages: () => messagesFrom(first) };
  }
  const first = Math.max(1, state.first);
  const isEmpty = state.last < first;
  const columns = isEmpty && drains ? [] : await columnsIn(messagesFrom(first), state.last);
  const origin = { stream: stream.name, created, first, columns, let_out: [] };
  return { origin, last: isEmpty && drains ? 0 : last, messages: () => messagesFrom(first) };
}
