/** Does something again and again, and stands still when that is asked for. */
export abstract class Pausing {
  #isWanted = true;
  #running: Promise<void>;
  #failure: Error | undefined;

  constructor() {
    this.#running = Promise.resolve().then(() => this.#run());
  }

  /** Resolves when nothing is under way. @throws Error if something went wrong */
  async pause(): Promise<void> {
    this.#isWanted = false;
    await this.#running;
    if (this.#failure) throw this.#failure;
  }

  goOn(): void {
    this.#isWanted = true;
    this.#running = this.#run();
  }

  protected abstract once(): Promise<void>;

  async #run(): Promise<void> {
    try {
      while (this.#isWanted) await this.once();
    } catch (error) {
      this.#failure = error as Error;
    }
  }
}
