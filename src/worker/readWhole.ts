import type { SchedulerLike } from 'rxjs';
import { count } from '../domain/counted.js';
import { formatInstant, type Instant } from '../domain/instant.js';
import { waited } from '../rx/waited.js';
import { StreamError } from '../stream/StreamError.js';
import type { ReadStream, StreamMessage } from './ReadStream.js';
import type { StreamPatience } from './StreamPatience.js';

/** How long to wait before a stream is read anew of which nothing came, in ms. */
const PAUSE = 250;

export interface ReadWholeOptions {
  readonly stream: ReadStream;
  readonly patience: StreamPatience;
  /** When the stream was made, and its first message that is read. */
  readonly created: Instant;
  readonly first: number;
  /** Whether it has no messages but those that are read, so that none may be left out. */
  readonly isWhole: boolean;
  readonly signal: AbortSignal;
  readonly scheduler: SchedulerLike;
}

/**
 * All messages of a stream from one on, in their order, each once; `undefined` whenever all has come that was there when that
 * was asked. While the stream is away, it is waited for.
 *
 * @throws StreamError if a message is missing, or the stream is no longer the one that was read
 */
export async function* readWhole(options: ReadWholeOptions): AsyncGenerator<StreamMessage | undefined, void, undefined> {
  const { stream, patience, created, first, isWhole, signal, scheduler } = options;
  let last: StreamMessage | undefined;
  const fail = (what: string) => {
    throw new StreamError(`${stream.shown}: ${what}: a log has all or nothing of a stream; begin a new one, without --resume`);
  };
  while (!signal.aborted) {
    const state = await patience.state(signal);
    if (state.created !== created) fail(`the stream was created again at ${formatInstant(state.created)}`);
    const from = last?.seq ?? first;
    if (state.first > from && (isWhole || state.first > from + 1)) fail(`messages from ${count(from)} to ${count(state.first - 1)} are no longer in the stream`);
    if (state.last < from - 1) fail(`the stream has lost its end: message ${count(from)} had been read, and it ends with ${count(state.last)}`);
    let isExpected = last !== undefined;
    let came = false;
    for await (const message of patience.messages(stream.read(isWhole ? undefined : 0, from, signal))) {
      if (isExpected) {
        if (message?.seq !== last!.seq || message.time !== last!.time) fail(`message ${count(from)} is no longer the one that was read`);
        isExpected = false;
        continue;
      }
      if (message) {
        const next = last ? last.seq + 1 : first;
        if (isWhole && message.seq !== next) fail(`messages from ${count(next)} to ${count(message.seq - 1)} are no longer in the stream`);
        last = { ...message, data: new Uint8Array(0) };
        came = true;
      }
      yield message;
    }
    if (!came) await waited(PAUSE, scheduler, signal);
  }
}
