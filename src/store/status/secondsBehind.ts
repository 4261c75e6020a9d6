import type { Instant } from '../../domain/instant.js';
import type { PartitionStatus } from './StoreStatus.js';

/**
 * How many seconds a partition is behind: as long ago as the stream got the last message of it that was committed, or none,
 * if there was no other when its worker, who has it still, looked last. `null` if none was committed.
 */
export function secondsBehind({ behind, isHeld, stamp }: PartitionStatus, now: Instant): number | null {
  if (isHeld && behind === 0) return 0;
  return stamp === null ? null : Math.max(0, (now - stamp) / 1e6);
}
