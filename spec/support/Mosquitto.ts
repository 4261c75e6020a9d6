import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { accessSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PROGRAM = '/usr/sbin/mosquitto';
const PATIENCE = 30_000;

/** Mosquitto, on a port and in a folder of its own, which keeps what it has when it is ended and started again. */
export class Mosquitto {
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  /**
   * Starts one that lets everybody in, or only those with a password.
   *
   * @param certificate files of a certificate and its key, if it is to be reached by TLS alone
   */
  static async start(
    users: Readonly<Record<string, string>> = {},
    certificate?: { readonly cert: string; readonly key: string },
  ): Promise<Mosquitto> {
    try {
      accessSync(PROGRAM);
    } catch {
      throw new Error(`${PROGRAM} is not there: install mosquitto (apt-get install mosquitto)`);
    }
    const folder = mkdtempSync(join(tmpdir(), 'lastfix-mosquitto-'));
    const broker = new Mosquitto(await freePort(), folder);
    const settings = [
      `listener ${broker.port} 127.0.0.1`,
      ...(certificate ? [`certfile ${certificate.cert}`, `keyfile ${certificate.key}`] : []),
      `user ${execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()}`, // as root, it would become another
      'persistence true',
      `persistence_location ${folder}/`,
      'max_queued_messages 0',
      `allow_anonymous ${String(Object.keys(users).length === 0)}`,
    ];
    if (Object.keys(users).length > 0) {
      const passwords = join(folder, 'passwords');
      writeFileSync(passwords, '', { mode: 0o600 });
      for (const [user, password] of Object.entries(users)) execFileSync('mosquitto_passwd', ['-b', passwords, user, password]);
      settings.push(`password_file ${passwords}`);
    }
    writeFileSync(join(folder, 'mosquitto.conf'), `${settings.join('\n')}\n`);
    await broker.resume();
    return broker;
  }

  /** Starts it again, and resolves when it listens. */
  async resume(): Promise<void> {
    this.#process = spawn(PROGRAM, ['-c', join(this.#folder, 'mosquitto.conf')], { stdio: 'ignore' });
    const deadline = performance.now() + PATIENCE;
    while (!(await listens(this.port))) {
      if (performance.now() > deadline || this.#process.exitCode !== null) throw new Error(`mosquitto does not listen on port ${this.port}`);
      await wait(10);
    }
  }

  /** Ends it, and resolves when it has ended. */
  async stop(): Promise<void> {
    const running = this.#process;
    if (running?.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => { resolve(port); });
    });
  });
}
