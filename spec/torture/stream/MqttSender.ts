import { setTimeout as wait } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import type { Dice } from '../../../src/generate/Dice.js';
import { fixesByChance } from './fixesByChance.js';
import type { Ledger, SentFix } from './Ledger.js';
import { Pausing } from './Pausing.js';

const SECOND = 1e6;
/** So many wait for their acknowledgement at most. */
const MOST = 10;

/** Publishes fixes as OwnTracks does, with QoS 1; its client gives each again until the broker has it. */
export class MqttSender extends Pausing {
  readonly #client: MqttClient;
  readonly #dice: Dice;
  readonly #ledger: Ledger;

  constructor(port: number, dice: Dice, ledger: Ledger) {
    super();
    this.#client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: 'torture', clean: false, reconnectPeriod: 100 });
    this.#client.on('error', () => undefined); // it is away, and comes back
    this.#dice = dice;
    this.#ledger = ledger;
  }

  async close(): Promise<void> {
    await this.pause();
    await this.#client.endAsync(true);
  }

  protected async once(): Promise<void> {
    const options = { count: this.#dice.whole(1, MOST), now: Date.now() * 1000, fleet: 'mqtt', grain: SECOND };
    const fixes = fixesByChance(this.#dice, this.#ledger, options);
    this.#ledger.give(fixes, Infinity);
    await Promise.all(fixes.map((fix) => this.#client.publishAsync(`owntracks/${fix.device}`, messageOf(fix), { qos: 1 })));
    this.#ledger.acknowledge(fixes);
    await wait(this.#dice.between(5, 60));
  }
}

function messageOf({ nr, event, latitude, longitude, speed }: SentFix): string {
  return JSON.stringify({ _type: 'location', tst: event / SECOND, lat: Number(latitude), lon: Number(longitude), vel: Number(speed), nr });
}
