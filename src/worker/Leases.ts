import { binaryArrays } from '../store/binaryArrays.js';
import type { Database } from '../store/Database.js';
import { Hold, type Position } from './Hold.js';
import { sharedOut } from './sharedOut.js';
import type { WorkerStore } from './WorkerStore.js';

export interface LeasesOptions {
  readonly database: Database;
  readonly store: WorkerStore;
  /** The name of the stream, and how many partitions it has. */
  readonly stream: string;
  readonly partitions: number;
  /** The name of this worker: no other has it. */
  readonly worker: string;
  readonly said: (line: string) => void;
}

interface LookRecord extends TakeRecord {
  readonly worker: string | null;
  readonly leased: boolean;
  readonly living: number;
}

interface TakeRecord {
  readonly partition: number;
  readonly epoch: number;
  readonly created: number;
  readonly seq: number;
  readonly stamp: number | null;
  readonly checked: number;
}

/**
 * The partitions that a worker has of a stream, which all workers share by leases of 5 s in the store, by the clock of the
 * database. They are no more than a way of sharing: what is committed is right whoever believes what.
 */
export class Leases {
  readonly #options: LeasesOptions;
  readonly #holds = new Map<number, Hold>();
  /** How far each partition was committed, by whomever, when that was last looked at. */
  #committed: ReadonlyMap<number, Position> = new Map();
  #isEntered = false;

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  get holds(): readonly Hold[] {
    return [...this.#holds.values()];
  }

  /** How far a partition has been committed, by whomever. */
  committed(partition: number): Position | undefined {
    return this.#holds.get(partition)?.position ?? this.#committed.get(partition);
  }

  /**
   * Renews what this worker has, lets go of what is above its share, and takes what is free: to be called each second.
   *
   * @returns the partitions that are new
   */
  async renew(): Promise<readonly Hold[]> {
    const { database, store: { sql }, stream, partitions, worker } = this.#options;
    if (!this.#isEntered) await database.query(sql.enterAs, [worker, stream]);
    this.#isEntered = true;
    await database.query(sql.renewWorker, [worker, stream]);
    const held = [this.holds.map(({ partition }) => partition), binaryArrays.int8(this.holds.map(({ epoch }) => epoch))] as const;
    await database.query(sql.renewPartitions, [worker, stream, ...held]);
    await this.#release();
    const { rows } = await database.query<LookRecord>(sql.look, [stream, partitions]);
    this.#committed = new Map(rows.map((row) => [row.partition, positionOf(row)]));
    this.#drop(rows);
    const isOwn = ({ partition, epoch }: LookRecord) => this.#holds.get(partition)?.epoch === epoch;
    const known = rows.map((row) => (row.worker === worker && !isOwn(row) ? { ...row, worker: null } : row)); // the answer was lost
    const { take, letGo } = sharedOut(known, worker, rows[0]?.living ?? 1);
    for (const partition of letGo) this.#holds.get(partition)?.leave();
    if (take.length === 0) return [];
    const { rows: taken } = await database.query<TakeRecord>(sql.take, [worker, stream, take]);
    return taken.map((record) => this.#held(record));
  }

  /** Drops partitions that another has taken, or whose position is another. */
  lose(partitions: readonly number[]): void {
    for (const partition of partitions) {
      this.#holds.get(partition)?.lose();
      this.#holds.delete(partition);
    }
    if (partitions.length === 0) return;
    this.#options.store.forget();
    this.#options.said(
      `${partitions.length === 1 ? `partition ${partitions[0]!} is` : `partitions ${partitions.join(', ')} are`} another worker's now, since this one did not renew its lease in time, or the store was restored: what it had read and not committed is dropped, and read by that one`,
    );
  }

  /** Lets go of all, so that others need not wait until the leases have run out. */
  async leave(): Promise<void> {
    const { database, store: { sql }, worker } = this.#options;
    for (const hold of this.holds) hold.leave();
    await this.#release();
    await database.query(sql.leave, [worker]);
  }

  #held(record: TakeRecord): Hold {
    const { partition, epoch } = record;
    const hold = new Hold(partition, epoch, positionOf(record));
    this.#holds.get(partition)?.lose();
    this.#holds.set(partition, hold);
    return hold;
  }

  #drop(rows: readonly LookRecord[]): void {
    const { worker } = this.#options;
    const isHeld = new Set(rows.filter((row) => row.worker === worker).map(({ partition, epoch }) => `${partition} ${epoch}`));
    this.lose(this.holds.filter(({ partition, epoch }) => !isHeld.has(`${partition} ${epoch}`)).map(({ partition }) => partition));
  }

  /** Lets go of those that are to be let go and of which all is committed that was read. */
  async #release(): Promise<void> {
    const { database, store: { sql }, stream, worker } = this.#options;
    for (const hold of this.holds.filter(({ isLeaving, isIdle }) => isLeaving && isIdle)) {
      await database.query(sql.letGo, [worker, stream, hold.partition, hold.epoch]);
      this.#holds.delete(hold.partition);
    }
  }
}

function positionOf({ created, seq, stamp, checked }: TakeRecord): Position {
  return { created, seq, stamp: stamp ?? undefined, checked };
}
