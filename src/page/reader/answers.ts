import { catchError, concat, filter, map, mergeMap, of, takeUntil, type Observable } from 'rxjs';
import { Refused } from '../api/Refused.js';
import type { Server } from '../api/Server.js';
import type { Asked, Failure, PackedChanges, PackedEvent, PackedFleet, Told, Wish } from './Messages.js';
import type { Land } from '../map/Land.js';
import { buffersOf, packed } from './packed.js';

/** A message to the page, and what of it goes there without being copied. */
export interface Sent {
  readonly told: Told;
  readonly buffers: ArrayBuffer[];
}

interface Value {
  readonly value: PackedEvent | PackedFleet | PackedChanges | Land;
  readonly buffers: ArrayBuffer[];
}

/**
 * Answers wishes from a server: each with its values, then how it ended, until nothing more is wanted of it.
 *
 *     asked    a-b----x--     wishes; nothing more of a
 *     result   --a-ab-b-|     no order between two wishes
 */
export const answers = (asked$: Observable<Asked>, server: Server): Observable<Sent> =>
  asked$.pipe(
    mergeMap(({ id, wish }) => {
      if (wish === undefined) return [];
      const given$ = valuesOf(wish, server).pipe(map(({ value, buffers }): Sent => ({ told: { id, kind: 'value', value }, buffers })));
      return concat(given$, of<Sent>({ told: { id, kind: 'end' }, buffers: [] })).pipe(
        catchError((error: unknown) => of<Sent>({ told: { id, kind: 'failed', failure: failureOf(error as Error) }, buffers: [] })),
        takeUntil(asked$.pipe(filter((other) => other.id === id && other.wish === undefined))),
      );
    }),
  );

function valuesOf(wish: Wish, server: Server): Observable<Value> {
  if (wish.want === 'land')
    return server.land$.pipe(map((value) => ({ value, buffers: [value.points.buffer, value.ends.buffer, value.boxes.buffer] })));
  if (wish.want === 'fleet') {
    return server.fleet(wish.asked).pipe(
      map(({ at, fixes }) => {
        const value = { at, fixes: packed(fixes) };
        return { value, buffers: buffersOf(value.fixes) };
      }),
    );
  }
  if (wish.want === 'changes') {
    return server.changes(wish.asked).pipe(
      map((told) => {
        const value: PackedChanges = { changes: packed(told.changes), late: packed(told.late), isAll: told.isAll };
        return { value, buffers: [...buffersOf(value.changes), ...buffersOf(value.late)] };
      }),
    );
  }
  return server.event$.pipe(
    map((event): Value => {
      if (event.type !== 'flush') return { value: event, buffers: [] };
      const [changes, late] = [packed(event.flush.changes), packed(event.flush.late)];
      const value: PackedEvent = { type: 'flush', flush: { at: event.flush.at, changes, late } };
      return { value, buffers: [...buffersOf(changes), ...buffersOf(late)] };
    }),
  );
}

const failureOf = (error: Error): Failure => ({
  name: error.name,
  message: error.message,
  word: error instanceof Refused ? error.error : undefined,
});
