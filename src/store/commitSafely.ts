import { firstValueFrom, fromEvent, race, timer, type SchedulerLike } from 'rxjs';
import { Away } from './Away.js';
import { commitRows, type Committing } from './commitRows.js';
import type { commitSql } from './commitSql.js';
import type { Database } from './Database.js';
import { explained } from './explained.js';
import { faultOf } from './faultOf.js';
import type { Merged } from './mergeRows.js';
import { refusedRow } from './refusedRow.js';
import { StoreError } from './StoreError.js';

/** How long to wait before a database is tried again, in ms: at first, and at most. */
const [FIRST_WAIT, LONGEST_WAIT] = [50, 2000];

const GOES_ON = 'the same command with --resume goes on with them';

export interface CommittingTo {
  readonly database: Database;
  readonly sql: ReturnType<typeof commitSql>;
  /** What to call the database. */
  readonly shown: string;
  readonly isKnown: (device: string) => boolean;
  /** Told in a line that the database is away, and that it is back. */
  readonly said: (line: string) => void;
  /** Called when all has been sent and is left to the database, or when that failed. */
  readonly waits?: (() => void) | undefined;
  /** Who tells that, if others look for the database, too. */
  readonly away?: Away;
  /** What to do about what is not committed when nobody waits any more. */
  readonly goesOn?: string;
  /** Aborted when nobody waits for the database any more. */
  readonly signal: AbortSignal | undefined;
  readonly scheduler: SchedulerLike;
}

/** What came of some rows: of all of them, or of a part. */
export interface Outcome {
  readonly committed: Committing;
  readonly merged: Merged;
  /** How many fixes the database refused. */
  readonly refused: number;
}

/**
 * Commits rows, whatever happens to the database meanwhile: as long as it is away, it is tried again. What was committed
 * though the answer was lost is found to be there.
 *
 * A fix that the database refuses, because of its data, is found by halving, and rejected.
 *
 * @throws StoreError if only a person can do something about it, or if the signal is aborted while the database is away
 */
export async function* commitSafely(committing: Committing, to: CommittingTo): AsyncGenerator<Outcome, void, undefined> {
  const { database, sql, shown, isKnown, said, waits = () => undefined, away = new Away(shown, said) } = to;
  let wait = 0;
  for (;;) {
    try {
      const merged = await database.writing(async (queries) => {
        const found = await commitRows(queries, sql, committing, isKnown);
        waits();
        return found;
      });
      away.back();
      yield { committed: committing, merged, refused: 0 };
      return;
    } catch (error) {
      waits();
      const fault = faultOf(error);
      if (fault === 'own') throw error;
      if (fault === 'fatal' || (fault === 'row' && committing.rows.length === 0)) throw explained(error, shown);
      if (fault === 'row') {
        yield* apart(committing, to, error as Error);
        return;
      }
      if (fault === 'again') continue;
      away.lost(error);
      wait = Math.min(LONGEST_WAIT, wait === 0 ? FIRST_WAIT : 2 * wait);
      await waited(wait, to);
    }
  }
}

/** Commits the halves of what was refused, or rejects the one row that it is. */
async function* apart(committing: Committing, to: CommittingTo, error: Error): AsyncGenerator<Outcome, void, undefined> {
  const { rows, rejected, places, position, placeOf = () => ({ seq: places?.from ?? 0, line: 0 }) } = committing;
  const part = { ...committing, grouped: undefined };
  if (rows.length === 1) {
    const alone = { ...part, rows: [], rejected: [...rejected, refusedRow(rows[0]!, placeOf(rows[0]!), error)] };
    for await (const outcome of commitSafely(alone, to)) yield { ...outcome, refused: outcome.refused + 1 };
    return;
  }
  const half = Math.ceil(rows.length / 2);
  const middle = places && places.from + half;
  const first: Committing = {
    ...part,
    rows: rows.slice(0, half),
    ...(places && { places: { from: places.from, to: middle! } }),
    ...(position && { position: { advance: (queries) => position.hold(queries), hold: (queries) => position.hold(queries) } }),
    isEnd: false,
  };
  yield* commitSafely(first, to);
  const rest = { ...part, rows: rows.slice(half), rejected: [], ...(places && { places: { from: middle!, to: places.to } }) };
  yield* commitSafely(rest, to);
}

async function waited(millis: number, { signal, scheduler, shown, goesOn = GOES_ON }: CommittingTo): Promise<void> {
  const over = () => new StoreError(`ended while ${shown} was away: the fixes of the last moment are not in it; ${goesOn}`);
  if (signal?.aborted) throw over();
  const time$ = timer(millis, scheduler);
  await firstValueFrom(signal ? race(time$, fromEvent(signal, 'abort')) : time$);
  if (signal?.aborted) throw over();
}
