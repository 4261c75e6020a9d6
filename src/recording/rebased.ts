import { FileError } from '../csv/FileError.js';
import type { FixBatch } from '../domain/FixBatch.js';
import { formatInstant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';

/**
 * The fixes with all their times shifted by so many seconds, batch by batch, as they are asked for: each batch is shifted
 * in its place. A whole number of seconds keeps what is within a second as it was, so that the same fixes become changes,
 * coalesced or not.
 *
 * @throws FileError if a time would leave those that there are, 1685 to 2255
 */
export async function* rebased(batches: AsyncIterable<FixBatch>, seconds: number): AsyncGenerator<FixBatch, void, undefined> {
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
    times[row] = was + seconds * 1e6;
    if (Number.isSafeInteger(times[row])) continue;
    throw new FileError(
      `cannot shift the ${name} time ${formatInstant(was)} of device ${shown(devices.id(columns.device[row]!))} by ${seconds} s: it would leave the years 1685 to 2255; choose another time with --rebase`,
    );
  }
}
