import { lstatSync, statSync } from 'node:fs';
import { logPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import type { History } from './History.js';
import { openHistory, type OpenHistoryOptions } from './openHistory.js';

interface Opened {
  readonly history: Promise<History>;
  /** How many questions are being answered by it. */
  users: number;
  /** Whether another has taken its place, so that it is closed when nobody uses it. */
  isOld: boolean;
}

/** A history for one question. */
export interface Lease {
  readonly history: Promise<History>;
  /** To be called when the question is answered. */
  readonly end: () => Promise<void>;
}

/**
 * The history of a log as it is now: opened with the first question, kept open, and opened anew when the files have
 * changed. Holds what is open until its last question is answered.
 */
export class CurrentHistory {
  readonly #path: string;
  readonly #options: OpenHistoryOptions;
  #state = '';
  #opened: Opened | undefined;

  constructor(path: string, options: OpenHistoryOptions) {
    this.#path = path;
    this.#options = options;
  }

  /** The history as of now. @param anew leave aside the index, since it turned out damaged */
  async lease(anew: boolean): Promise<Lease> {
    const state = stateOf(await this.place());
    if (anew || !this.#opened || state === '' || state !== this.#state) {
      void this.#retire(this.#opened);
      this.#state = state;
      this.#opened = this.#open(anew);
    }
    const opened = this.#opened;
    opened.users++;
    return {
      history: opened.history,
      end: async () => {
        opened.users--;
        await this.#closeUnused(opened);
      },
    };
  }

  /** Where the log is by now. */
  place(): string | Promise<string> {
    return this.#options.followLinks === false || !isLink(this.#path) ? this.#path : placeOf(this.#path);
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await this.#retire(opened);
  }

  #open(anew: boolean): Opened {
    const opened = { history: openHistory(this.#path, { ...this.#options, anew }), users: 0, isOld: false };
    opened.history.catch(() => {
      if (this.#opened === opened) this.#state = '';
    }); // the question fails, and the next one tries again
    return opened;
  }

  async #retire(opened: Opened | undefined): Promise<void> {
    if (!opened) return;
    opened.isOld = true;
    await this.#closeUnused(opened);
  }

  async #closeUnused({ history, users, isOld }: Opened): Promise<void> {
    if (isOld && users === 0) await (await history.catch(() => undefined))?.close(); // one that never opened has nothing to close
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
