import type { Bytes } from '../../csv/copyBytes.js';
import type { Columns } from '../../domain/columns.js';
import { DegreeBytes } from './DegreeBytes.js';
import type { PlaceColumns } from './PlaceColumns.js';
import { TIME_LENGTH, TimeBytes } from './TimeBytes.js';

const [LF, COMMA] = [10, 44] as const;
/** Where the columns of a row stand, as lastfix writes them; further ones follow, then reason and latest event time. */
const USUAL = { arrival: 0, device: 1, latitude: 2, longitude: 3, speed: 4, event: 5 };
const LATE = Buffer.from(',late,');
const OTHERS = [Buffer.from(',duplicate,'), Buffer.from(',conflict,')];

/**
 * Reads where late fixes were from the bytes of their rows, as lastfix writes them, without making texts of them.
 *
 * It decides nothing: a row that is not plainly one of a fix is left to `parseFix`, which says what it is.
 */
export class PlaceScanner {
  readonly #commas: number;
  readonly #arrivals = new TimeBytes();
  readonly #events = new TimeBytes();
  readonly #latitude = new DegreeBytes();
  readonly #longitude = new DegreeBytes();

  private constructor(commas: number) {
    this.#commas = commas;
  }

  /** One for the rows below a header; `undefined` if its columns are in another order. */
  static of({ position, count }: Columns): PlaceScanner | undefined {
    const isUsual = Object.entries(USUAL).every(([part, column]) => position[part as keyof typeof USUAL] === column);
    return isUsual ? new PlaceScanner(count - 1) : undefined;
  }

  /** Puts the places of the late fixes in rows without quotes into columns; gives where the first row starts that it leaves, or the end. */
  scan(source: Bytes, start: number, end: number, places: PlaceColumns): number {
    for (let at = start; at < end; ) {
      const next = this.#row(source, at, end, places);
      if (next < 0) return at;
      at = next;
    }
    return end;
  }

  /** Gives where the next row starts; -1 if it leaves this one. */
  #row(source: Bytes, start: number, end: number, places: PlaceColumns): number {
    const { bytes } = source;
    if (start + 2 * TIME_LENGTH > end) return -1;
    const arrival = this.#arrivals.read(source, start);
    let at = start + TIME_LENGTH;
    if (Number.isNaN(arrival) || bytes[at] !== COMMA || bytes[at + 1] === COMMA) return -1;
    at = this.#latitude.read(bytes, fieldEnd(bytes, at + 1) + 1, 90);
    if (at < 0 || bytes[at] !== COMMA) return -1;
    at = this.#longitude.read(bytes, at + 1, 180);
    if (at < 0 || bytes[at] !== COMMA) return -1;
    at = fieldEnd(bytes, at + 1) + 1;
    if (at + TIME_LENGTH > end) return -1;
    const event = this.#events.read(source, at);
    at += TIME_LENGTH;
    if (Number.isNaN(event) || bytes[at] !== COMMA) return -1;
    let commas = USUAL.event;
    for (; bytes[at] !== LF; at++) {
      if (at >= end) return -1;
      if (bytes[at] === COMMA) commas++;
    }
    if (commas !== this.#commas) return -1;
    const heldAt = at - TIME_LENGTH;
    if (stands(bytes, LATE, heldAt)) places.put(event, arrival, this.#latitude.degrees, this.#longitude.degrees);
    else if (!OTHERS.some((other) => stands(bytes, other, heldAt))) return -1;
    return at + 1;
  }
}

/** Where the field ends that a place is in: at the next comma, or at the end of the row. */
function fieldEnd(bytes: Buffer, start: number): number {
  let at = start;
  for (let byte = bytes[at]; byte !== COMMA && byte !== LF && byte !== undefined; byte = bytes[++at]);
  return at;
}

/** Whether a text stands before a place. */
function stands(bytes: Buffer, text: Buffer, before: number): boolean {
  for (let i = 1; i <= text.length; i++) if (bytes[before - i] !== text[text.length - i]) return false;
  return true;
}
