import type { Instant } from '../domain/instant.js';
import { VERDICTS } from '../domain/latest.js';
import { judgeRow } from './judgeRow.js';
import type { CorrectedRow, JudgedRow, Merging } from './Merging.js';
import { heldRow, instantOf, type DeviceRecord } from './records.js';
import { compareRows, type StoreRow } from './StoreRow.js';

/** What comes of the new rows of one device, which is locked meanwhile. */
export class DeviceMerge {
  readonly device: string;
  /** New ones in their order. */
  readonly rows: readonly StoreRow[];
  added: readonly JudgedRow[] = [];
  corrected: readonly CorrectedRow[] = [];
  /** How many of the rows were there, or came twice. */
  known = 0;
  /** Its latest fix. */
  held: StoreRow | undefined;
  first: Instant;
  /** The greatest key of all its rows. */
  last: Pick<StoreRow, 'arrival' | 'seq'>;
  /** Whether any of the rows is there, or comes before one that is. */
  readonly isOld: boolean;
  #more: readonly number[] | undefined;

  constructor(record: DeviceRecord, rows: readonly StoreRow[]) {
    this.device = record.device_id;
    this.rows = rows;
    this.held = heldRow(record);
    this.first = record.first_arrival === null ? Infinity : instantOf(record.first_arrival);
    this.last = { arrival: record.last_arrival === null ? -Infinity : instantOf(record.last_arrival), seq: record.last_seq ?? 0 };
    this.isOld = compareRows(rows[0]!, this.last) <= 0;
  }

  /** Judges rows that all come after those of the store. */
  append(): void {
    const added: JudgedRow[] = [];
    let last: StoreRow | undefined;
    for (const row of this.rows) {
      if (last && compareRows(last, row) === 0) continue;
      last = row;
      const verdict = judgeRow(this.held, row);
      if (verdict === 'change') this.held = row;
      added.push({ row, verdict });
    }
    this.#add(added);
  }

  /** Takes what came of rows that were merged into those of the store. */
  merge({ added, corrected, ended, held }: Merging): void {
    this.corrected = corrected;
    if (ended) this.held = held;
    this.#add(added);
  }

  /** How many rows there are more of each verdict, by their places in `VERDICTS`: less, if they were taken back. */
  get more(): readonly number[] {
    return (this.#more ??= this.#counted());
  }

  #counted(): readonly number[] {
    const more = VERDICTS.map(() => 0);
    for (const { verdict } of this.added) more[VERDICTS.indexOf(verdict)]!++;
    for (const { row, verdict } of this.corrected) {
      more[VERDICTS.indexOf(row.verdict)]!--;
      more[VERDICTS.indexOf(verdict)]!++;
    }
    return more;
  }

  #add(added: readonly JudgedRow[]): void {
    this.added = added;
    this.known = this.rows.length - added.length;
    const [first, last] = [added[0]?.row, added.at(-1)?.row];
    if (!first || !last) return;
    this.first = Math.min(this.first, first.arrival);
    if (compareRows(last, this.last) > 0) this.last = { arrival: last.arrival, seq: last.seq };
  }
}
