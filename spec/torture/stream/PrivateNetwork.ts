import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import type { ClusterPlace } from '../../support/NatsCluster.js';

/** The networks of the clients, and of the servers among themselves: in this namespace there is nothing else. */
const [CLIENTS, PEERS] = ['10.77.0', '10.78.0'];
const PLACES = [1, 2, 3] as const;

/**
 * Three places with a network of their own each, which are joined by two bridges: by one they are reached by clients, by the
 * other by each other, and that can be cut. This process has to be in a network namespace of its own, as `inOwnNetwork`
 * makes one: all addresses and links are in it, and are gone when it ends.
 */
export class PrivateNetwork {
  readonly places: readonly ClusterPlace[];
  readonly #holders: readonly ChildProcess[];

  private constructor(holders: readonly ChildProcess[]) {
    this.#holders = holders;
    this.places = PLACES.map((n, i) => ({
      host: `${CLIENTS}.${n}`,
      peer: `${PEERS}.${n}`,
      within: ['nsenter', `--net=/proc/${holders[i]!.pid!}/ns/net`, '--'],
    }));
  }

  static async open(): Promise<PrivateNetwork> {
    const holders = PLACES.map(() => spawn('unshare', ['--net', 'sh', '-c', 'echo; exec sleep infinity'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    await Promise.all(holders.map(({ stdout }) => new Promise((resolve) => stdout.once('data', resolve))));
    ip('link set lo up');
    for (const [bridge, network] of [['clients', CLIENTS], ['peers', PEERS]] as const) {
      ip(`link add ${bridge} type bridge`);
      ip(`address add ${network}.254/24 dev ${bridge}`);
      ip(`link set ${bridge} up`);
    }
    PLACES.forEach((n, i) => {
      const pid = holders[i]!.pid!;
      inside(pid, 'link set lo up');
      for (const [bridge, network] of [['clients', CLIENTS], ['peers', PEERS]] as const) {
        ip(`link add ${bridge}${n} type veth peer name ${bridge} netns ${pid}`);
        ip(`link set ${bridge}${n} master ${bridge} up`);
        inside(pid, `address add ${network}.${n}/24 dev ${bridge}`);
        inside(pid, `link set ${bridge} up`);
      }
    });
    return new PrivateNetwork(holders);
  }

  /** Cuts a place off the others, and from its clients, too, if that is wanted. */
  cut(place: number, fromClients: boolean): void {
    ip(`link set peers${PLACES[place]!} down`);
    if (fromClients) ip(`link set clients${PLACES[place]!} down`);
  }

  heal(place: number): void {
    for (const bridge of ['peers', 'clients']) ip(`link set ${bridge}${PLACES[place]!} up`);
  }

  /** Ends it; what runs there has to have ended. */
  close(): void {
    for (const holder of this.#holders) holder.kill('SIGKILL');
  }
}

function ip(command: string): void {
  execFileSync('ip', command.split(' '), { stdio: ['ignore', 'ignore', 'pipe'] });
}

function inside(pid: number, command: string): void {
  execFileSync('nsenter', [`--net=/proc/${pid}/ns/net`, '--', 'ip', ...command.split(' ')], { stdio: ['ignore', 'ignore', 'pipe'] });
}
