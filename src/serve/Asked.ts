import { statSync } from 'node:fs';
import type { Steps } from '../domain/finish.js';
import type { History } from '../history/History.js';
import { openHistory } from '../history/openHistory.js';
import { logPaths } from '../log/paths.js';
import { DamagedIndex } from '../lookup/DamagedIndex.js';
import type { Turns } from '../rx/Turns.js';

interface Opened {
  readonly history: Promise<History>;
  /** How many questions are being answered by it. */
  users: number;
  /** Whether another has taken its place, so that it is closed when nobody uses it. */
  isOld: boolean;
}

/**
 * A log that is asked again and again: kept open, and opened anew when its files have changed. Holds what is open until
 * its last question is answered.
 */
export class Asked {
  readonly #path: string;
  readonly #turns: Turns;
  #state = '';
  #opened: Opened | undefined;

  /** @param path of the log, no link to one: its late file is beside it */
  constructor(path: string, turns: Turns) {
    this.#path = path;
    this.#turns = turns;
  }

  /** Asks a question, which is answered at once, of the log as it is now. @throws FileError as `openHistory` does */
  ask<T>(question: (history: History) => T): Promise<T> {
    return this.#using(question);
  }

  /**
   * Asks a question that may take long, of the log as it is now.
   *
   * @param signal ends the work
   * @throws FileError as `openHistory` does
   */
  askInTurns<T>(question: (history: History) => Steps<T>, signal?: AbortSignal): Promise<T> {
    return this.#using((history) => this.#turns.finish(question(history), signal));
  }

  async close(): Promise<void> {
    this.#state = '';
    await this.#leave(this.#opened);
  }

  async #using<T>(work: (history: History) => T | Promise<T>, anew = false): Promise<T> {
    const opened = this.#current(anew);
    opened.users++;
    try {
      return await work(await opened.history);
    } catch (error) {
      if (anew || !(error instanceof DamagedIndex)) throw error;
    } finally {
      opened.users--;
      await this.#closeUnused(opened);
    }
    return this.#using(work, true);
  }

  #current(anew: boolean): Opened {
    const state = this.#stateNow();
    if (!anew && this.#opened && state === this.#state) return this.#opened;
    void this.#leave(this.#opened);
    const opened = { history: openHistory(this.#path, { anew }), users: 0, isOld: false };
    [this.#state, this.#opened] = [state, opened];
    opened.history.catch(() => {
      if (this.#opened === opened) this.#state = '';
    }); // the next question tries again, and whoever asked is told
    return opened;
  }

  async #leave(opened: Opened | undefined): Promise<void> {
    if (!opened) return;
    opened.isOld = true;
    await this.#closeUnused(opened);
  }

  async #closeUnused({ history, users, isOld }: Opened): Promise<void> {
    if (isOld && users === 0) await (await history.catch(() => undefined))?.close(); // one that never opened has nothing to close
  }

  /** In which state the files are: only the system sets the time of a change. */
  #stateNow(): string {
    const { changes, late } = logPaths(this.#path);
    const found = [changes, late].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
    return found.map((file) => (file ? `${file.dev}:${file.ino}:${file.size}:${file.ctimeNs}` : '')).join();
  }
}
