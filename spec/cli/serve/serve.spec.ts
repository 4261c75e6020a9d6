import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { eventually } from '../../support/eventually.js';
import { addressOf, lastfix, says } from '../../support/lastfix.js';

const MINUTE = fileURLToPath(new URL('../../../../fixtures/minute.csv', import.meta.url));
const ODD = fileURLToPath(new URL('../../../../fixtures/odd.csv', import.meta.url));
interface Status {
  readonly changes: number;
  readonly replaying: boolean;
  readonly writing: boolean | null;
  readonly steerable: boolean;
  readonly paused: boolean;
  readonly rate: number | 'max';
}

describe('lastfix serve', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lastfix-serve-'))));
  afterEach(() => { rmSync(folder, { recursive: true }); });
  const statusOf = async (url: string) => (await fetch(`${url}api/status`)).json() as Promise<Status>;
  const command = async (url: string, body: object) =>
    (
      await fetch(`${url}api/control`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    ).json();

  it('should serve a log until it is asked to end, listeners or not', async () => {
    await lastfix(['replay', MINUTE, '--rate', 'max', '--output', 'out.csv'], folder);
    const { status, stdout } = await lastfix(['serve', '--output', 'out.csv', '--port', '0'], folder, async (child) => {
      const url = await addressOf(child);
      expect(await statusOf(url)).deep.include({ changes: 44, replaying: false, steerable: false });
      const events = await fetch(`${url}api/events`);
      expect(events.headers.get('content-type')).equal('text/event-stream');
      child.kill('SIGINT');
      await events.text().catch(() => undefined);
    });
    expect({ status, stdout }).deep.equal({ status: 0, stdout: '' });
  });

  it('should tell whether a run is writing the log, and not so when it was killed', async () => {
    const writing = async (url: string) => (await statusOf(url)).writing;
    await lastfix(['replay', MINUTE, '--output', 'out.csv', '--quiet'], folder, async (run) => {
      await eventually(() => existsSync(join(folder, 'out.csv')));
      const { status } = await lastfix(['serve', '--output', 'out.csv', '--port', '0'], folder, async (child) => {
        const url = await addressOf(child);
        expect(await writing(url)).to.equal(true);
        const ended = once(run, 'close');
        run.kill('SIGKILL');
        await ended;
        expect(existsSync(join(folder, 'out.csv.lock'))).to.equal(true);
        expect(await writing(url)).to.equal(false);
        const again = await lastfix(['replay', MINUTE, '--output', 'out.csv', '--quiet', '--resume', '--rate', 'max'], folder);
        expect(again.status).to.equal(0);
        expect(await writing(url)).to.equal(false);
        child.kill('SIGINT');
      });
      expect(status).to.equal(0);
    });
  });

  it('should say that there is no log, or that the port is taken', async () => {
    const none = await lastfix(['serve', '--output', 'out.csv'], folder);
    expect(none).deep.include({
      status: 1,
      stderr: 'lastfix: no log out.csv: make one with lastfix replay, or name another with --log\n',
    });
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await lastfix(['replay', MINUTE, '--rate', 'max', '--output', 'out.csv'], folder);
    const taken = await lastfix(['serve', '--output', 'out.csv', '--port', String(port)], folder);
    const before = readFileSync(join(folder, 'out.csv'), 'utf8');
    const replayed = await lastfix(['replay', ODD, '--quiet', '--output', 'out.csv', '--serve', '--port', String(port)], folder);
    const nowhere = await lastfix(['replay', ODD, '--quiet', '--output', 'out.csv', '--serve', '--host', '203.0.113.1'], folder);
    other.close();
    expect(nowhere).deep.include({
      status: 1,
      stderr: 'lastfix: 203.0.113.1 is not an address of this machine: give --host one that is, or 0.0.0.0 for all of them\n',
    });
    expect(replayed).deep.include({ status: 1, stderr: taken.stderr });
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).equal(before);
    expect(taken).deep.include({
      status: 1,
      stderr: `lastfix: port ${port} of 127.0.0.1 is taken: choose another with --port, or leave it out for the next free one\n`,
    });
  });

  it('should take its token from the environment or a file, and print it nowhere', async () => {
    writeFileSync(join(folder, 'token'), 'token-of-a-file\n');
    await lastfix(['replay', MINUTE, '--rate', 'max', '--output', 'out.csv'], folder);
    const status = async (url: string, token: string) =>
      (await fetch(new URL('/api/status', url), { headers: { authorization: `Bearer ${token}` } })).status;
    const ways: readonly (readonly [args: readonly string[], env: NodeJS.ProcessEnv, token: string])[] = [
      [['serve'], { LASTFIX_TOKEN: 'token-of-the-environment' }, 'token-of-the-environment'],
      [['serve', '--token-file', 'token'], {}, 'token-of-a-file'],
      [['replay', MINUTE, '--rate', 'max', '--serve', '--token-file', 'token'], {}, 'token-of-a-file'],
    ];
    for (const [args, env, token] of ways) {
      const { stderr } = await lastfix([...args, '--output', 'out.csv', '--port', '0'], folder, async (child) => {
        const url = await addressOf(child);
        expect(url).match(/\/\?token=…$/);
        expect([await status(url, token), await status(url, 'token-of-another')]).deep.equal([200, 401]);
        child.kill('SIGINT');
      }, { env: { ...process.env, ...env } });
      expect(stderr).not.includes(token);
    }
  });

  for (const [args, message] of [
    [['serve', 'x.csv', 'y.csv'], 'serve takes one log or store: leave out "y.csv"'],
    [['serve', 'x.csv', '--log', 'y.csv'], 'serve takes one log or store: leave out "x.csv"'],
    [['serve', '--output', ''], '--output "" is not a file: name one'],
    [['serve', '--port', '70000'], '--port "70000" is out of range: give one from 0 to 65535'],
    [['serve', '--port', 'http'], '--port "http" is not a whole number: give one from 0 to 65535'],
    [['serve', '--host', ''], '--host "" is not an address: give one, such as 0.0.0.0'],
    [['serve', '--token', 'short'], '--token is not a valid token: it has 8 to 200 letters, digits or any of _ . ~ -'],
    [
      ['serve', '--tiles', 'javascript:x'],
      '--tiles "javascript:x" is not an address of tiles: write it like https://tile.example/{z}/{x}/{y}.png, or name a file that ends in .pmtiles',
    ],
    [
      ['serve', '--cors', 'https://dash.example', '--cors', '*'],
      '--cors "*" would let every page ask: name the origins of those that may, and write it like https://example.org or http://localhost:3000',
    ],
    [
      ['serve', '--tiles', 'https://tile.example/map.png'],
      '--tiles "https://tile.example/map.png" is not an address of tiles: write it like https://tile.example/{z}/{x}/{y}.png, or name a file that ends in .pmtiles',
    ],
    [['serve', '--tiles-by', 'me'], '--tiles-by says whose map --tiles shows: give --tiles, too, or leave it out'],
    [['replay', MINUTE, '--port', '1'], '--port is for serving: add --serve, or leave it out'],
    [['replay', MINUTE, '--stay', 'never'], '--stay is for serving: add --serve, or leave it out'],
    [['replay', MINUTE, '--serve', '--stay', 'on'], '--stay "on" is not one of always, terminal, never'],
  ] as const) {
    it(`should refuse what makes no sense: ${args.join(' ').replace(MINUTE, 'minute.csv')}`, async () => {
      expect(await lastfix(args, folder)).deep.include({
        status: 2,
        stdout: '',
        stderr: `lastfix: ${message}\nSee: lastfix ${args[0]} --help\n`,
      });
    });
  }

  /** Has the thread that serves die of the first request whose address ends in `?die`. */
  const MORTAL = {
    ...process.env,
    NODE_OPTIONS: `--import ${JSON.stringify(`data:text/javascript,${encodeURIComponent(`
      import { subscribe } from 'node:diagnostics_channel';
      import { isMainThread } from 'node:worker_threads';
      if (!isMainThread) subscribe('http.server.request.start', ({ request }) => {
        if (request.url.endsWith('?die')) setImmediate(() => { throw new Error('out of order'); });
      });`)}`)}`,
  };
  const die = (url: string) => fetch(`${url}api/status?die`).catch(() => undefined);

  it('should go on without the server if that fails, also if it was paused by it, and not say that the log stays served', async () => {
    await lastfix(['replay', MINUTE, '--rate', 'max', '--output', 'plain.csv', '--quiet'], folder);
    const { status, stderr } = await lastfix(['replay', MINUTE, '--serve', '--port', '0', '--output', 'out.csv'], folder, async (child) => {
      const url = await addressOf(child);
      expect(await command(url, { command: 'pause' })).deep.equal({ paused: true, rate: 1 });
      expect(await command(url, { command: 'rate', rate: 'max' })).deep.equal({ paused: true, rate: 'max' });
      await die(url);
    }, { env: MORTAL });
    expect(stderr).match(/^lastfix: the server has failed, and the replay goes on without it: Error: out of order$/m);
    expect(stderr).match(/^lastfix: the log is finished, but no longer served: Error: out of order$/m);
    expect(stderr).not.match(/stays served/);
    expect(status, stderr).equal(1);
    for (const file of ['.csv', '.late.csv', '.rejected.csv'])
      expect(readFileSync(join(folder, `out${file}`))).deep.equal(readFileSync(join(folder, `plain${file}`)));
  });

  it('should end when the server fails with which the log stays served', async () => {
    const { status, stderr } = await lastfix(
      ['replay', MINUTE, '--rate', 'max', '--serve', '--port', '0', '--output', 'out.csv'],
      folder,
      async (child) => {
        const stays = says(child, /stays served/);
        const url = await addressOf(child);
        await stays;
        await die(url);
      },
      { env: MORTAL },
    );
    expect(stderr).match(/^lastfix: the log is finished, but no longer served: Error: out of order\n$/m);
    expect(status, stderr).equal(1);
  });

  it('should steer the replay that it is served beside, into the same files, and go on serving them', async () => {
    await lastfix(['replay', MINUTE, '--rate', 'max', '--output', 'plain.csv', '--quiet'], folder);
    const { status, stderr } = await lastfix(['replay', MINUTE, '--serve', '--port', '0', '--output', 'out.csv'], folder, async (child) => {
      const stays = says(child, /stays served/);
      const url = await addressOf(child);
      expect(await command(url, { command: 'pause' })).deep.equal({ paused: true, rate: 1 });
      expect(await statusOf(url)).deep.include({ replaying: true, steerable: true, paused: true });
      expect(await command(url, { command: 'step' })).deep.equal({ paused: true, rate: 1 });
      expect(await command(url, { command: 'rate', rate: 'max' })).deep.equal({ paused: true, rate: 'max' });
      expect(await command(url, { command: 'resume' })).deep.equal({ paused: false, rate: 'max' });
      await stays;
      expect(await statusOf(url)).deep.include({ changes: 44, replaying: false, steerable: false });
      child.kill('SIGINT');
    });
    expect(status, stderr).equal(0);
    for (const file of ['.csv', '.late.csv', '.rejected.csv'])
      expect(readFileSync(join(folder, `out${file}`))).deep.equal(readFileSync(join(folder, `plain${file}`)));
  });

  for (const stay of ['never', 'terminal']) {
    it(`should end with the replay if it is to stay ${stay}, without a terminal`, async () => {
      const { status, stderr } = await lastfix(
        ['replay', MINUTE, '--rate', 'max', '--serve', '--stay', stay, '--port', '0', '--output', 'out.csv'],
        folder,
      );
      expect(stderr).match(/^lastfix: serving out\.csv at http:\/\/127\.0\.0\.1:\d+\/$/m).and.not.match(/stays served/);
      expect(status, stderr).equal(0);
    });
  }
});
