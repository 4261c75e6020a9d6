import type { ServerResponse } from 'node:http';
import { HttpError } from './HttpError.js';

/** The clients that listen to events: how many there are, and how many were dropped since they were too slow. */
export class Clients {
  count = 0;
  dropped = 0;
  readonly #max: number;

  /** @param max how many may listen at the same time */
  constructor(max: number) {
    this.#max = max;
  }

  /** @throws HttpError 503 if no more may listen */
  checkRoom(): void {
    if (this.count < this.#max) return;
    throw new HttpError(503, 'too-many-clients', `${this.count} clients are listening, and no more are allowed: try again later`);
  }

  /** Counts a client until its connection closes. */
  add(response: ServerResponse): void {
    this.count++;
    response.once('close', () => this.count--);
  }
}
