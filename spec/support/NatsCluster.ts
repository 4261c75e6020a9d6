import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort.js';
import { NatsServer } from './NatsServer.js';

const PATIENCE = 60_000;

/** Three servers of one cluster, in which a stream can be kept three times. */
export class NatsCluster {
  private constructor(readonly servers: readonly NatsServer[]) {}

  /** Starts an empty one, and resolves when it has a leader. */
  static async start(): Promise<NatsCluster> {
    const ports = [await freePort(), await freePort(), await freePort()];
    const routes = ports.map((port) => `nats://127.0.0.1:${port}`).join(', ');
    const servers = await Promise.all(
      ports.map((port, i) =>
        NatsServer.start({
          name: `nats-${i + 1}`,
          settings: `cluster { name: lastfix, listen: "127.0.0.1:${port}", routes: [${routes}] }`,
        }),
      ),
    );
    const cluster = new NatsCluster(servers);
    await cluster.hasLeader();
    return cluster;
  }

  /** The address of a stream in it. */
  url(stream = 'gps'): string {
    return `nats://${this.servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${stream}`;
  }

  /** Resolves when the cluster answers. */
  async hasLeader(): Promise<void> {
    const connection = await connect({ servers: this.servers.map(({ port }) => `127.0.0.1:${port}`), maxReconnectAttempts: -1 });
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
    const connection = await connect({ servers: this.servers.map(({ port }) => `127.0.0.1:${port}`) });
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
