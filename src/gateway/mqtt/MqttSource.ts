import type { IPublishPacket, MqttClient } from 'mqtt';
import type { Credentials } from '../../send/Credentials.js';
import { loadMqtt } from '../../send/mqtt/loadMqtt.js';
import { withoutSecrets } from '../../send/withoutSecrets.js';
import type { MqttAddress } from './mqttAddress.js';

const RECONNECT_MILLIS = 1000;
const KEEP_ALIVE_SECONDS = 30;
/** So many messages wait for the stream at most: a broker sends no more than it was set to (Mosquitto: 20) anyway. */
const MAX_UNDER_WAY = 1000;
const REFUSED = 0x80;
/** That it is away is said no sooner after another time, in ms. */
const SAID_EVERY = 10_000;

export interface MqttSourceOptions {
  /** By which the broker knows the session, which it keeps while the gateway is away. */
  readonly id: string;
  readonly credentials?: Credentials;
  /** Resolves when the message may be acknowledged. It is taken again later if that fails. */
  readonly take: (topic: string, payload: Buffer) => Promise<void>;
  /** Resolves when there is room for a message; `undefined` if there is. */
  readonly room: () => Promise<void> | undefined;
  /** Told when the broker cannot be reached, and when it can again. */
  readonly say: (line: string) => void;
  /** ms of a clock that does not go back. */
  readonly now: () => number;
}

/**
 * Takes the messages of a broker, with QoS 1, in a session that it keeps. A message is acknowledged when it was taken, in
 * the order in which they came (MQTT 3.1.1, 4.6), and many may be under way. A connection that is lost is made anew, for
 * ever, and what was not acknowledged comes again.
 */
export class MqttSource {
  readonly #client: MqttClient;
  readonly #address: MqttAddress;
  readonly #options: MqttSourceOptions;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #last: Promise<void> = Promise.resolve();
  #reason = '';
  #isAway = false;
  /** When it was said last that it is away. */
  #said = -Infinity;
  #isSaid = false;
  #isClosing = false;

  private constructor(client: MqttClient, address: MqttAddress, options: MqttSourceOptions) {
    this.#client = client;
    this.#address = address;
    this.#options = options;
    client.handleMessage = (packet, done) => { this.#received(packet, done); };
    client.on('connect', () => { this.#connected(); });
    client.on('error', ({ message, ...error }) => { this.#reason = this.#safe(message || ('code' in error ? String(error.code) : 'no connection')); });
    client.on('close', () => { this.#lost(); });
  }

  /** Begins to connect. @throws FileError as `loadMqtt` does */
  static async open(address: MqttAddress, options: MqttSourceOptions): Promise<MqttSource> {
    const mqtt = await loadMqtt();
    const { user: username, password } = options.credentials ?? {};
    const client = mqtt.connect(`${address.url.protocol}//${address.url.host}`, {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      clientId: options.id,
      clean: false,
      resubscribe: false,
      keepalive: KEEP_ALIVE_SECONDS,
      reconnectPeriod: RECONNECT_MILLIS,
      reconnectOnConnackError: true,
    });
    return new MqttSource(client, address, options);
  }

  get isConnected(): boolean {
    return this.#client.connected;
  }

  /** Takes no more, and resolves when what was taken is acknowledged, or after `until`. The broker keeps the session. */
  async close(until: Promise<unknown>): Promise<void> {
    this.#isClosing = true;
    await Promise.race([this.#last, until]);
    await this.#client.endAsync(!this.#client.connected);
  }

  #connected(): void {
    const { topics, shown } = this.#address;
    const subscribed = (error: Error | null, granted: readonly { readonly qos: number }[] = []) => {
      if (!this.#client.connected) return; // it is said that it is away
      if (error || granted.some(({ qos }) => qos === REFUSED)) this.#options.say(`${shown}: the broker does not let this user subscribe`);
      else if (granted.some(({ qos }) => qos === 0)) this.#options.say(`${shown}: the broker gives messages once at most, so some may be lost`);
    };
    // eslint-disable-next-line no-restricted-syntax -- to a topic
    this.#client.subscribe(topics.filter, { qos: 1 }, subscribed);
    if (this.#isSaid) this.#options.say(`${shown} is connected again`);
    this.#isAway = this.#isSaid = false;
    this.#reason = '';
  }

  #lost(): void {
    const { now, id, say } = this.#options;
    if (this.#isAway || this.#isClosing) return;
    this.#isAway = true;
    this.#isSaid = now() - this.#said >= SAID_EVERY;
    if (!this.#isSaid) return;
    this.#said = now();
    const reason = this.#reason || `the connection was closed (another client with the id ${id} would do that)`;
    say(`no connection to ${this.#address.shown}: ${reason}; trying again until there is one`);
  }

  /** Acknowledges a message later by itself, and has mqtt.js go on with the next one, without acknowledging this one. */
  #received(packet: IPublishPacket, done: (error?: Error) => void): void {
    if (this.#isClosing) return; // it comes again
    const room = this.#options.room();
    if (room) {
      room.then(() => { this.#received(packet, done); }, () => undefined); // it is closing
      return;
    }
    const { topic, payload, qos, messageId } = packet;
    const { stream } = this.#client;
    const before = this.#last;
    const taking = this.#options.take(topic, Buffer.from(payload));
    this.#underWay++;
    const acknowledged = async () => {
      const [taken] = await Promise.allSettled([taking, before]);
      this.#underWay--;
      this.#waiting.shift()?.();
      if (taken.status === 'rejected') this.#again(stream);
      else if (qos === 1 && messageId !== undefined) this.#acknowledge(stream, messageId);
    };
    this.#last = acknowledged();
    const goOn = () => { done(new Error('it is acknowledged later')); };
    if (this.#underWay < MAX_UNDER_WAY) goOn();
    else this.#waiting.push(goOn);
  }

  /** On the connection on which the message came only: on another, its number may be that of another message. */
  #acknowledge(stream: MqttClient['stream'], messageId: number): void {
    if (this.#client.stream !== stream || !this.#client.connected) return;
    stream.write(Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff])); // PUBACK (MQTT 3.1.1, 3.4)
  }

  /** Has what was not acknowledged sent again, as a broker does when one connects anew. */
  #again(stream: MqttClient['stream']): void {
    if (!this.#isClosing && this.#client.stream === stream) stream.destroy();
  }

  #safe(text: string): string {
    return withoutSecrets(text, this.#options.credentials ?? {});
  }
}
