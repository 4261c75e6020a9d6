import { delay, EMPTY, map, pipe, takeUntil, tap, type Observable } from 'rxjs';
import type { Commit } from '../domain/commit.js';
import { sizeOf, type Judged } from '../domain/FixBatch.js';
import type { End } from '../live/End.js';
import { latestInBatches } from '../live/latestInBatches.js';
import { RowBuffer } from '../log/RowBuffer.js';
import { append } from '../rx/append.js';
import type { Sent } from './Sent.js';

/** How fixes become lines. */
export interface LineFormat {
  /** Adds a line for each fix of a batch, or for each that was a change. */
  add(judged: Judged, onlyChanges: boolean, rows: RowBuffer): void;
}

export interface IntoLinesOptions {
  /** Counts what becomes of them. */
  readonly sent: Sent;
  /** Send changes only. Default: every fix. */
  readonly onlyChanges?: boolean;
  /** Its first emission gives up what is not written `grace` ms later. Default: never. */
  readonly stop$?: Observable<unknown>;
  /** Default: 5000. */
  readonly grace?: number;
}

/** The lines of the fixes of one batch. */
interface Lines {
  /** How many fixes it was, sent or not. */
  readonly size: number;
  readonly rows: RowBuffer;
}

/**
 * An end of `play`: each fix is written as a line as soon as it is due, all that are due together at once.
 *
 *     batches ▸ latest ▸ lines ▸ append ▸ commits
 *
 * The next is written when `write` has resolved, which must be when the other side has taken it. Holds the lines that come
 * meanwhile; `play` bounds them.
 *
 * @param format of its own for each run
 * @param write writes bytes, which are good until it resolves
 */
export const intoLines =
  (
    format: LineFormat,
    write: (bytes: Buffer) => Promise<unknown>,
    { sent, onlyChanges = false, stop$ = EMPTY, grace = 5000 }: IntoLinesOptions,
  ): End =>
  ({ scheduler, watcher }) => {
    const spare: RowBuffer[] = [];
    const linesOf = (judged: Judged): Lines => {
      const rows = spare.pop() ?? new RowBuffer();
      format.add(judged, onlyChanges, rows);
      sent.wanted += rows.count;
      return { size: sizeOf(judged.batch), rows };
    };
    const commit = async ({ size, rows }: Lines): Promise<Commit> => {
      const begun = scheduler.now();
      if (rows.count > 0) {
        await write(rows.bytes);
        sent.acknowledge(rows.count, rows.size, scheduler.now() - begun);
      }
      const committed = { settled: size, written: rows.count, due: rows.due.slice() };
      spare.push(rows.clear());
      return committed;
    };
    const sink = { commit: ([lines]: readonly Lines[]) => commit(lines!), end: () => Promise.resolve(NOTHING) };
    return pipe(
      latestInBatches(),
      tap((judged) => watcher?.found(judged)),
      map(linesOf),
      tap(() => watcher?.taken()),
      tap(() => watcher?.flushed()),
      map((lines) => [lines]),
      append(sink),
      takeUntil(stop$.pipe(delay(grace, scheduler))),
    );
  };

const NOTHING: Commit = { settled: 0, written: 0, due: new Float64Array(0) };
