import { binsOf, type Bins } from '../../domain/binsOf.js';
import type { Histogram, HistogramSpan } from '../../domain/Histogram.js';
import { spanWithin } from '../../domain/spanWithin.js';
import { monotonic } from '../../rx/monotonic.js';
import { Mutex } from '../../rx/Mutex.js';
import type { Database, Queries } from '../Database.js';
import { countBins } from './countBins.js';
import { histogramOf, type CountedBins } from './CountedBins.js';
import { eventsIn, lastEvent } from './eventsIn.js';
import { followBins } from './followBins.js';
import { stateOf, type StoreState } from './stateOf.js';

/** How many are kept that were asked for last. */
const KEPT = 8;
/** Counts that take longer than these ms are not taken again before so many times as long have passed. */
const [LONG, PAUSES] = [1000, 10];

interface Kept {
  readonly counted: CountedBins;
  /** Before then, it is given as it is. */
  readonly due: number;
}

/**
 * The histograms of a store. What was counted is kept, and only what was committed since is counted when it is asked for
 * again, so that a page that does so each second does not have the whole table read each time. One is counted at a time.
 *
 * Where counting takes more than a second, the next who ask are given what was counted then, with the cursor of then, until
 * ten times as long has passed. Holds the bins of 8 histograms.
 */
export class Histograms {
  readonly #database: Database;
  readonly #schema: string;
  readonly #now: () => number;
  #kept: readonly Kept[] = [];
  readonly #mutex = new Mutex();

  /**
   * @param schema its name, quoted
   * @param now in ms
   */
  constructor(database: Database, schema: string, now = () => monotonic.now()) {
    this.#database = database;
    this.#schema = schema;
    this.#now = now;
  }

  ask(span: HistogramSpan, max: number, signal?: AbortSignal): Promise<Histogram> {
    return this.#mutex.run(() => this.#answer(span, max), signal);
  }

  async #answer(span: HistogramSpan, max: number): Promise<Histogram> {
    const started = this.#now();
    const { bins, counted, before } = await this.#database.reading(async (queries) => {
      const state = await stateOf(queries, this.#schema);
      const bins = await this.#binsOf(queries, state, span, max);
      const before = this.#kept.find(({ counted }) => covers(counted, span, bins, state));
      if (before && this.#now() < before.due) return { bins, counted: before.counted, before };
      const followed = before && (await followBins(queries, this.#schema, before.counted, state));
      return { bins, counted: followed ?? (await this.#count(queries, state, span, bins)), before };
    });
    const took = this.#now() - started;
    const due = before?.counted === counted ? before.due : took > LONG ? this.#now() + PAUSES * took : 0;
    this.#kept = [...this.#kept.filter((kept) => kept !== before), { counted, due }].slice(-KEPT);
    return histogramOf(counted, bins);
  }

  async #binsOf(queries: Queries, state: StoreState, { by, from, to }: HistogramSpan, max: number): Promise<Bins> {
    const isOpen = from === -Infinity || to === Infinity;
    const { first, last } = by === 'event' && isOpen ? await eventsIn(queries, this.#schema) : state;
    return binsOf(spanWithin({ from, to }, first ?? undefined, last ?? undefined), max);
  }

  /** Counts the bins; of those at the end also what comes after them, so that it is counted as well when there is more. */
  async #count(queries: Queries, state: StoreState, { by }: HistogramSpan, { from, step, count }: Bins): Promise<CountedBins> {
    const last = by === 'event' ? await lastEvent(queries, this.#schema) : state.last;
    const isAtEnd = from + 2 * count * step > (last ?? -Infinity);
    const to = isAtEnd ? Infinity : from + count * step;
    const counts = await countBins(queries, this.#schema, { by, step, from, to });
    return { by, step, from, to, place: state, generation: state.generation, counts };
  }
}

function covers(counted: CountedBins, { by }: HistogramSpan, { from, step, count }: Bins, { id }: StoreState): boolean {
  return counted.by === by && counted.step === step && counted.from <= from && counted.to >= from + count * step && counted.place.id === id;
}
