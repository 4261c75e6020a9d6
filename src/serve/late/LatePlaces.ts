import type { Appended, Cursor } from '../../domain/Appended.js';
import type { Grid } from '../../domain/Grid.js';
import type { Span } from '../../domain/Past.js';
import type { LogPaths } from '../../log/paths.js';
import type { Turns } from '../../rx/Turns.js';
import { parseCursor } from '../../tail/LogCursor.js';
import { PlaceColumns } from './PlaceColumns.js';
import { readPlaces } from './readPlaces.js';

/**
 * Where the late fixes of a log were. They are read when they are first asked for, and then as they are appended. Holds 32 bytes
 * for each, of two million at most; those of a log that has more are read again for each question.
 */
export class LatePlaces {
  readonly #paths: LogPaths;
  readonly #turns: Turns;
  readonly #most: number;
  #held = new PlaceColumns();
  /** Where all that is noted ends. */
  #cursor: Cursor;
  /** The byte of the late file where what is held ends, if there is more: that is read for each question. */
  #rest: number | undefined;
  #reading: Promise<void> | undefined;
  /** Whether all that was noted by then was read, or as much as is held. */
  #isRead = false;
  /** How many logs have taken the place of the first. */
  #resets = 0;

  /** @param cursor where the log ends, and what is appended begins */
  constructor(paths: LogPaths, cursor: Cursor, turns: Turns, most = 2_000_000) {
    this.#paths = paths;
    this.#cursor = cursor;
    this.#turns = turns;
    this.#most = most;
  }

  /** Takes note of what was appended. */
  add({ type, from, to, late }: Appended): void {
    if (type === 'reset') {
      this.#held = new PlaceColumns();
      this.#rest = undefined;
      this.#resets++;
    } else if (this.#isRead && this.#rest === undefined) {
      if (this.#held.length < this.#most) this.#held.addRows(late);
      else this.#rest = parseCursor(from)!.late;
    }
    this.#cursor = to;
  }

  /** How many there are within a span in each cell of a grid. @throws FileError if they cannot be read */
  async counts(span: Span, grid: Grid, signal?: AbortSignal): Promise<Uint32Array> {
    this.#reading ??= this.#read().catch((error: unknown) => {
      this.#reading = undefined; // the next question tries again
      this.#held = new PlaceColumns();
      throw error;
    });
    await this.#reading;
    const counts = new Uint32Array(grid.across * grid.down);
    await this.#turns.finish(this.#held.count(span, grid, counts), signal);
    if (this.#rest === undefined) return counts;
    const rest = { from: this.#rest, to: lateEnd(this.#cursor), turns: this.#turns };
    for await (const { places } of readPlaces(this.#paths.late, new PlaceColumns(), rest)) {
      signal?.throwIfAborted();
      await this.#turns.finish(places.count(span, grid, counts), signal);
      places.clear();
    }
    return counts;
  }

  /** Reads all that is noted by then, or as many as are held. */
  async #read(): Promise<void> {
    for (let [at, resets] = [0, this.#resets]; ; ) {
      const end = this.#cursor;
      for await (const { to } of readPlaces(this.#paths.late, this.#held, { from: at, to: lateEnd(end), turns: this.#turns })) {
        if (resets !== this.#resets) break;
        at = to;
        if (this.#held.length < this.#most) continue;
        [this.#rest, this.#isRead] = [at, true];
        return;
      }
      if (resets !== this.#resets) [at, resets] = [0, this.#resets];
      else if (end === this.#cursor) {
        this.#isRead = true;
        return;
      }
    }
  }
}

/** The byte of the late file in which a log ends. */
function lateEnd(cursor: Cursor): number {
  return parseCursor(cursor)?.late ?? 0;
}
