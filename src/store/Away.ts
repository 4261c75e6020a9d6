import { explained } from './explained.js';

/** Whether a database is away: it is said once that it is, and that it is back. */
export class Away {
  readonly #shown: string;
  readonly #said: (line: string) => void;
  #isAway = false;

  /** @param shown what to call the database */
  constructor(shown: string, said: (line: string) => void) {
    this.#shown = shown;
    this.#said = said;
  }

  /** It could not be reached. */
  lost(error: unknown): void {
    if (!this.#isAway) this.#said(`${explained(error, this.#shown).message}; it is tried again until it is there, and nothing is lost meanwhile`);
    this.#isAway = true;
  }

  /** It was reached. */
  back(): void {
    if (this.#isAway) this.#said(`${this.#shown} is reached again`);
    this.#isAway = false;
  }
}
