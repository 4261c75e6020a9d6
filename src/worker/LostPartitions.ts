import { Overtaken } from '../store/Overtaken.js';

/** Partitions that were to be moved on are no longer this worker's, or not where it left them. */
export class LostPartitions extends Overtaken {
  override readonly name = 'LostPartitions';
  readonly partitions: readonly number[];

  constructor(partitions: readonly number[]) {
    super(`partitions ${partitions.join(', ')} are not this worker's`);
    this.partitions = partitions;
  }
}
