import { map, pipe, tap } from 'rxjs';
import type { End } from '../live/End.js';
import { append } from '../rx/append.js';
import { flush } from '../rx/flush.js';
import { GroupedRows } from './GroupedRows.js';
import type { Store } from './Store.js';

/** The store is flushed early once this many fixes are waiting: the more, the seldomer each device is locked and written. */
const MANY = 16_384;

export interface IntoStoreOptions {
  /** Commit at least this often, in ms. Default: 1000. */
  readonly flushEvery?: number;
}

/**
 * An end of `play`: fixes are committed to a store with all that came within a second, and judged there, since others may
 * write into it, too.
 *
 *     batches ▸ flush ▸ group ▸ append ▸ commits
 *
 * While one commit is under way, the next is grouped, and waits for it in the store: the database is never kept waiting for that.
 * What they were found to be stands in what a commit resolves to. A run that was stopped is committed as far as it came; one
 * that played all of its source notes that.
 * Holds what `flush` and `append` do.
 */
export const intoStore =
  (store: Store, { flushEvery = 1000 }: IntoStoreOptions = {}): End =>
  ({ scheduler, watcher, stopped, isPart }) =>
    pipe(
      map((batch) => store.take(batch)),
      tap(() => watcher?.taken()),
      flush({ every: flushEvery, max: MANY, sizeOf: ({ length }) => length, scheduler }),
      tap(() => watcher?.flushed()),
      map((batch) => [new GroupedRows(batch.flat())]),
      append(store, { atOnce: 2, ends: () => !stopped() && !isPart }),
    );
