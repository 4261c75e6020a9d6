import type { Verdict } from '../domain/latest.js';
import { judgeRow } from './judgeRow.js';
import { compareRows, type FoundRow, type StoreRow } from './StoreRow.js';

/** A row, and what it was found to be. */
export interface JudgedRow {
  readonly row: StoreRow;
  readonly verdict: Verdict;
}

/** A row of the store whose verdict was taken back. */
export interface CorrectedRow extends JudgedRow {
  readonly row: FoundRow;
}

/**
 * New rows of one device, merged into those that it has: what they are, and which verdicts of the others change.
 *
 * The rows of the store are given in their order, from the first new one on, as many as it asks for. Where the new rows
 * are through, and the latest is what the store had as its latest there, all that follows stays as it is.
 *
 *     store    a0 .  a3 a6          a0 was the latest before; verdicts: change change
 *     new         b4                by event: b4 is newer than a3
 *     then     a0 b4 a3 a6          change late(corrected) | a6 is a change as before: done
 */
export class Merging {
  /** Those of the new rows that the store did not have. */
  readonly added: JudgedRow[] = [];
  readonly corrected: CorrectedRow[] = [];
  /** How many of the new rows it had. */
  known = 0;
  /** The latest of all, if it was reached; otherwise it is what the store has. */
  held: StoreRow | undefined;
  /** Whether all rows of the store were seen. */
  ended = false;
  readonly #rows: readonly StoreRow[];
  #next = 0;
  /** The latest in the order of the store alone. */
  #stored: StoreRow | undefined;

  /**
   * @param rows in their order
   * @param before the last change of the store before the first of them
   */
  constructor(rows: readonly StoreRow[], before: FoundRow | undefined) {
    this.#rows = rows;
    this.held = this.#stored = before;
  }

  /** How many of the new rows are still to be merged. */
  get left(): number {
    return this.#rows.length - this.#next;
  }

  /** Takes the next rows of the store, which may be its last. @returns whether it needs more */
  take(found: readonly FoundRow[], isEnd: boolean): boolean {
    for (const row of found) {
      while (this.left > 0 && compareRows(this.#rows[this.#next]!, row) < 0) this.#add();
      while (this.left > 0 && compareRows(this.#rows[this.#next]!, row) === 0) this.#skip();
      if (this.#isSettled()) return false;
      this.#follow(row);
      if (this.#isSettled()) return false;
    }
    if (!isEnd) return true;
    while (this.left > 0) this.#add();
    this.ended = true;
    return false;
  }

  #isSettled(): boolean {
    return this.left === 0 && this.held === this.#stored;
  }

  #skip(): void {
    this.known++;
    this.#next++;
  }

  #add(): void {
    const row = this.#rows[this.#next++]!;
    const last = this.added.at(-1)?.row;
    if (last && compareRows(last, row) === 0) {
      this.known++;
      return;
    }
    const verdict = judgeRow(this.held, row);
    if (verdict === 'change') this.held = row;
    this.added.push({ row, verdict });
  }

  #follow(row: FoundRow): void {
    const verdict = judgeRow(this.held, row);
    if (verdict === 'change') this.held = row;
    if (row.verdict === 'change') this.#stored = row;
    if (verdict !== row.verdict) this.corrected.push({ row, verdict });
  }
}
