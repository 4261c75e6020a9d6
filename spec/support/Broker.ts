import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Aedes, type AuthenticateHandler } from 'aedes';

/** A message that was published. */
export interface Published {
  readonly topic: string;
  readonly text: string;
  readonly qos: number;
}

/** An MQTT broker that remembers what was published, in the order in which it came. */
export class Broker {
  readonly published: Published[] = [];
  /** The texts of its own messages that were acknowledged, in that order. */
  readonly acknowledged: string[] = [];
  subscriptions = 0;
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(aedes: Aedes) {
    this.#aedes = aedes;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      aedes.handle(socket);
    });
    aedes.on('publish', ({ topic, payload, qos }, client) => {
      if (client) this.published.push({ topic, text: payload.toString(), qos });
    });
    aedes.on('ack', (packet) => { if ('payload' in packet) this.acknowledged.push(String(packet.payload)); });
    aedes.on('subscribe', () => { this.subscriptions++; });
  }

  /** Gives a message to all who subscribe to its topic. */
  publish(topic: string, text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const packet = { cmd: 'publish', topic, payload: Buffer.from(text), qos: 1, dup: false, retain: false } as const;
      this.#aedes.publish(packet, (error) => { if (error) reject(error); else resolve(); });
    });
  }

  /** How many sessions are connected. */
  get clients(): number {
    return this.#aedes.connectedClients;
  }

  /** One that listens at a free port, or at the one that is given. */
  static async start({ port = 0, authenticate }: { port?: number; authenticate?: AuthenticateHandler } = {}): Promise<Broker> {
    const broker = new Broker(await Aedes.createBroker(authenticate ? { authenticate } : {}));
    await new Promise<void>((resolve) => broker.#server.listen(port, '127.0.0.1', resolve));
    return broker;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What was published, by topics: each once, since with QoS 1 it may come again. */
  get byTopic(): Readonly<Record<string, readonly string[]>> {
    const topics: Record<string, string[]> = {};
    for (const { topic, text } of this.published) {
      const texts = (topics[topic] ??= []);
      if (texts.at(-1) !== text) texts.push(text);
    }
    return topics;
  }

  /** Ends at once, as a broker does that is killed. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await new Promise<void>((resolve) => { this.#aedes.close(resolve); });
  }
}
