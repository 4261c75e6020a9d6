import { counted } from '../../domain/counted.js';
import { formatDuration } from '../../domain/duration.js';
import { formatInstant } from '../../domain/instant.js';
import { secondsBehind } from './secondsBehind.js';
import type { PartitionStatus, StoreStatus } from './StoreStatus.js';

/**
 * What is wrong with a store, in words: partitions that nobody has; and, given how many ms behind it may be, partitions that
 * are further behind or, where there are none, that nothing has been committed for that long.
 */
export function problemsOf(status: StoreStatus, maxBehind: number | undefined): readonly string[] {
  const { now, lastCommit, partitions } = status;
  const isLong = (seconds: number | null) => maxBehind !== undefined && (seconds === null || seconds * 1000 > maxBehind);
  const problems = partitions.flatMap((one) => {
    const seconds = secondsBehind(one, now);
    const since = `nobody has it${one.lease === null ? '' : ` since ${formatInstant(one.lease)}`}`;
    return [
      ...(one.isHeld ? [] : [`${named(one)}: ${since}`]),
      ...(isLong(seconds) ? [`${named(one)}: ${behind(seconds, maxBehind!)}`] : []),
    ];
  });
  if (partitions.length > 0) return problems;
  const ago = lastCommit === null ? null : (now - lastCommit) / 1e6;
  if (!isLong(ago)) return problems;
  return [ago === null ? 'nothing was ever committed' : `nothing was committed for ${counted(Math.floor(ago), 'second')}, more than ${formatDuration(maxBehind!)}`];
}

function named({ stream, partition }: PartitionStatus): string {
  return `partition ${partition} of ${stream}`;
}

function behind(seconds: number | null, most: number): string {
  return seconds === null ? 'nothing of it was ever committed' : `${counted(Math.floor(seconds), 'second')} behind, more than ${formatDuration(most)}`;
}
