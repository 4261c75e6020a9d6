import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connect } from '../bench/duckdbConnection.js';
import { eventually } from './support/eventually.js';
import { addressOf, lastfix } from './support/lastfix.js';
import { temporaryFolder } from './support/temporaryFolder.js';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const MINUTE = root('fixtures/minute.csv');
const DUCKDB = root('bench/node_modules/@duckdb/node-api');
/** What was known of the fleet at the moment that the examples ask for. */
const FLEET = [
  ['10378', 19.678829193115234],
  ['11209', 18.138124465942383],
  ['11560', 18.392831802368164],
  ['8250', 23.206205368041992],
] as const;
const hasPandas = spawnSync('python3', ['-c', 'import pandas']).status === 0;

describe('an example', () => {
  const at = temporaryFolder();
  before(() => lastfix(['replay', MINUTE, '--rate', 'max', '--quiet'], at()));
  const printed = (name: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [root(`dist/examples/${name}.js`)], { cwd: at(), encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
    return stdout;
  };
  /** Runs the client of the event stream, and gives what it has printed so far. */
  const listening = async (url: string, during: (printed: () => string) => Promise<unknown>) => {
    const client = spawn(process.execPath, [root('dist/examples/events.js'), url], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    client.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
    try {
      await during(() => text);
    } finally {
      client.kill();
      await once(client, 'exit');
    }
  };

  it('should be a marble test that passes', () => {
    expect(printed('marbles')).to.equal('');
  });

  it('should run the operators over an Observable of fixes', () => {
    expect(printed('operators')).to.equal('7 has moved\n');
  });

  it('should play a source of its own into a log', () => {
    printed('ownSource');
    const rows = [0, 1, 2].map((n) => `2021-10-23T12:30:0${n}.250000Z,bus 7,52.5,13.${n},30,2021-10-23T12:30:0${n}.000000Z\n`);
    expect(readFileSync(at('output/own.csv'), 'utf8')).to.equal(`time,device_id,lat,lon,speed,event_time\n${rows.join('')}`);
  });

  it('should ask a log', () => {
    expect(printed('ask')).to.equal('23.206205368041992, 76.27769470214844, arrived 2021-10-23T12:30:39.656352Z\n');
  });

  it('should serve a log, ask it, and end', () => {
    const { at, fixes } = JSON.parse(printed('serve')) as { at: string; fixes: { device_id: string; lat: number }[] };
    expect(at).to.equal('2021-10-23T12:30:40.000000Z');
    expect(fixes.map(({ device_id, lat }) => [device_id, lat])).to.deep.equal(FLEET);
  });

  it('should print what a server tells', async () => {
    await lastfix(['replay', MINUTE, '--serve', '--port', '0', '--output', 'served.csv', '--quiet'], at(), async (child) => {
      const url = await addressOf(child);
      await listening(url, async (printed) => {
        await eventually(() => printed() !== '');
        const body = JSON.stringify({ command: 'rate', rate: 'max' });
        await fetch(`${url}api/control`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
        await eventually(() => printed().includes('12:30:59.') && printed().endsWith('\n'));
        for (const line of printed().trim().split('\n')) expect(JSON.parse(line)).to.have.property('changes');
      });
      child.kill('SIGINT');
    });
  });

  it('should go on after the last event when the connection is lost', async () => {
    const asked: (string | undefined)[] = [];
    const answer = ({ headers }: IncomingMessage, response: ServerResponse) => {
      asked.push(headers['last-event-id'] as string | undefined);
      response.end(`id: ${asked.length}\nevent: flush\ndata: {"n":${asked.length}}\n\n`);
    };
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await listening(`http://127.0.0.1:${port}`, (printed) => eventually(() => printed() === '{"n":1}\n{"n":2}\n'));
    server.close();
    expect(asked.slice(0, 2)).to.deep.equal([undefined, '1']);
  });

  if (existsSync(DUCKDB)) { // npm run bench installs it
    it('should ask a log by DuckDB', async () => {
      const sql = readFileSync(root('examples/duckdb.sql'), 'utf8').replace('output/output_stream.csv', at('output/output_stream.csv'));
      const rows = (await (await connect()).runAndReadAll(sql)).getRows() as unknown[][];
      expect(rows.map((row) => row.slice(0, 2))).to.deep.equal(FLEET);
    });
  }

  if (hasPandas) {
    it('should ask a log by pandas', () => {
      const { stdout, stderr } = spawnSync('python3', [root('examples/fleet.py')], { cwd: at(), encoding: 'utf8' });
      const rows = stdout.trim().split('\n').slice(2).map((line) => line.split(/\s+/));
      const short = ([device, latitude]: readonly (string | number)[]) => [device, Number(latitude).toFixed(6)];
      expect(rows.map(short), stderr).to.deep.equal(FLEET.map(short));
    });
  }

  it('should be listed, each that there is', () => {
    const listed = [...readFileSync(root('examples/README.md'), 'utf8').matchAll(/\]\(([\w.]+)\)/g)].map(([, name]) => name!);
    expect(listed).to.have.members(readdirSync(root('examples')).filter((name) => name !== 'README.md'));
  });
});
