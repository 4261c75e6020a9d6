import { finish, type Steps } from '../domain/finish.js';
import type { Histogram, HistogramSpan } from '../domain/Histogram.js';
import type { Aged, Answer, Extent, FixesOptions, FixesPage, Fleet, Moment, Past, Span, TrackOptions, TrackPage } from '../domain/Past.js';
import type { Turns } from '../rx/Turns.js';
import { answerIn, answersIn } from './answerIn.js';
import { fixesPage } from './fixesPage.js';
import type { History } from './History.js';
import { trackPages } from './trackPages.js';

/** The questions of a `Past` that one state of it can answer. */
export type Questions = Omit<Past, 'appendedAfter' | 'isCursor' | 'close'>;

/**
 * One state of a log as a `Past`. The history is read synchronously: at once, or, given `turns`, in turns with others.
 * Throws what `History` does.
 */
export class HistoryPast implements Questions {
  readonly #history: History;
  readonly #turns: Turns | undefined;

  constructor(history: History, turns?: Turns) {
    this.#history = history;
    this.#turns = turns;
  }

  async newest(device: string, moment: Moment = {}, signal?: AbortSignal): Promise<Answer> {
    return this.#finish(answerIn(this.#history, device, moment), signal);
  }

  async newestOfAll(moment: Moment = {}, { only, signal }: { readonly only?: string; readonly signal?: AbortSignal } = {}): Promise<Fleet> {
    const { cursor, end } = this.#history;
    const { at, knownAt = Infinity } = moment;
    const asked = at ?? (end === undefined ? undefined : Math.min(end, knownAt));
    const fixes = await this.#finish(only === undefined ? answersIn(this.#history, moment) : this.#only(only, moment), signal);
    return { asked, fixes, cursor };
  }

  async devices(signal?: AbortSignal): Promise<Set<string>> {
    return this.#finish(this.#history.devicesInSteps(), signal);
  }

  async first(device: string, signal?: AbortSignal): ReturnType<Past['first']> {
    signal?.throwIfAborted();
    const arrival = this.#history.firstArrival(device);
    if (arrival === undefined) return undefined;
    return { arrival, event: (await this.#finish(this.#history.firstEventInSteps(device, Infinity), signal))! };
  }

  async *track(device: string, span: Span, options: TrackOptions = {}): AsyncGenerator<TrackPage, void, undefined> {
    const pages = trackPages(this.#history, device, span, options);
    const { signal } = options;
    for (let page = await this.#finish(nextOf(pages), signal); page; page = await this.#finish(nextOf(pages), signal)) yield page;
  }

  async fixes(span: Span, { signal, ...options }: FixesOptions = {}): Promise<FixesPage> {
    return this.#finish(fixesPage(this.#history, span, options), signal);
  }

  async extent(signal?: AbortSignal): Promise<Extent> {
    const verdicts = await this.#finish(this.#history.verdictsInSteps(), signal);
    const { start, end, rows, cursor } = this.#history;
    const all = rows.reduce((sum, count) => sum + count, 0);
    return { start, end, finalUntil: undefined, rows: all, changes: rows[0]!, verdicts, cursor }; // no run of a log promises
  }

  async histogram(span: HistogramSpan, bins: number, signal?: AbortSignal): Promise<Histogram> {
    return this.#finish(this.#history.histogramInSteps(span, bins), signal);
  }

  *#only(device: string, moment: Moment): Steps<readonly Aged[]> {
    const answer = yield* answerIn(this.#history, device, moment);
    return 'fix' in answer ? [answer] : [];
  }

  #finish<T>(steps: Steps<T>, signal: AbortSignal | undefined): T | Promise<T> {
    if (this.#turns) return this.#turns.finish(steps, signal);
    signal?.throwIfAborted();
    return finish(steps);
  }
}

/** The next of what is made in steps; `undefined` if there is none. */
function* nextOf<T>(items: Iterator<T | undefined, void>): Steps<T | undefined> {
  for (let next = items.next(); !next.done; next = items.next()) {
    if (next.value !== undefined) return next.value;
    yield;
  }
  return undefined;
}
