import { FileError } from '../csv/FileError.js';
import type { Fix } from '../domain/fix.js';
import { formatInstant, type Instant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';
import { ShiftedFix } from './ShiftedFix.js';

/**
 * The fixes with all their times shifted by so many seconds, batch by batch, as they are asked for. A whole number
 * of them keeps what is within a second as it was, so that the same fixes become changes, coalesced or not.
 *
 * @throws FileError if a time would leave those that there are, 1685 to 2255
 */
export async function* rebased(batches: AsyncIterable<readonly Fix[]>, seconds: number): AsyncGenerator<readonly Fix[], void, undefined> {
  const micros = seconds * 1e6;
  const shift = (fix: Fix) => {
    const shifted = new ShiftedFix(fix, micros);
    checkTime('arrival', fix, fix.arrival, shifted.arrival, seconds);
    checkTime('event', fix, fix.event, shifted.event, seconds);
    return shifted;
  };
  for await (const batch of batches) yield batch.map(shift);
}

function checkTime(name: string, { device }: Fix, was: Instant, is: Instant, seconds: number): void {
  if (Number.isSafeInteger(is)) return;
  throw new FileError(`cannot shift the ${name} time ${formatInstant(was)} of device ${shown(device)} by ${seconds} s: it would leave the years 1685 to 2255`);
}
