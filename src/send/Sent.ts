import { Distribution } from '../report/Distribution.js';
import type { Instant } from '../domain/instant.js';

/** So many fixes that were refused are listed, and so many reasons are told apart. */
const [MAX_LISTED, MAX_REASONS] = [1000, 100];
/** The reason that stands for all others, when there are too many. */
const OTHER = 'other reasons';

/** A fix, as a report names it. */
export interface SentFix {
  readonly device: string;
  readonly arrival: Instant;
  /** In the stream, from 1. */
  readonly place: number;
}

/** Fixes that were refused for one reason. */
export interface Refusal {
  readonly reason: string;
  count: number;
  /** The first of them. */
  readonly fixes: SentFix[];
}

/** What became of the fixes that were to be sent. Holds up to 1,000 that were refused. */
export class Sent {
  /** How many were to be sent so far. */
  wanted = 0;
  /** How many of them the other side has, as it says. */
  acknowledged = 0;
  /** How many were refused for good. */
  refused = 0;
  /** How many messages were sent again. */
  retried = 0;
  /** How many bytes were acknowledged. */
  bytes = 0;
  /** From the sending of a message to its acknowledgement, for each of its fixes, in ms. */
  readonly acknowledgement = new Distribution();
  readonly #refusals = new Map<string, Refusal>();
  #listed = 0;

  /** How many were to be sent, and are neither acknowledged nor refused. */
  get unacknowledged(): number {
    return this.wanted - this.acknowledged - this.refused;
  }

  /** Why fixes were refused: the most frequent reason first. */
  get refusals(): readonly Refusal[] {
    return [...this.#refusals.values()].sort((a, b) => b.count - a.count);
  }

  /** Fixes were acknowledged, so many ms after they were sent. */
  acknowledge(count: number, bytes: number, millis: number): void {
    this.acknowledged += count;
    this.bytes += bytes;
    this.acknowledgement.record(millis, count);
  }

  /** Fixes were refused for good. */
  refuse(fixes: readonly SentFix[], reason: string): void {
    this.refused += fixes.length;
    const kind = this.#refusals.has(reason) || this.#refusals.size < MAX_REASONS ? reason : OTHER;
    const refusal = this.#refusals.get(kind) ?? { reason: kind, count: 0, fixes: [] };
    this.#refusals.set(kind, refusal);
    refusal.count += fixes.length;
    const listed = fixes.slice(0, Math.max(refusal.fixes.length === 0 ? 1 : 0, MAX_LISTED - this.#listed));
    refusal.fixes.push(...listed);
    this.#listed += listed.length;
  }
}
