import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort.js';

const PROGRAM = '/usr/sbin/pgbouncer';
const PATIENCE = 30_000;

/** PgBouncer before a server: it gives each transaction any of two connections. Whoever can reach it is let in as `postgres`. */
export class PgBouncer {
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(
    readonly port: number,
    folder: string,
  ) {
    this.#folder = folder;
    const args = [join(folder, 'pgbouncer.ini')];
    this.#process = process.getuid?.() === 0 // as whom it refuses to run
      ? spawn('runuser', ['-u', 'postgres', '--', PROGRAM, ...args], { stdio: 'ignore' })
      : spawn(PROGRAM, args, { stdio: 'ignore' });
  }

  /** @param server the port of the server. @throws Error if it is not installed, or does not listen */
  static async start(server: number): Promise<PgBouncer> {
    try {
      accessSync(PROGRAM);
    } catch {
      throw new Error(`${PROGRAM} is not there: install pgbouncer (apt-get install pgbouncer)`);
    }
    const folder = mkdtempSync(join(tmpdir(), 'lastfix-pgbouncer-'));
    chmodSync(folder, 0o755); // for the user that it runs as
    const port = await freePort();
    const settings = [
      '[databases]',
      `* = host=127.0.0.1 port=${server} user=postgres`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      'pool_mode = transaction',
      'default_pool_size = 2',
    ];
    writeFileSync(join(folder, 'pgbouncer.ini'), `${settings.join('\n')}\n`);
    const bouncer = new PgBouncer(port, folder);
    const deadline = performance.now() + PATIENCE;
    while (!(await listens(port))) {
      if (performance.now() > deadline || bouncer.#process.exitCode !== null) throw new Error(`PgBouncer does not listen on port ${port}`);
      await wait(10);
    }
    return bouncer;
  }

  /** The address of a database behind it. */
  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
    rmSync(this.#folder, { recursive: true });
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
