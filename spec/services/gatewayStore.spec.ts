import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/freePort.js';
import { lastfix, MAIN, says } from '../support/lastfix.js';
import { NatsServer } from '../support/NatsServer.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { ownDatabase } from './ownDatabase.js';

const PATIENCE = 60_000;

describe('lastfix gateway, as far as a store', () => {
  const at = temporaryFolder();
  const own = ownDatabase();
  const started: ChildProcess[] = [];
  let nats: NatsServer;
  before(async () => { nats = await NatsServer.start(); });
  after(async () => {
    for (const child of started) child.kill('SIGKILL');
    await nats.remove();
  });
  const start = (...args: readonly string[]) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: at(), stdio: ['ignore', 'ignore', 'pipe'] });
    started.push(child);
    return child;
  };
  const gateway = async () => {
    const port = await freePort();
    const child = start('gateway', '--output', nats.url(), '--http', String(port));
    await says(child, /taking fixes/);
    const post = async (body: string) => (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).status;
    return { child, post };
  };
  const fix = (device: string) => JSON.stringify({ device_id: device, lat: 52.5, lon: 13.4, event_time: new Date().toISOString() });
  /** A value of the store. */
  const valueOf = async <T>(sql: string) => (await own().database.query<{ value: T }>(sql)).rows[0]?.value;
  const until = async (what: string, sql: string) => {
    const deadline = performance.now() + PATIENCE;
    while (!(await valueOf<boolean>(`select ${sql} as value`))) {
      if (performance.now() > deadline) throw new Error(`it is not so: ${what}`);
      await wait(20);
    }
  };
  const ARRIVAL = "(select arrival from lastfix.fixes where device_id = 'b')";
  const FINAL = '(select min(until_arrival) from lastfix.partitions)';

  it('should have every fix and what was none, and say that it is final when all gateways do', async () => {
    const [one, other] = [await gateway(), await gateway()];
    const worker = start('replay', nats.url(), '--output', own().url);
    await until('the tables are there', "exists (select from information_schema.tables where table_schema = 'lastfix' and table_name = 'head')");
    expect([await one.post(fix('a')), await other.post('{"device_id":"c"}')]).to.deep.equal([200, 400]);
    await until('all of it is there', "(select rejected > 0 from lastfix.head) and exists (select from lastfix.fixes where device_id = 'a')");
    expect(await valueOf("select convert_from(record, 'UTF8') || ' ' || reason as value from lastfix.rejected")).to.equal(
      '{"device_id":"c"} lat is missing or empty',
    );
    await until('both promise something', `${FINAL} > (select arrival from lastfix.fixes where device_id = 'a')`);

    other.child.kill('SIGSTOP'); // for a moment, in which it may have stamped something
    expect(await one.post(fix('b'))).to.equal(200);
    await until('the first has ticked since', `exists (select from lastfix.partitions where stamp > ${ARRIVAL} + interval '3 s')`);
    expect(await valueOf(`select ${FINAL} < ${ARRIVAL} as value`)).to.equal(true);
    other.child.kill('SIGCONT');
    await until('both say so', `${FINAL} > ${ARRIVAL}`);

    const { stdout } = await lastfix(['query', 'b', '--format', 'json', '--output', own().url], at());
    const { time, final_until: final } = JSON.parse(stdout) as { readonly time: string; readonly final_until: string };
    expect(final > time, stdout).to.equal(true);
    for (const child of [one.child, other.child, worker]) {
      const ended = once(child, 'close');
      child.kill('SIGINT');
      expect((await ended)[0]).to.be.oneOf([0, 130]);
    }
  });
});
