import { DeviceIds } from '../domain/DeviceIds.js';
import type { FixBatch } from '../domain/FixBatch.js';
import type { Fix } from '../domain/fix.js';
import { BatchMaker, placesOf } from './order/BatchMaker.js';
import { FixRecords } from './FixRecords.js';

/**
 * Fixes as a batch, in their order: what leads from an Observable of fixes to the operators over batches.
 *
 * @param devices those of the stream: the same for each of its batches
 */
export function batchOf(fixes: readonly Fix[], devices = new DeviceIds()): FixBatch {
  const records = new FixRecords(devices, fixes[0]?.extra ?? []);
  for (const fix of fixes) records.add(fix);
  const order = { keys: records.arrival.subarray(0, records.rows), places: placesOf(records) };
  return new BatchMaker(Math.max(1, fixes.length)).batches(records, order).next().value as FixBatch;
}
