import type { Update } from '../domain/latest.js';

const SECOND = 1_000_000;

/**
 * Lets through only the last change per device and second of stream time, once a fix of a later second has
 * come; what arrived before the one above it counts to the second that is open. A second is a whole one of the
 * arrival time, so the result depends on the stream alone, not on when it is played. Holds one change per device
 * that changed within the open second.
 */
export class Coalescer {
  #second = -Infinity;
  readonly #open = new Map<string, Update>();

  /** Takes the next updates of the stream; gives the changes to be written now, and those never to be. */
  take(updates: readonly Update[]): { readonly visible: readonly Update[]; readonly dropped: readonly Update[] } {
    const visible: Update[] = [];
    const dropped: Update[] = [];
    for (const update of updates) {
      const second = Math.floor(update.fix.arrival / SECOND);
      if (second > this.#second) {
        visible.push(...this.end());
        this.#second = second;
      }
      if (update.verdict !== 'change') continue;
      const { device } = update.fix;
      const replaced = this.#open.get(device);
      if (replaced) dropped.push(replaced);
      this.#open.delete(device); // so that it is set anew at the end, in the order of the stream
      this.#open.set(device, update);
    }
    return { visible, dropped };
  }

  /** Closes the open second; gives its changes. */
  end(): readonly Update[] {
    const open = [...this.#open.values()];
    this.#open.clear();
    return open;
  }
}
