import { DeviceIds } from '../../src/domain/DeviceIds.js';
import type { Judged } from '../../src/domain/FixBatch.js';
import { VERDICTS, type Update } from '../../src/domain/latest.js';
import { batchOf } from '../../src/recording/batchOf.js';

/** A judged batch of what became of fixes, by hand. */
export function judgedOf(updates: readonly Update[], devices = new DeviceIds()): Judged {
  return {
    batch: batchOf(updates.map(({ fix }) => fix), devices),
    verdict: Uint8Array.from(updates, ({ verdict }) => VERDICTS.indexOf(verdict)),
    held: Float64Array.from(updates, ({ held }) => held?.event ?? -Infinity),
    devices: devices.count,
  };
}
