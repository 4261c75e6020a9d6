import { FileError } from '../csv/FileError.js';
import type { FixBatch } from '../domain/FixBatch.js';
import { formatInstant } from '../domain/instant.js';
import { secondsLater } from '../domain/secondsLater.js';
import { shown } from '../domain/shown.js';
import type { Recording } from './Recording.js';

/** What a recording knows of its times. */
type Timed = Pick<Recording, 'span' | 'first' | 'batches'>;

/**
 * A recording with all its times shifted by a number of seconds; closing it closes the one that it is of.
 *
 * Its batches are shifted in place, as they are asked for. A whole number of seconds keeps what is within a second as it
 * was, so that the same fixes become changes, coalesced or not. The batches end in a `FileError` if a time would leave
 * the valid ones, 1685 to 2255.
 */
export function shifted<T extends Timed>(recording: T, seconds: number): T {
  const { span, batches } = recording;
  const times: Timed = {
    span: span && { first: secondsLater(span.first, seconds), last: secondsLater(span.last, seconds) },
    first: async () => {
      const first = await recording.first();
      return first === undefined ? undefined : secondsLater(first, seconds);
    },
    batches: { [Symbol.asyncIterator]: () => shiftedBatches(batches, seconds) },
  };
  return Object.assign(Object.create(recording) as T, times); // the counts of a streamed one are still its own
}

async function* shiftedBatches(batches: AsyncIterable<FixBatch>, seconds: number): AsyncGenerator<FixBatch, void, undefined> {
  for await (const batch of batches) {
    shift('arrival', batch, seconds);
    shift('event', batch, seconds);
    yield batch;
  }
}

function shift(name: 'arrival' | 'event', { columns, first, end, devices }: FixBatch, seconds: number): void {
  const times = columns[name];
  for (let row = first; row < end; row++) {
    const was = times[row]!;
    times[row] = secondsLater(was, seconds);
    if (Number.isSafeInteger(times[row])) continue;
    throw new FileError(
      `cannot shift the ${name} time ${formatInstant(was)} of device ${shown(devices.id(columns.device[row]!))} by ${seconds} s: it would leave the years 1685 to 2255; choose another time with --rebase`,
    );
  }
}
