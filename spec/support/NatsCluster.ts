import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort.js';
import { NatsServer, type NatsPlace } from './NatsServer.js';

const PATIENCE = 60_000;
const HERE: ClusterPlace = { host: '127.0.0.1', peer: '127.0.0.1', within: [] };

/** A place of a server, and the address at which the others reach it. */
export interface ClusterPlace extends NatsPlace {
  readonly peer: string;
}

/** Three servers of one cluster, in which a stream can be kept three times. */
export class NatsCluster {
  private constructor(readonly servers: readonly NatsServer[]) {}

  /** Starts an empty one, and resolves when it has a leader. @param places three. Default: all here, at 127.0.0.1 */
  static async start(places: readonly ClusterPlace[] = [HERE, HERE, HERE]): Promise<NatsCluster> {
    const peers = await Promise.all(places.map(async ({ peer }) => `${peer}:${await freePort()}`));
    const routes = peers.map((peer) => `nats://${peer}`).join(', ');
    const servers = await Promise.all(
      places.map((place, i) =>
        NatsServer.start({
          name: `nats-${i + 1}`,
          settings: `cluster { name: lastfix, listen: "${peers[i]!}", routes: [${routes}] }`,
          place,
        }),
      ),
    );
    const cluster = new NatsCluster(servers);
    await cluster.hasLeader();
    return cluster;
  }

  get addresses(): string[] {
    return this.servers.map(({ address }) => address);
  }

  /** The address of a stream in it. */
  url(stream = 'gps'): string {
    return `nats://${this.addresses.join(',')}/${stream}`;
  }

  /** Resolves when the cluster answers. */
  async hasLeader(): Promise<void> {
    const connection = await connect({ servers: this.addresses, maxReconnectAttempts: -1 });
    const deadline = performance.now() + PATIENCE;
    try {
      while (!(await jetstreamManager(connection).then(() => true, () => false))) {
        if (performance.now() > deadline) throw new Error(`the cluster has no leader after ${PATIENCE / 1000} s`);
        await wait(50);
      }
    } finally {
      await connection.close();
    }
  }

  /** The server that leads a stream. */
  async leaderOf(stream: string): Promise<NatsServer> {
    const connection = await connect({ servers: this.addresses });
    try {
      const { cluster } = await (await jetstreamManager(connection)).streams.info(stream);
      return this.servers[Number(/\d$/.exec(cluster?.leader ?? '')?.[0]) - 1]!;
    } finally {
      await connection.close();
    }
  }

  /** Ends those that run, and takes their folders away. */
  async remove(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.remove()));
  }
}
