import { lstatSync, statSync } from 'node:fs';
import type { Appended, Cursor } from '../domain/Appended.js';
import type { Answer, Extent, Fleet, Moment, Past, Span, TrackOptions, TrackPage } from '../domain/Past.js';
import { logPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import { DamagedIndex } from '../lookup/DamagedIndex.js';
import type { Turns } from '../rx/Turns.js';
import { appendedAfter } from '../tail/appendedAfter.js';
import { parseCursor } from '../tail/LogCursor.js';
import { HistoryPast, type Questions } from './HistoryPast.js';
import { openHistory, type OpenHistoryOptions } from './openHistory.js';

export interface CsvPastOptions extends Omit<OpenHistoryOptions, 'anew'> {
  /** Lets questions take turns with other work. Default: each is answered at once. */
  readonly turns?: Turns | undefined;
}

interface Opened {
  readonly past: Promise<Questions>;
  readonly close: () => Promise<void>;
  /** How many questions are being answered by it. */
  users: number;
  /** Whether another has taken its place, so that it is closed when nobody uses it. */
  isOld: boolean;
}

/**
 * A log as a `Past`, also while a run is writing it. It is opened with the first question, kept open, and opened anew when
 * its files have changed. An index that turns out damaged is left aside, and the question is asked again.
 *
 * Each question throws FileError as `openHistory` does, and DamagedIndex if the log is changed at the same time. Holds
 * what is open until its last question is answered.
 */
export class CsvPast implements Past {
  readonly #path: string;
  readonly #options: CsvPastOptions;
  #state = '';
  #opened: Opened | undefined;

  constructor(path: string, options: CsvPastOptions = {}) {
    this.#path = path;
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
      const opened = await this.#use(anew);
      try {
        for await (const page of (await opened.past).track(device, span, { ...options, after })) {
          after = page.next;
          yield page;
        }
        return;
      } catch (error) {
        if (anew || !(error instanceof DamagedIndex)) throw error;
      } finally {
        await this.#leave(opened);
      }
    }
  }

  async appendedAfter(cursor: Cursor, upTo?: Cursor): Promise<Appended | undefined> {
    const { withLate, turns } = this.#options;
    return appendedAfter(logPaths(await this.#place()), cursor, { withLate, upTo, turns });
  }

  isCursor(text: string): boolean {
    return parseCursor(text) !== undefined;
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await this.#retire(opened);
  }

  async #ask<T>(question: (past: Questions) => Promise<T>, anew = false): Promise<T> {
    const opened = await this.#use(anew);
    try {
      return await question(await opened.past);
    } catch (error) {
      if (anew || !(error instanceof DamagedIndex)) throw error;
    } finally {
      await this.#leave(opened);
    }
    return this.#ask(question, true);
  }

  /** Where the log is by now. */
  #place(): string | Promise<string> {
    return this.#options.followLinks === false || !isLink(this.#path) ? this.#path : placeOf(this.#path);
  }

  /** What is open by now: to be left after use. */
  async #use(anew: boolean): Promise<Opened> {
    const state = stateOf(await this.#place());
    if (anew || !this.#opened || state === '' || state !== this.#state) {
      void this.#retire(this.#opened);
      this.#state = state;
      this.#opened = this.#open(anew);
    }
    this.#opened.users++;
    return this.#opened;
  }

  #open(anew: boolean): Opened {
    const history = openHistory(this.#path, { ...this.#options, anew });
    const opened: Opened = {
      past: history.then((history) => new HistoryPast(history, this.#options.turns)),
      close: async () => (await history.catch(() => undefined))?.close(), // one that never opened has nothing to close
      users: 0,
      isOld: false,
    };
    opened.past.catch(() => {
      if (this.#opened === opened) this.#state = '';
    }); // the question fails, and the next one tries again
    return opened;
  }

  async #leave(opened: Opened): Promise<void> {
    opened.users--;
    await this.#closeUnused(opened);
  }

  async #retire(opened: Opened | undefined): Promise<void> {
    if (!opened) return;
    opened.isOld = true;
    await this.#closeUnused(opened);
  }

  async #closeUnused({ close, users, isOld }: Opened): Promise<void> {
    if (isOld && users === 0) await close();
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false; // opening it says why it cannot be seen
  }
}

/** The state of the files of a log, of which only the system sets the time of a change; empty if it cannot be seen. */
function stateOf(path: string): string {
  const { changes, late } = logPaths(path);
  try {
    const found = [changes, late].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
    return found.map((file) => (file ? `${file.dev}:${file.ino}:${file.size}:${file.ctimeNs}` : '')).join();
  } catch {
    return ''; // opening them says why
  }
}
