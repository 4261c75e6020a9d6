import type { Appended, LateFix } from '../domain/Appended.js';
import type { Verdict } from '../domain/latest.js';

/** How many rows of each kind a log and its late file have. */
export class Counts {
  readonly verdicts: Record<Verdict, number> = { change: 0, late: 0, duplicate: 0, conflict: 0 };
  /** How many logs have taken the place of the first. */
  #resets = 0;

  /** Counts the rows that a late file had at first, read once; stops when another log takes the place of this one. */
  async read(batches: AsyncIterable<readonly Pick<LateFix, 'reason'>[]>): Promise<void> {
    const resets = this.#resets;
    for await (const rows of batches) {
      if (resets !== this.#resets) return;
      this.#count(rows);
    }
  }

  /** Counts what was appended. */
  add({ type, changes, late }: Pick<Appended, 'type' | 'changes' | 'late'>): void {
    if (type === 'reset') {
      Object.assign(this.verdicts, { change: 0, late: 0, duplicate: 0, conflict: 0 });
      this.#resets++;
    }
    this.verdicts.change += changes.length;
    this.#count(late);
  }

  #count(rows: readonly Pick<LateFix, 'reason'>[]): void {
    for (const { reason } of rows) this.verdicts[reason as Verdict]++;
  }
}
