import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { accessSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort.js';

/** Debian's, unless the environment names another. */
const PROGRAM = process.env['NATS_SERVER'] ?? '/usr/sbin/nats-server';
const PATIENCE = 30_000;
const HERE: NatsPlace = { host: '127.0.0.1', within: [] };

export interface NatsServerOptions {
  /** Further settings, as in its configuration file. Default: none. */
  readonly settings?: string;
  /** Whether it has JetStream. Default: it has. */
  readonly jetstream?: boolean;
  /** How much it may keep in files. Default: 4GB. */
  readonly maxFile?: string;
  /** Default: `nats`. */
  readonly name?: string;
  /** Where it runs. Default: here, at 127.0.0.1. */
  readonly place?: NatsPlace;
  /** A configuration file that says all but the address, in place of what is above, and the environment that it names. */
  readonly config?: string;
  readonly env?: (folder: string) => Readonly<Record<string, string>>;
}

/** A place with a network of its own. */
export interface NatsPlace {
  /** Its address for clients. */
  readonly host: string;
  /** What has a program run there: a command line that the program's is appended to. */
  readonly within: readonly string[];
}

/** A nats-server with JetStream, on a free port and in a folder of its own, which keeps what it has when it ends and is started again. */
export class NatsServer {
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly folder: string,
    readonly place: NatsPlace,
    private readonly config = join(folder, 'nats.conf'),
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  /** Its version, such as 2.9.10. */
  static version(): string {
    return /\d+(?:\.\d+)*/.exec(execFileSync(PROGRAM, ['--version'], { encoding: 'utf8' }))![0];
  }

  /** Starts an empty one. @throws Error if none is installed, or if it does not start */
  static async start({
    settings = '',
    jetstream = true,
    maxFile = '4GB',
    name = 'nats',
    place = HERE,
    config,
    env,
  }: NatsServerOptions = {}): Promise<NatsServer> {
    try {
      accessSync(PROGRAM);
    } catch {
      throw new Error(`${PROGRAM} is not there: install nats-server (apt-get install nats-server)`);
    }
    const folder = mkdtempSync(join(tmpdir(), 'lastfix-nats-'));
    const server = new NatsServer(await freePort(), folder, place, config, env?.(folder));
    const lines = [
      `server_name: ${name}`,
      `listen: "${place.host}:${server.port}"`,
      ...(jetstream ? [`jetstream { store_dir: "${server.folder}/data", max_mem: 64MB, max_file: ${maxFile} }`] : []),
      settings,
    ];
    writeFileSync(join(server.folder, 'nats.conf'), `${lines.join('\n')}\n`);
    await server.start();
    return server;
  }

  /** The address of a stream in it. @param login such as `user:password` */
  url(stream = 'gps', login = ''): string {
    return `nats://${login === '' ? '' : `${login}@`}${this.address}/${stream}`;
  }

  /** Its host and port. */
  get address(): string {
    return `${this.place.host}:${this.port}`;
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
    const address = ['-a', this.place.host, '-p', String(this.port), '-l', join(this.folder, 'log')];
    const command = [...this.place.within, PROGRAM, '-c', this.config, ...address];
    this.#process = spawn(command[0]!, command.slice(1), { stdio: 'ignore', env: { ...process.env, ...this.env } });
    const deadline = performance.now() + PATIENCE;
    while (!(await listens(this.place.host, this.port))) {
      if (performance.now() > deadline || this.#process.exitCode !== null) throw new Error(`nats-server does not listen at ${this.address}: ${this.log}`);
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

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => { resolve(false); });
  });
}
