import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Dice } from '../../../src/generate/Dice.js';

interface Told {
  readonly changes?: readonly Record<string, string>[];
  readonly late?: readonly Record<string, string>[];
  readonly corrected?: readonly Record<string, string>[];
}

const [SHORTEST, LONGEST] = [300, 4000];
const PAUSE = 100;

/** A client of the events of a server, which leaves and comes back all the time, and goes on after what it had. */
export class EventClient {
  /** What it was told of each row last, by number and arrival. */
  readonly told = new Map<string, string>();
  /** How often it came back, and how often it was told to begin anew. */
  returns = 0;
  resets = 0;
  readonly #url: string;
  readonly #dice: Dice;
  #last: string;
  #isClosing = false;
  readonly #running: Promise<void>;

  /** @param after the id of the event after which it begins */
  constructor(url: string, after: string, dice: Dice) {
    this.#url = url;
    this.#last = after;
    this.#dice = dice;
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isClosing) {
      await this.#listen().catch(() => undefined); // the server is away
      await wait(PAUSE);
      this.returns++;
    }
  }

  async #listen(): Promise<void> {
    const request = get(`${this.#url}api/events`, { headers: { 'last-event-id': this.#last }, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const timer = setTimeout(() => response.destroy(), this.#dice.between(SHORTEST, LONGEST));
    let open = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (open + chunk).split('\n\n');
      open = parts.pop()!;
      for (const part of parts) this.#hear(part);
    });
    response.on('error', () => undefined);
    await once(response, 'close').finally(() => { clearTimeout(timer); });
  }

  #hear(text: string): void {
    const lines = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    if (!lines.has('data')) return;
    if (lines.get('event') === 'reset') {
      this.told.clear();
      this.resets++;
    }
    const { changes = [], late = [], corrected = [] } = JSON.parse(lines.get('data')!) as Told;
    for (const row of [...changes, ...late, ...corrected]) this.told.set(`${row['nr']!} ${row['time']!}`, row['reason'] ?? 'change');
    const id = lines.get('id');
    if (id !== undefined) this.#last = id;
  }
}
