import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort.js';

const PROGRAM = '/usr/sbin/nats-server';
const PATIENCE = 30_000;

export interface NatsServerOptions {
  /** Further settings, as in its configuration file. Default: none. */
  readonly settings?: string;
  /** Whether it has JetStream. Default: it has. */
  readonly jetstream?: boolean;
  /** Default: `nats`. */
  readonly name?: string;
}

/** A nats-server with JetStream, on a free port and in a folder of its own, which keeps what it has when it ends and is started again. */
export class NatsServer {
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly folder: string,
  ) {}

  /** Starts an empty one. @throws Error if none is installed, or if it does not start */
  static async start({ settings = '', jetstream = true, name = 'nats' }: NatsServerOptions = {}): Promise<NatsServer> {
    try {
      accessSync(PROGRAM);
    } catch {
      throw new Error(`${PROGRAM} is not there: install nats-server (apt-get install nats-server)`);
    }
    const server = new NatsServer(await freePort(), mkdtempSync(join(tmpdir(), 'lastfix-nats-')));
    const lines = [
      `server_name: ${name}`,
      `listen: "127.0.0.1:${server.port}"`,
      ...(jetstream ? [`jetstream { store_dir: "${server.folder}/data", max_mem: 64MB, max_file: 4GB }`] : []),
      settings,
    ];
    writeFileSync(join(server.folder, 'nats.conf'), `${lines.join('\n')}\n`);
    await server.start();
    return server;
  }

  /** The address of a stream in it. @param login such as `user:password` */
  url(stream = 'gps', login = ''): string {
    return `nats://${login === '' ? '' : `${login}@`}127.0.0.1:${this.port}/${stream}`;
  }

  /** What it has told. */
  get log(): string {
    return readFileSync(join(this.folder, 'log'), 'utf8');
  }

  /** The number of its process. */
  get pid(): number {
    return this.#process!.pid!;
  }

  /** Starts it again, and resolves when it listens. */
  async start(): Promise<void> {
    const [config, log] = [join(this.folder, 'nats.conf'), join(this.folder, 'log')];
    this.#process = spawn(PROGRAM, ['-c', config, '-l', log], { stdio: 'ignore' });
    const deadline = performance.now() + PATIENCE;
    while (!(await listens(this.port))) {
      if (performance.now() > deadline || this.#process.exitCode !== null) throw new Error(`nats-server does not listen on port ${this.port}: ${this.log}`);
      await wait(10);
    }
  }

  /** Ends it in order, and resolves when it has ended. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Ends it at once, as a crash does, and resolves when it has ended. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Ends it if it runs, and takes its folder away. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#process;
    if (running?.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => { resolve(false); });
  });
}
