import type { Steps } from '../domain/finish.js';
import type { Grid } from '../domain/Grid.js';
import type { Instant } from '../domain/instant.js';
import type { Span } from '../domain/Past.js';

const CHUNK = 16_384;
/** Of each place: event time, arrival, and x and y of the Mercator square. */
const NUMBERS = 4;

/** Places and their two times, in columns. Holds 32 bytes for each. */
export class PlaceColumns {
  length = 0;
  readonly #chunks: Float64Array[] = [];

  put(event: Instant, arrival: Instant, x: number, y: number): void {
    const place = this.length++ % CHUNK;
    if (place === 0) this.#chunks.push(new Float64Array(CHUNK * NUMBERS));
    const chunk = this.#chunks.at(-1)!;
    chunk[place * NUMBERS] = event;
    chunk[place * NUMBERS + 1] = arrival;
    chunk[place * NUMBERS + 2] = x;
    chunk[place * NUMBERS + 3] = y;
  }

  /** Adds up those within a span that are in each cell of a grid, a chunk in a step. */
  *count(span: Span, grid: Grid, counts: Uint32Array): Steps<void> {
    for (const [i, chunk] of this.#chunks.entries()) {
      countIn(chunk.subarray(0, Math.min(CHUNK, this.length - i * CHUNK) * NUMBERS), span, grid, counts);
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
