import { parseRow } from '../csv/parseRow.js';
import type { Fix, Piece } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';

const NO_FIELDS: readonly string[] = [];
const MEASURES = 3;

/**
 * A fix of a recording, whose measures and further columns stay the bytes that they are in the recording until
 * they are asked for: what is only echoed is never made a text.
 */
export class RecordedFix implements Fix, Piece {
  readonly device: string;
  readonly arrival: Instant;
  readonly event: Instant;
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  readonly #further: boolean;

  /**
   * @param bytes where, from one place up to another, `latitude,longitude,speed` and the further columns stand
   * @param further whether there are further columns
   */
  constructor(device: string, arrival: Instant, event: Instant, bytes: Buffer, from: number, to: number, further: boolean) {
    this.device = device;
    this.arrival = arrival;
    this.event = event;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.#further = further;
  }

  get latitude(): string {
    return this.#measure(0);
  }

  get longitude(): string {
    return this.#measure(1);
  }

  get speed(): string {
    return this.#measure(2);
  }

  get further(): readonly string[] {
    return this.#further ? parseRow(this.#text).slice(MEASURES) : NO_FIELDS;
  }

  get echo(): Piece | undefined {
    return this.#further ? undefined : this;
  }

  get #text(): string {
    return this.bytes.toString('utf8', this.from, this.to);
  }

  /** None of them is ever in quotes. */
  #measure(i: number): string {
    return this.#text.split(',', MEASURES)[i]!;
  }
}
