import { statSync } from 'node:fs';
import type { History } from '../history/History.js';
import { openHistory } from '../history/openHistory.js';
import { logPaths } from '../log/paths.js';
import { DamagedIndex } from '../lookup/DamagedIndex.js';

/** A log that is asked again and again: kept open, and opened anew when its files have changed. */
export class Asked {
  readonly #path: string;
  #state = '';
  #history: Promise<History> | undefined;

  /** @param path of the log, no link to one: its late file is beside it */
  constructor(path: string) {
    this.#path = path;
  }

  /** Asks a question, which is answered at once, of the log as it is now. @throws FileError as `openHistory` does */
  async ask<T>(question: (history: History) => T): Promise<T> {
    try {
      return question(await this.#current(false));
    } catch (error) {
      if (!(error instanceof DamagedIndex)) throw error;
      return question(await this.#current(true));
    }
  }

  async close(): Promise<void> {
    await (await this.#history?.catch(() => undefined))?.close();
    this.#history = undefined;
  }

  #current(anew: boolean): Promise<History> {
    const state = this.#stateNow();
    if (!anew && this.#history && state === this.#state) return this.#history;
    const before = this.#history;
    this.#state = state;
    this.#history = openHistory(this.#path, { anew });
    void this.#history.then(
      () => before?.then((history) => history.close(), () => undefined), // one that never opened has nothing to close
      () => {
        this.#state = ''; // the next question tries again, and whoever asked is told
        void before?.then((history) => history.close(), () => undefined);
      },
    );
    return this.#history;
  }

  /** In which state the files are: those that are open keep their inodes, and only the system sets the time of a change. */
  #stateNow(): string {
    const { changes, late } = logPaths(this.#path);
    const found = [changes, late].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
    return found.map((file) => (file ? `${file.dev}:${file.ino}:${file.size}:${file.ctimeNs}` : '')).join();
  }
}
