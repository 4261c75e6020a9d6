import type { Fix, Piece } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';

/** A fix as if it had been taken, and had arrived, at another time: all else is asked of the fix that it was. */
export class ShiftedFix implements Fix {
  readonly device: string;
  readonly arrival: Instant;
  readonly event: Instant;
  readonly #fix: Fix;

  /** @param micros by how much later */
  constructor(fix: Fix, micros: number) {
    this.device = fix.device;
    this.arrival = fix.arrival + micros;
    this.event = fix.event + micros;
    this.#fix = fix;
  }

  get latitude(): string {
    return this.#fix.latitude;
  }

  get longitude(): string {
    return this.#fix.longitude;
  }

  get speed(): string {
    return this.#fix.speed;
  }

  get further(): readonly string[] {
    return this.#fix.further;
  }

  get echo(): Piece | undefined {
    return this.#fix.echo;
  }
}
