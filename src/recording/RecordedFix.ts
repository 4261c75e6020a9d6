import { parseRow } from '../csv/parseRow.js';
import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';

const NO_FIELDS: readonly string[] = [];
const MEASURES = 3;

/** A fix of a recording, whose measures and further columns are taken apart only if they are asked for. */
export class RecordedFix implements Fix {
  readonly device: string;
  readonly arrival: Instant;
  readonly event: Instant;
  readonly echo: string;
  readonly #further: boolean;

  /** @param further whether the echo has further columns */
  constructor(device: string, arrival: Instant, event: Instant, echo: string, further: boolean) {
    this.device = device;
    this.arrival = arrival;
    this.event = event;
    this.echo = echo;
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
    return this.#further ? parseRow(this.echo).slice(MEASURES) : NO_FIELDS;
  }

  /** None of them is ever in quotes. */
  #measure(i: number): string {
    return this.echo.split(',', MEASURES)[i]!;
  }
}
