import type { Appended, Cursor } from '../domain/Appended.js';
import type { Histogram, HistogramSpan } from '../domain/Histogram.js';
import type { Answer, Extent, FixesOptions, FixesPage, Fleet, Moment, Past, Span, TrackOptions, TrackPage } from '../domain/Past.js';
import { logPaths } from '../log/paths.js';
import { DamagedIndex } from '../lookup/DamagedIndex.js';
import type { Turns } from '../rx/Turns.js';
import { appendedAfter } from '../tail/appendedAfter.js';
import { parseCursor } from '../tail/LogCursor.js';
import { CurrentHistory, type Lease } from './CurrentHistory.js';
import { HistoryPast, type Questions } from './HistoryPast.js';
import type { OpenHistoryOptions } from './openHistory.js';

export interface CsvPastOptions extends Omit<OpenHistoryOptions, 'anew'> {
  /** Lets questions take turns with other work. Default: each is answered at once. */
  readonly turns?: Turns | undefined;
}

/**
 * A log as a `Past`, also while a run is writing it: kept open, as `CurrentHistory` does. An index that turns out damaged is
 * left aside, and the question is asked again.
 *
 * Each question throws FileError as `openHistory` does, and DamagedIndex if the log is changed at the same time. Holds
 * what is open.
 */
export class CsvPast implements Past {
  readonly #current: CurrentHistory;
  readonly #options: CsvPastOptions;

  constructor(path: string, options: CsvPastOptions = {}) {
    this.#current = new CurrentHistory(path, options);
    this.#options = options;
  }

  newest(device: string, moment?: Moment, signal?: AbortSignal): Promise<Answer> {
    return this.#ask((past) => past.newest(device, moment, signal));
  }

  newestOfAll(moment?: Moment, options?: Parameters<Past['newestOfAll']>[1]): Promise<Fleet> {
    return this.#ask((past) => past.newestOfAll(moment, options));
  }

  devices(signal?: AbortSignal): Promise<Set<string>> {
    return this.#ask((past) => past.devices(signal));
  }

  first(device: string, signal?: AbortSignal): ReturnType<Past['first']> {
    return this.#ask((past) => past.first(device, signal));
  }

  extent(signal?: AbortSignal): Promise<Extent> {
    return this.#ask((past) => past.extent(signal));
  }

  async *track(device: string, span: Span, { after, ...options }: TrackOptions = {}): AsyncGenerator<TrackPage, void, undefined> {
    for (const anew of [false, true]) {
      const lease = await this.#current.lease(anew);
      try {
        for await (const page of (await this.#pastOf(lease)).track(device, span, { ...options, after })) {
          after = page.next;
          yield page;
        }
        return;
      } catch (error) {
        if (anew || !(error instanceof DamagedIndex)) throw error;
      } finally {
        await lease.end();
      }
    }
  }

  fixes(span: Span, options?: FixesOptions): Promise<FixesPage> {
    return this.#ask((past) => past.fixes(span, options));
  }

  histogram(span: HistogramSpan, bins: number, signal?: AbortSignal): Promise<Histogram> {
    return this.#ask((past) => past.histogram(span, bins, signal));
  }

  async appendedAfter(cursor: Cursor, upTo?: Cursor): Promise<Appended | undefined> {
    const { withLate, turns } = this.#options;
    return appendedAfter(logPaths(await this.#current.place()), cursor, { withLate, upTo, turns });
  }

  isCursor(text: string): boolean {
    return parseCursor(text) !== undefined;
  }

  close(): Promise<void> {
    return this.#current.close();
  }

  async #ask<T>(question: (past: Questions) => Promise<T>, anew = false): Promise<T> {
    const lease = await this.#current.lease(anew);
    try {
      return await question(await this.#pastOf(lease));
    } catch (error) {
      if (anew || !(error instanceof DamagedIndex)) throw error;
    } finally {
      await lease.end();
    }
    return this.#ask(question, true);
  }

  async #pastOf({ history }: Lease): Promise<HistoryPast> {
    return new HistoryPast(await history, this.#options.turns);
  }
}
