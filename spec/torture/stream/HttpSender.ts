import { setTimeout as wait } from 'node:timers/promises';
import type { Dice } from '../../../src/generate/Dice.js';
import { formatInstant } from '../../../src/domain/instant.js';
import { fixesByChance } from './fixesByChance.js';
import type { Ledger, SentFix } from './Ledger.js';
import { Pausing } from './Pausing.js';

const PATIENCE = 30_000;

/** Posts fixes to a gateway, and each again until that says that the stream has it. */
export class HttpSender extends Pausing {
  readonly #url: string;
  readonly #dice: Dice;
  readonly #ledger: Ledger;

  constructor(url: string, dice: Dice, ledger: Ledger) {
    super();
    this.#url = url;
    this.#dice = dice;
    this.#ledger = ledger;
  }

  protected async once(): Promise<void> {
    const fixes = fixesByChance(this.#dice, this.#ledger, { count: this.#dice.whole(1, 15), now: Date.now() * 1000, fleet: 'http' });
    const body = fixes.map((fix) => `${lineOf(fix)}\n`).join('');
    for (;;) {
      this.#ledger.give(fixes);
      if (await this.#post(body)) break;
      await wait(100);
    }
    this.#ledger.acknowledge(fixes);
    await wait(this.#dice.between(5, 60));
  }

  async #post(body: string): Promise<boolean> {
    let response: Response;
    try {
      const headers = { 'content-type': 'application/x-ndjson' };
      response = await fetch(this.#url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) });
      if (response.status === 503) return false;
      if (response.status === 200) {
        await response.arrayBuffer();
        return true;
      }
    } catch {
      return false; // nobody knows whether it has them
    }
    throw new Error(`the gateway answered ${response.status} to fixes: ${await response.text()}`);
  }
}

function lineOf({ nr, device, event, latitude, longitude, speed }: SentFix): string {
  const place = { lat: Number(latitude), lon: Number(longitude), speed: Number(speed) };
  return JSON.stringify({ device_id: device, ...place, event_time: formatInstant(event), nr });
}
