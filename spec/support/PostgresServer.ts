import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.js';

/** Where Debian has the programs of each version. */
const VERSIONS = '/usr/lib/postgresql';
const USER = 'postgres';

/** A PostgreSQL server of the installed packages, on a free port, in a folder of its own. Whoever can reach it is let in as `postgres`. */
export class PostgresServer {
  readonly #folder: string;

  private constructor(
    folder: string,
    readonly port: number,
  ) {
    this.#folder = folder;
  }

  /** Makes an empty one and starts it. @throws Error if no PostgreSQL is installed, or if it does not start */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'lastfix-postgres-'));
    if (isRoot()) chownSync(folder, idOf('-u'), idOf('-g'));
    const server = new PostgresServer(folder, await freePort());
    try {
      server.#run('initdb', '-D', server.#data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync');
      server.again(settings);
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
    return server;
  }

  /** The address of a database of it. */
  url(database = USER, user = USER): string {
    return `postgres://${user}@127.0.0.1:${this.port}/${database}`;
  }

  /** Starts it again after `stop`. */
  again(settings: Readonly<Record<string, string>> = {}): void {
    const own = { listen_addresses: '127.0.0.1', port: String(this.port), unix_socket_directories: this.#folder, ...settings };
    const options = Object.entries(own).map(([name, value]) => `-c ${name}=${value}`).join(' ');
    this.#run('pg_ctl', 'start', '-w', '-D', this.#data, '-l', join(this.#folder, 'log'), '-o', options);
  }

  /** Stops it: at once and without a checkpoint, as if the power had gone, if that is asked for. */
  stop(how: 'fast' | 'immediate' = 'fast'): void {
    this.#run('pg_ctl', 'stop', '-w', '-D', this.#data, '-m', how);
  }

  /** Copies all that it has, as a backup. It must be stopped. */
  backUp(): void {
    rmSync(this.#backup, { recursive: true, force: true });
    execFileSync('cp', ['-a', this.#data, this.#backup]);
  }

  /** Makes it what it was when it was backed up, once more if need be. It must be stopped. */
  restore(): void {
    rmSync(this.#data, { recursive: true });
    execFileSync('cp', ['-a', this.#backup, this.#data]);
  }

  /** Stops it if it runs, and takes its folder away. */
  remove(): void {
    if (existsSync(join(this.#data, 'postmaster.pid'))) this.stop('immediate');
    rmSync(this.#folder, { recursive: true });
  }

  /** Puts a file into its data, as its own; it reads it when it starts. */
  put(name: string, contents: Buffer | string): void {
    const path = join(this.#data, name);
    writeFileSync(path, contents);
    chmodSync(path, 0o600); // it refuses a key that others can read
    if (isRoot()) chownSync(path, idOf('-u'), idOf('-g'));
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  get #backup(): string {
    return join(this.#folder, 'backup');
  }

  #run(program: string, ...args: readonly string[]): void {
    const path = join(binaries(), program);
    const [command, ...before] = isRoot() ? (['runuser', '-u', USER, '--', path] as const) : ([path] as const);
    execFileSync(command, [...before, ...args], { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } });
  }
}

/** PostgreSQL refuses to run as root. */
function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, USER], { encoding: 'utf8' }));
}

/** The folder with the programs of the newest version that is installed. */
function binaries(): string {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).map(Number).sort((a, b) => b - a) : [];
  const found = versions.map((version) => join(VERSIONS, String(version), 'bin')).find((path) => existsSync(join(path, 'initdb')));
  if (found === undefined) throw new Error(`no PostgreSQL in ${VERSIONS}: install it with apt-get install postgresql`);
  return found;
}
