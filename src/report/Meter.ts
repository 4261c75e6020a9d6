import type { Commit } from '../domain/commit.js';
import { sizeOf, type FixBatch, type Judged } from '../domain/FixBatch.js';
import type { Instant } from '../domain/instant.js';
import { VERDICTS, type Verdict } from '../domain/latest.js';
import { Distribution } from './Distribution.js';

/** Measures one run (one subscription) of the pipeline, which tells it what it does, without changing what flows. */
export class Meter {
  /** How many fixes were judged so. */
  readonly verdicts: Record<Verdict, number> = { change: 0, late: 0, duplicate: 0, conflict: 0 };
  /** The time a fix keeps the program busy, from emission to formatted row: its share of its batch's. */
  readonly processing = new Distribution();
  /** From a fix's due time to its emission. */
  readonly lateness = new Distribution();
  /** From a change's due time to when it can be read in the log. */
  readonly latency = new Distribution();
  devices = 0;
  /** Of an end that others write into, too: how many fixes were there already, and how many it refused. */
  known = 0;
  refused = 0;
  /** How many verdicts of fixes that were there were taken back. */
  corrected = 0;
  written = 0;
  flushes = 0;
  /** How far behind its due time the last fix was emitted, in ms. */
  behind = 0;
  /** The arrival time of the first fix judged. */
  first: Instant | undefined;
  /** The last arrival time so far: how far the stream has come. */
  last: Instant | undefined;

  readonly #now: () => number;
  /** When the batch came that is being judged, and how many fixes it has. */
  #came = 0;
  #fixes = 0;

  /** @param now the clock of the replay, in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many fixes were judged, were there already, or were refused. */
  get judged(): number {
    const { change, late, duplicate, conflict } = this.verdicts;
    return change + late + duplicate + conflict + this.known + this.refused;
  }

  /** Fixes are emitted; those that were due since ever, or never, are not measured. */
  emitted(batch: FixBatch): void {
    const { columns: { arrival, due }, first, end } = batch;
    this.#came = this.#now();
    this.#fixes = sizeOf(batch);
    if (first === end) return;
    this.first ??= arrival[first];
    let last = this.last ?? -Infinity;
    for (let row = first; row < end; row++) if (arrival[row]! > last) last = arrival[row]!;
    this.last = last;
    this.behind = isMeasured(due[end - 1]!) ? this.#came - due[end - 1]! : 0;
    for (let row = first; row < end; row++) if (isMeasured(due[row]!)) this.lateness.record(this.#came - due[row]!);
  }

  /** Fixes came that arrived from one moment to another, if there are any. */
  came(first: Instant | undefined, last: Instant | undefined): void {
    if (first !== undefined) this.first = Math.min(this.first ?? Infinity, first);
    if (last !== undefined) this.last = Math.max(this.last ?? -Infinity, last);
  }

  /** Fixes were judged. */
  found({ batch: { first, end }, verdict, devices }: Judged): void {
    const counts = [0, 0, 0, 0];
    for (let row = first; row < end; row++) counts[verdict[row]!]!++;
    VERDICTS.forEach((name, i) => (this.verdicts[name] += counts[i]!));
    this.devices = devices;
  }

  /** What is to be committed of them was taken. */
  taken(): void {
    if (this.#fixes > 0) this.processing.record((this.#now() - this.#came) / this.#fixes, this.#fixes);
  }

  /** A batch is going to be committed. */
  flushed(): void {
    this.flushes++;
  }

  /** Something was committed. */
  committed({ written, due, found }: Commit): void {
    const now = this.#now();
    this.written += written;
    for (const time of due) this.latency.record(now - time);
    if (!found) return;
    for (const name of VERDICTS) this.verdicts[name] += found.verdicts[name];
    this.known += found.known;
    this.refused += found.refused;
    this.corrected += found.corrected;
    this.devices = found.devices;
  }
}

function isMeasured(due: number): boolean {
  return due > -Infinity;
}
