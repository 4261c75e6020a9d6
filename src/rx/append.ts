import { concat, defer, EMPTY, mergeMap, type OperatorFunction } from 'rxjs';
import { errorLast } from './errorLast.js';

/** Where a stream ends: something that takes batches to where they stay. */
export interface Sink<T, R> {
  /** Resolves when the batch is where it stays, or takes it over to be written with a later one. */
  commit(batch: readonly T[]): Promise<R>;
  /** Called once, when all batches are committed and there will be no more: writes what was held back. */
  end(): Promise<R>;
  /** Resolves when what was committed is safe from a power cut; left out where it is so by itself, or never. */
  sync?(): Promise<unknown>;
}

export interface AppendOptions {
  /** How many batches the sink is given before the first of them is committed; it has to keep their order. Default: 1. */
  readonly atOnce?: number;
  /** Asked when all is committed: whether there will be no more, and the sink is to be ended. Default: yes. */
  readonly ends?: () => boolean;
}

/**
 * Commits each batch to a sink, one after the other, then ends the sink. A sink that takes several at once has the next
 * at hand when one is committed.
 *
 *     source   x    y       |
 *     result   ---X----Y----(E|)       X, Y, E = what commit(x), commit(y), end() resolve to
 *
 * An error of the source passes on when the batches before it are committed, an error of the sink at once;
 * the sink is not ended then. Holds the batches that come while one is being written; `pull` bounds them.
 */
export const append =
  <T, R>(sink: Sink<T, R>, { atOnce = 1, ends = () => true }: AppendOptions = {}): OperatorFunction<readonly T[], R> =>
  (source) =>
    concat(source.pipe(errorLast(mergeMap((batch) => sink.commit(batch), atOnce))), defer(() => (ends() ? sink.end() : EMPTY)));
