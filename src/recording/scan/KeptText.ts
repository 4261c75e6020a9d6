import { copyBytes, type Bytes } from '../../csv/copyBytes.js';
import type { Columns } from '../../domain/columns.js';
import { NO } from './TimeScanner.js';

const [QUOTE, COMMA, POINT] = [34, 44, 46] as const;

/** Columns that stand side by side in the recording as well as in the log; none, if there is no column. */
interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Where the fields of a line begin and end, by their columns. */
export interface Fields {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * What is kept of a line for the log, as one text: position, speed and extra columns in the order of the log, with commas
 * between. Fields that stand side by side in a recording with commas are copied at once. Of other recordings a text with a
 * comma is quoted, and a decimal comma becomes a point.
 */
export class KeptText {
  /** By how many bytes a text may be longer than its line. */
  readonly maxGrowth: number;
  readonly #fields: Fields;
  readonly #hasCommas: boolean;
  readonly #stretches: readonly Stretch[];
  /** The same of a line whose speed is not known. */
  readonly #withoutSpeed: readonly Stretch[];
  /** Whether a column is an extra one. */
  readonly #isExtra: Uint8Array;

  constructor({ position, extra, count }: Columns, delimiter: number, fields: Fields) {
    this.#fields = fields;
    this.#hasCommas = delimiter === COMMA;
    const keeping = (speed: number) => {
      const kept = [position.latitude, position.longitude, speed, ...extra.map(({ position }) => position)];
      return this.#hasCommas ? stretchesOf(kept) : kept.map((column) => ({ first: column, last: column }));
    };
    this.#stretches = keeping(position.speed);
    this.#withoutSpeed = keeping(NO);
    this.#isExtra = new Uint8Array(count);
    for (const { position } of extra) if (position >= 0) this.#isExtra[position] = 1;
    this.maxGrowth = 3 * this.#withoutSpeed.length + 3 * extra.length;
  }

  /** How many bytes the text of a line has at most. */
  maxLength(source: Bytes): number {
    const { from, to } = this.#fields;
    let length = this.#stretches.length - 1;
    for (const { first, last } of this.#stretches) {
      if (first < 0) continue;
      length += to[last]! - from[first]!;
      if (this.#isToQuote(source, first)) length += 2;
    }
    return length;
  }

  /** Writes the text of a line at a place; gives how many bytes that is. */
  write(source: Bytes, target: Bytes, start: number, isSpeedUnknown: boolean): number {
    const { from, to } = this.#fields;
    const stretches = isSpeedUnknown ? this.#withoutSpeed : this.#stretches;
    let at = start;
    for (let i = 0; i < stretches.length; i++) {
      const { first, last } = stretches[i]!;
      if (i > 0) target.bytes[at++] = COMMA;
      if (first < 0) continue;
      at = this.#hasCommas ? copyBytes(source, from[first]!, to[last]!, target, at) : this.#writeField(source, first, target, at);
    }
    return at - start;
  }

  /** Writes one field of a line that no commas separate; gives where it ends. */
  #writeField(source: Bytes, column: number, target: Bytes, start: number): number {
    const [from, to] = [this.#fields.from[column]!, this.#fields.to[column]!];
    if (this.#isToQuote(source, column)) {
      target.bytes[start] = QUOTE;
      const end = copyBytes(source, from, to, target, start + 1);
      target.bytes[end] = QUOTE;
      return end + 1;
    }
    const end = copyBytes(source, from, to, target, start);
    if (this.#isExtra[column] === 0) for (let at = start; at < end; at++) if (target.bytes[at] === COMMA) target.bytes[at] = POINT;
    return end;
  }

  #isToQuote({ bytes }: Bytes, column: number): boolean {
    if (this.#hasCommas || this.#isExtra[column] === 0) return false;
    for (let at = this.#fields.from[column]!; at < this.#fields.to[column]!; at++) if (bytes[at] === COMMA) return true;
    return false;
  }
}

function stretchesOf(columns: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const column of columns) {
    const before = stretches.at(-1);
    if (before && before.first >= 0 && column === before.last + 1) stretches[stretches.length - 1] = { first: before.first, last: column };
    else stretches.push({ first: column, last: column });
  }
  return stretches;
}
