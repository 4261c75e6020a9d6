import type { FixBatch, Judged } from '../domain/FixBatch.js';
import { isSameNumber } from '../domain/isSameNumber.js';
import { CHANGE, CONFLICT, DUPLICATE, judge, LATE } from '../domain/latest.js';

const COMMA = 44;
/** Latitude, longitude and speed. */
const MEASURES = 3;
/** Room for the text of a device's fix at first: what `latitude,longitude,speed` take, unless they are odd. */
const USUAL = 64;
const CODES = { change: CHANGE, late: LATE, duplicate: DUPLICATE, conflict: CONFLICT };

/**
 * Every device's latest fix, by the number of the device: its event time and the text of its measures. After each batch that it takes, it
 * also is what came of that.
 */
export class LatestFixes implements Judged {
  batch!: FixBatch;
  verdict = new Uint8Array(0);
  held = new Float64Array(0);
  devices = 0;
  #stream: FixBatch['devices'] | undefined;
  /** `-Infinity` for a device that has none. */
  #event = new Float64Array(0);
  /** Where its text is, how long it is, and for how much there is room. */
  #at = new Float64Array(0);
  #length = new Uint32Array(0);
  #room = new Uint32Array(0);
  #text = Buffer.alloc(0);
  #end = 0;

  /**
   * Judges the rows of a batch one after the other, and holds those that are newer.
   *
   * @throws RangeError if it numbers its devices otherwise than the one before
   */
  take(batch: FixBatch): this {
    const { columns, first, end, devices } = batch;
    if (devices !== (this.#stream ??= devices)) throw new RangeError('all batches of a stream must have the same devices');
    this.batch = batch;
    this.#makeRoom(devices.count, columns.arrival.length);
    const { verdict: verdicts, held: helds } = this;
    const latest = this.#event;
    let row = first;
    const isEqual = () => this.#isEqual(batch, row);
    for (; row < end; row++) {
      const device = columns.device[row]!;
      const event = columns.event[row]!;
      const held = latest[device]!;
      const verdict = judge(held, event, isEqual);
      helds[row] = held;
      verdicts[row] = CODES[verdict];
      if (verdict !== 'change') continue;
      if (held === -Infinity) this.devices++;
      latest[device] = event;
      this.#hold(batch, row, device);
    }
    return this;
  }

  #isEqual(batch: FixBatch, row: number): boolean {
    const device = batch.columns.device[row]!;
    const [from, to, at, length] = [batch.columns.from[row]!, measuresEnd(batch, row), this.#at[device]!, this.#length[device]!];
    if (to - from === length && this.#text.compare(batch.text, from, to, at, at + length) === 0) return true;
    const held = this.#text.toString('latin1', at, at + length).split(',');
    const measures = batch.text.toString('latin1', from, to).split(',');
    return measures.every((measure, i) => isSameNumber(measure, held[i]!));
  }

  #hold(batch: FixBatch, row: number, device: number): void {
    const { columns, text } = batch;
    const from = columns.from[row]!;
    const length = measuresEnd(batch, row) - from;
    if (length > this.#room[device]!) this.#move(device, length);
    this.#length[device] = length;
    const [held, at] = [this.#text, this.#at[device]!];
    if (length > USUAL) text.copy(held, at, from, from + length);
    else for (let i = 0; i < length; i++) held[at + i] = text[from + i]!;
  }

  /** Gives a device more room; what it had is left unused, which is less than what it gets. */
  #move(device: number, length: number): void {
    const room = USUAL * 2 ** Math.max(0, Math.ceil(Math.log2(length / USUAL)));
    if (this.#end + room > this.#text.length) {
      const grown = Buffer.alloc(2 * (this.#end + room));
      this.#text.copy(grown, 0, 0, this.#end);
      this.#text = grown;
    }
    this.#at[device] = this.#end;
    this.#room[device] = room;
    this.#end += room;
  }

  #makeRoom(devices: number, rows: number): void {
    if (rows > this.verdict.length) {
      this.verdict = new Uint8Array(rows);
      this.held = new Float64Array(rows);
    }
    const known = this.#event.length;
    if (devices <= known) return;
    const count = Math.max(devices, 2 * known);
    this.#event = grown(this.#event, new Float64Array(count).fill(-Infinity));
    this.#at = grown(this.#at, new Float64Array(count));
    this.#length = grown(this.#length, new Uint32Array(count));
    this.#room = grown(this.#room, new Uint32Array(count));
  }
}

/** Where the measures of a row end: none of them is ever in quotes. */
function measuresEnd({ columns, text, extra }: FixBatch, row: number): number {
  const end = columns.to[row]!;
  if (!extra) return end;
  let at = columns.from[row]!;
  for (let commas = 0; at < end; at++) if (text[at] === COMMA && ++commas === MEASURES) return at;
  return at;
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
