import type { Appended } from '../domain/Appended.js';
import type { Steps } from '../domain/finish.js';
import type { Past } from '../domain/Past.js';
import { sortedInSteps } from '../domain/sortedInSteps.js';

/** The ids of all devices of a log, found once and then kept up to date, so that no question has to find all of them. Holds them twice. */
export class KnownDevices {
  #ids = new Set<string>();
  /** As many of them as there were when they were sorted last: the set has those first. */
  #sorted: readonly string[] = [];
  /** How many logs have taken the place of the first. */
  #resets = 0;
  #reading: Promise<void> | undefined;

  get size(): number {
    return this.#ids.size;
  }

  /** Finds those of a past when it is first called, and again if that failed. Rejects with what the past does. */
  read(past: Pick<Past, 'devices'>): Promise<void> {
    return (this.#reading ??= this.#read(past).catch((error: unknown) => {
      this.#reading = undefined;
      throw error;
    }));
  }

  /** Adds those of what was appended. */
  add({ type, changes, late }: Pick<Appended, 'type' | 'changes' | 'late'>): void {
    if (type === 'reset') {
      this.#ids.clear();
      this.#sorted = [];
      this.#resets++;
    }
    for (const { fix } of changes) this.#ids.add(fix.device);
    for (const { fix } of late) this.#ids.add(fix.device);
  }

  /** All of them, in order. */
  *inOrder(): Steps<readonly string[]> {
    if (this.#sorted.length === this.#ids.size) return this.#sorted;
    const resets = this.#resets;
    const sorted = yield* sortedInSteps([...this.#ids], (a, b) => (a < b ? -1 : 1));
    if (resets === this.#resets) this.#sorted = sorted;
    return sorted;
  }

  /** If another log takes its place meanwhile, all of that is appended. */
  async #read(past: Pick<Past, 'devices'>): Promise<void> {
    const resets = this.#resets;
    const ids = await past.devices();
    if (resets !== this.#resets) return;
    for (const id of this.#ids) ids.add(id); // those that were appended meanwhile, few beside the others
    this.#ids = ids;
  }
}
