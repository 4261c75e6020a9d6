import type { Instant } from '../../src/domain/instant.js';
import type { Outlet, OutletFix, OutletRecord } from '../../src/gateway/Outlet.js';

/** A stream in memory, which has what it was given, in order, and acknowledges it unless it is held. */
export class MemoryOutlet implements Outlet {
  readonly fixes: OutletFix[] = [];
  readonly records: OutletRecord[] = [];
  readonly ticks: Instant[] = [];
  ended: Instant | undefined;
  #held: (() => void)[] | undefined;

  publish(fixes: readonly OutletFix[]): Promise<void> {
    return this.#when(() => this.fixes.push(...fixes));
  }

  reject(records: readonly OutletRecord[]): Promise<void> {
    return this.#when(() => this.records.push(...records));
  }

  tick(arrival: Instant): Promise<void> {
    return this.#when(() => this.ticks.push(arrival));
  }

  end(arrival: Instant): Promise<void> {
    return this.#when(() => (this.ended = arrival));
  }

  /** From now on, nothing is had or acknowledged. */
  hold(): void {
    this.#held ??= [];
  }

  /** Has all that was held, and acknowledges it. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const go of held) go();
  }

  #when(put: () => unknown): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        put();
        resolve();
      };
      if (this.#held) this.#held.push(go);
      else go();
    });
  }
}
