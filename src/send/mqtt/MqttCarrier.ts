import { randomBytes } from 'node:crypto';
import type { ErrorWithReasonCode, MqttClient } from 'mqtt';
import { FileError } from '../../csv/FileError.js';
import type { Carried, Carrier, CarrierWatcher } from '../Carrier.js';
import type { Credentials } from '../Credentials.js';
import type { Parcel } from '../Parcel.js';
import { systemName } from '../systemName.js';
import { withoutSecrets } from '../withoutSecrets.js';
import { loadMqtt } from './loadMqtt.js';
import { topicOf } from './topicOf.js';

/** How many messages may be under way: a broker must keep track of each. */
const LANES = 100;
/** The length of a topic has two bytes (MQTT 3.1.1, 1.5.3). */
const MAX_TOPIC_BYTES = 65_535;
const RECONNECT_MILLIS = 1000;
/** Reasons of MQTT 5.0 (2.4) for which a message may be taken later: rate too high, quota exceeded. */
const LATER = [0x96, 0x97];
/** Reasons for which a broker lets nobody in, now or later: by CONNACK of MQTT 3.1.1 (3.2.2.3), and of MQTT 5.0. */
const FOR_GOOD = [1, 2, 4, 5, 0x84, 0x85, 0x86, 0x87, 0x8a, 0x8c];

export interface MqttCarrierOptions {
  readonly credentials?: Credentials;
  /** 3.1.1 (4), which every broker speaks, or 5, with which one can say why it refuses a message. Default: 4. */
  readonly version?: 4 | 5;
}

/** Publishes a message a fix, with QoS 1: a connection that is lost is made anew, and what was under way is sent again. */
export class MqttCarrier implements Carrier {
  readonly name: string;
  readonly lanes = LANES;
  readonly most = { fixes: 1, bytes: 1 };
  readonly #client: MqttClient;
  readonly #pattern: string;
  readonly #credentials: Credentials;
  /** Those that wait for an acknowledgement, each to be told when that can no longer come. */
  readonly #underWay = new Set<(error: Error) => void>();
  #watcher: CarrierWatcher | undefined;
  #reason = 'the connection was closed';
  #failure: FileError | undefined;

  private constructor(url: URL, client: MqttClient, pattern: string, credentials: Credentials) {
    this.name = systemName(url);
    this.#client = client;
    this.#pattern = pattern;
    this.#credentials = credentials;
    let wasConnected = false;
    client.on('connect', () => {
      if (wasConnected) this.#watcher?.repeated(this.#underWay.size);
      wasConnected = true;
      this.#reason = 'the connection was closed';
      this.#watcher?.answered();
    });
    client.on('error', (error) => { this.#failed(error); });
    client.on('close', () => this.#watcher?.failed(this.#reason));
  }

  /** Begins to connect to a broker, with a pattern of topics as `topicOf` has it. @throws FileError as `loadMqtt` does */
  static async open(url: URL, pattern: string, { credentials = {}, version = 4 }: MqttCarrierOptions = {}): Promise<MqttCarrier> {
    const mqtt = await loadMqtt();
    const { user: username, password } = credentials;
    const client = mqtt.connect(`${url.protocol}//${url.host}`, {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      clientId: `lastfix${randomBytes(8).toString('hex')}`,
      protocolVersion: version,
      reconnectPeriod: RECONNECT_MILLIS,
      reconnectOnConnackError: true,
    });
    return new MqttCarrier(url, client, pattern, credentials);
  }

  watch(watcher: CarrierWatcher): void {
    this.#watcher = watcher;
  }

  carry([parcel]: readonly Parcel[]): Promise<Carried> {
    const { device, text } = parcel!;
    const topic = topicOf(this.#pattern, device);
    if (Buffer.byteLength(topic) > MAX_TOPIC_BYTES)
      return Promise.resolve({ kind: 'refused', reason: `its topic is longer than ${MAX_TOPIC_BYTES} bytes` });
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#underWay.add(reject);
      this.#client.publish(topic, text, { qos: 1 }, (error) => {
        this.#underWay.delete(reject);
        resolve(error ? this.#refusal(error as ErrorWithReasonCode) : { kind: 'taken' });
      });
    });
  }

  close(): Promise<void> {
    return this.#client.endAsync(this.#underWay.size > 0);
  }

  #refusal({ code, message }: ErrorWithReasonCode): Carried {
    const reason = withoutSecrets(message, this.#credentials);
    return { kind: LATER.includes(code) ? 'again' : 'refused', reason };
  }

  #failed(error: Error | ErrorWithReasonCode): void {
    this.#reason = withoutSecrets(error.message, this.#credentials) || 'no connection';
    if (!('code' in error) || typeof error.code !== 'number' || !FOR_GOOD.includes(error.code)) return;
    this.#failure = new FileError(`${this.name} refuses the connection: ${this.#reason}; check the user, the password and the address`);
    for (const reject of this.#underWay) reject(this.#failure);
  }
}
