import type { Instant } from '../../index.js';
import { instantText } from '../../domain/instantText.js';
import { secondsBehind } from '../../store/status/secondsBehind.js';
import type { StoreStatus } from '../../store/status/StoreStatus.js';

/** How a store is, as JSON. */
export function storeObject(shown: string, status: StoreStatus) {
  const { now, firstArrival, lastArrival, lastCommit, finalUntil, commitsPerSecond, fixesPerSecond, bytes } = status;
  const { commits, fixes, changes, late, duplicate, conflict, rejected, devices, partitions, workers, open, openCount } = status;
  return {
    store: shown,
    now: text(now),
    final_until: text(finalUntil),
    fixes,
    changes,
    late,
    duplicate,
    conflict,
    rejected,
    devices,
    first_arrival: text(firstArrival),
    last_arrival: text(lastArrival),
    commits,
    last_commit: text(lastCommit),
    commits_per_second: commitsPerSecond,
    fixes_per_second: fixesPerSecond,
    bytes,
    partitions: partitions.map((one) => ({
      stream: one.stream,
      partition: one.partition,
      worker: one.worker,
      held: one.isHeld,
      lease: text(one.lease),
      sequence: one.seq,
      messages_behind: one.behind,
      seconds_behind: secondsBehind(one, now),
      last_message: text(one.stamp),
      final_until: text(one.until === null ? null : one.until - 1),
    })),
    workers: workers.map(({ worker, stream, isAlive }) => ({ worker, stream, alive: isAlive })),
    open_recordings: openCount,
    open: open.map(({ name, until }) => ({ recording: name, final_until: text(until === null ? null : until - 1) })),
  };
}

function text(instant: Instant | null): string | null {
  return instantText(instant ?? undefined);
}
