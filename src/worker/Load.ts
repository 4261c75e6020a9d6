import { GroupedRows } from '../store/GroupedRows.js';
import { isOfUse, type Read } from './Read.js';

/** What is committed together, and its rows as a commit wants them. */
export class Load {
  readonly #reads: readonly Read[];
  readonly #grouped: GroupedRows;

  constructor(readonly all: readonly Read[]) {
    this.#reads = all.filter(isOfUse);
    this.#grouped = grouped(this.#reads);
  }

  /** What is still of use of it. */
  ofUse(): { readonly reads: readonly Read[]; readonly grouped: GroupedRows } {
    const reads = this.#reads.filter(isOfUse);
    return { reads, grouped: reads.length === this.#reads.length ? this.#grouped : grouped(reads) };
  }
}

function grouped(reads: readonly Read[]): GroupedRows {
  return new GroupedRows(reads.flatMap(({ portion: { rows } }) => rows));
}
