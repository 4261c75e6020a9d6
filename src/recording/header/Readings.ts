import type { Understood } from './findLayout.js';

/** How some inputs are read that are read alike. */
export interface Reading extends Understood {
  /** How many there are, and the name of the first. */
  readonly inputs: number;
  readonly first: string;
}

/** How inputs are read: those alike are one, so that it holds no more for many. */
export class Readings {
  readonly #byKind = new Map<string, Reading>();

  add(how: Understood, input: string): void {
    const { layout, name, columns, headerLine, isMarked = false } = how;
    const renamed = columns.extra.filter(({ name, was }) => name !== was);
    const kind = JSON.stringify([layout, name, headerLine, isMarked, renamed.map(({ name, was }) => [name, was])]);
    const { inputs = 0, first = input } = this.#byKind.get(kind) ?? {};
    this.#byKind.set(kind, { ...how, inputs: inputs + 1, first });
  }

  /** In the order of the inputs. */
  get all(): readonly Reading[] {
    return [...this.#byKind.values()];
  }
}
