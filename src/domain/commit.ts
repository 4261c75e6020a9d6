import type { Verdict } from './latest.js';

/** What the rule made of fixes that are judged as they are committed, since others may have come before them. */
export interface FoundInCommit {
  /** How many more there are of each: less, if verdicts of earlier commits were taken back. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** How many fixes were there already. */
  readonly known: number;
  /** How many could not be kept, and were rejected. */
  readonly refused: number;
  /** How many verdicts of fixes that were there were taken back. */
  readonly corrected: number;
  /** How many devices the run has had fixes of. */
  readonly devices: number;
}

/** What became of what was committed. */
export interface Commit {
  /** How many fixes it took. */
  readonly settled: number;
  /** How many changes can be read now that could not before. */
  readonly written: number;
  /** When those of them were due that were due at a time, in ms of the clock that they were played by. */
  readonly due: Float64Array;
  /** What they were found to be, unless they were judged before. */
  readonly found?: FoundInCommit;
}
