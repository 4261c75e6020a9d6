import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { MAIN } from '../../support/lastfix.js';

/** What a program may end with that is started while what it needs is away, unless it has begun. */
const AWAY = /cannot reach|starting up|shutting down|not yet accepting|temporarily unavailable|did not answer in time/;
/** What one says that was ended while the database was away: with 1, since it has not committed all that it had read. */
const ENDED_AWAY = /ended while \S+ was away/;
const BEGUN = /: (?:playing|taking|serving) /;
const PAUSE = 200;
const KEPT = 4000;

/** A command line of lastfix that is started again whenever it is killed, until it is ended. */
export class Program {
  /** The end of what it has said. */
  said = '';
  /** How often it was started. */
  starts = 0;
  /** What it did that it never may. */
  failure: Error | undefined;
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #isEnding = false;
  readonly #running: Promise<void>;

  /** @param again what to add to the arguments when it is started again */
  constructor(
    readonly name: string,
    args: readonly string[],
    { env = {}, again = [] }: { readonly env?: NodeJS.ProcessEnv; readonly again?: readonly string[] } = {},
  ) {
    this.#args = args;
    this.#env = { ...process.env, ...env };
    this.#running = this.#run(again);
  }

  /** Resolves when it has ended by itself, or was ended. @throws Error if it failed */
  async ended(): Promise<void> {
    await this.#running;
    if (this.failure) throw this.failure;
  }

  /** Kills it at once; it is started again. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Has it stand still, and go on. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends it for good, in order or at once. @throws Error if it failed */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.#isEnding = true;
    this.#child?.kill('SIGCONT');
    this.#child?.kill(signal);
    await this.ended();
  }

  #wasEnded(): boolean {
    return this.#isEnding;
  }

  async #run(again: readonly string[]): Promise<void> {
    while (!this.#wasEnded()) {
      const args = this.starts++ === 0 ? this.#args : [...this.#args, ...again];
      const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: this.#env });
      this.#child = child;
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-KEPT);
        this.said = (this.said + text).slice(-KEPT);
      });
      const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      if (signal === 'SIGKILL') continue;
      if (status === 0) return;
      if (this.#wasEnded() && (status === 130 || signal === 'SIGTERM' || ENDED_AWAY.test(said))) return;
      if (!AWAY.test(said) || BEGUN.test(said)) {
        this.failure = new Error(`${this.name} ended with ${status ?? signal}: ${said}`);
        return;
      }
      await wait(PAUSE);
    }
  }
}
