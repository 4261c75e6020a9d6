import type { LateFix } from '../../domain/Appended.js';
import type { Steps } from '../../domain/finish.js';
import type { Grid } from '../../domain/Grid.js';
import type { Instant } from '../../domain/instant.js';
import { mercator } from '../../domain/mercator.js';
import type { Span } from '../../domain/Past.js';

const CHUNK = 16_384;
/** Of each place: event time, arrival, and x and y of the Mercator square. */
const NUMBERS = 4;

/** Places and their two times, in columns. Holds 32 bytes for each. */
export class PlaceColumns {
  length = 0;
  readonly #chunks: Float64Array[] = [];

  /** Forgets all of them. */
  clear(): void {
    this.length = 0;
  }

  /** @param latitude in degrees, as the longitude */
  put(event: Instant, arrival: Instant, latitude: number, longitude: number): void {
    const chunk = (this.#chunks[Math.floor(this.length / CHUNK)] ??= new Float64Array(CHUNK * NUMBERS));
    const at = (this.length++ % CHUNK) * NUMBERS;
    const { x, y } = mercator(latitude, longitude);
    chunk[at] = event;
    chunk[at + 1] = arrival;
    chunk[at + 2] = x;
    chunk[at + 3] = y;
  }

  /** Puts the places of those rows that are late fixes, and no duplicates or conflicts. */
  addRows(rows: readonly LateFix[]): void {
    for (const { fix, reason } of rows) if (reason === 'late') this.put(fix.event, fix.arrival, Number(fix.latitude), Number(fix.longitude));
  }

  /** Adds up those within a span that are in each cell of a grid, a chunk in a step. */
  *count(span: Span, grid: Grid, counts: Uint32Array): Steps<void> {
    for (let from = 0; from < this.length; from += CHUNK) {
      const chunk = this.#chunks[from / CHUNK]!;
      countIn(chunk.subarray(0, Math.min(CHUNK, this.length - from) * NUMBERS), span, grid, counts);
      yield;
    }
  }
}

function countIn(chunk: Float64Array, { by, from, to, knownAt }: Span, grid: Grid, counts: Uint32Array): void {
  const own = by === 'event' ? 0 : 1;
  for (let at = 0; at < chunk.length; at += NUMBERS) {
    const time = chunk[at + own]!;
    if (time < from || time > to || chunk[at + 1]! > knownAt) continue;
    const cell = grid.cellOf(chunk[at + 2]!, chunk[at + 3]!);
    if (cell >= 0) counts[cell]!++;
  }
}
