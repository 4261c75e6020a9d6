import { after, type RecordViews } from '../FixRecords.js';
import type { RecordPage } from './recordPage.js';

/** Reads the records of a sorted run, one after the other. Holds a page of them once it has begun. */
export class RunReader {
  /** The arrival time of the record that it is at; `Infinity` behind the last. */
  arrival: number;
  readonly #pages: Iterator<RecordPage, void>;
  #page: RecordPage | undefined;
  #row = 0;
  /** Where the record starts in the page, in bytes. */
  #at = 0;

  /** @param first the arrival time of its first record, so that it need not begin to know that */
  constructor(first: number, pages: Iterator<RecordPage, void>) {
    this.arrival = first;
    this.#pages = pages;
  }

  /** The memory of the record that it is at, which starts there at `at`. */
  get views(): RecordViews {
    this.#page ??= this.#pages.next().value as RecordPage;
    return this.#page.views;
  }

  get at(): number {
    return this.#at;
  }

  /** Goes on to the next record. */
  next(): void {
    const { arrival, views } = this.#page!;
    this.#at = after(this.#at, views.u32s[this.#at / 4 + 3]!);
    if (++this.#row < arrival.length) this.arrival = arrival[this.#row]!;
    else this.#turn();
  }

  #turn(): void {
    const { value } = this.#pages.next();
    this.#page = value ?? undefined;
    this.#row = 0;
    this.#at = 0;
    this.arrival = this.#page?.arrival[0] ?? Infinity;
  }
}
