import type { Rows } from '../../src/rx/onTime.js';

/** One item as something of one row. */
export class Single<T> implements Rows<Single<T>> {
  readonly first = 0;
  readonly end = 1;
  readonly item: T;

  constructor(item: T) {
    this.item = item;
  }

  part(): this {
    return this;
  }

  kept(): this {
    return this;
  }
}
