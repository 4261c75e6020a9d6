/** A fix as a sender of the torture gives it; its number is a further column, and no other fix has it. */
export interface SentFix {
  readonly nr: string;
  readonly device: string;
  /** µs since 1970. */
  readonly event: number;
  readonly latitude: string;
  readonly longitude: string;
  /** Empty if it is unknown. */
  readonly speed: string;
  /** When it arrived and its place, if they are known before: those of a recording. */
  readonly known?: { readonly arrival: number; readonly place: number };
}

/** What was given to whom, and what they said that they have. */
export class Ledger {
  /** By number: each fix, and how often it was given; infinite where a sender gives it again by itself. */
  readonly given = new Map<string, { readonly fix: SentFix; times: number }>();
  readonly acknowledged = new Set<string>();
  /** How many rows of recordings are no fixes. */
  rejected = 0;
  #next = 0;

  number(): string {
    return String(++this.#next);
  }

  give(fixes: readonly SentFix[], times = 1): void {
    for (const fix of fixes) {
      const entry = this.given.get(fix.nr) ?? { fix, times: 0 };
      entry.times += times;
      this.given.set(fix.nr, entry);
    }
  }

  acknowledge(fixes: readonly SentFix[]): void {
    for (const { nr } of fixes) this.acknowledged.add(nr);
  }
}
