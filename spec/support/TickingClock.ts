import { HandClock } from './HandClock.js';

/** A clock that goes on by a little at every look, as a real one does within a turn. */
export class TickingClock extends HandClock {
  #looks = 0;
  readonly #step: number;

  /** @param step by how many ms at a look */
  constructor(step: number) {
    super();
    this.#step = step;
    const frames = this.now;
    this.now = () => frames() + ++this.#looks * this.#step;
  }
}
