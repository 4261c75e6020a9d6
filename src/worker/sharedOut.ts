/** A partition, and who has it. */
export interface LeasedPartition {
  readonly partition: number;
  /** `null` if nobody has it. */
  readonly worker: string | null;
  /** Whether its worker was heard of lately. */
  readonly leased: boolean;
}

/** What a worker is to do about partitions, by their numbers. */
export interface Share {
  readonly take: readonly number[];
  readonly letGo: readonly number[];
}

/**
 * What a worker is to take of the partitions that nobody has, and to let go of its own, so that each of those who live has
 * its share: as many as there are, divided by them, rounded up.
 *
 * It takes those first that come after its own name in a ring, so that several that come at once seldom want the same.
 *
 * @param living how many workers there are, this one too
 */
export function sharedOut(partitions: readonly LeasedPartition[], own: string, living: number): Share {
  const share = Math.ceil(partitions.length / Math.max(1, living));
  const mine = partitions.filter(({ worker }) => worker === own);
  const free = partitions.filter(({ worker, leased }) => worker !== own && (worker === null || !leased));
  const from = Buffer.from(own).reduce((hash, byte) => (hash * 31 + byte) % partitions.length, 0);
  const ring = [...free.filter(({ partition }) => partition >= from), ...free.filter(({ partition }) => partition < from)];
  return {
    take: ring.slice(0, Math.max(0, share - mine.length)).map(({ partition }) => partition),
    letGo: mine.slice(share).map(({ partition }) => partition),
  };
}
