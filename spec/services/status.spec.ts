import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { formatInstant, generateRecording } from '../../src/index.js';
import { openDatabase } from '../../src/store/openDatabase.js';
import { openSchema } from '../../src/store/openSchema.js';
import { SCHEMA_VERSION } from '../../src/store/schema.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { lastfix } from '../support/lastfix.js';
import { oracle } from '../support/oracle.js';
import { playStore } from '../support/playStore.js';
import { schemaOfVersion1 } from '../support/schemaOfVersion1.js';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { ownDatabase } from './ownDatabase.js';

const RECORDING = [...generateRecording({ devices: 3, duration: 60_000, seed: 9 })].join('');
const ARRIVALS = oracle(RECORDING).fixes.map(({ arrival }) => Number(arrival));
const [MIDDLE, LAST] = [ARRIVALS[Math.floor(ARRIVALS.length / 2)]!, ARRIVALS.at(-1)!];

interface Told {
  readonly problems: readonly string[];
  readonly final_until: string | null;
  readonly fixes: number;
  readonly open_recordings: number;
}

describe('the status of a store', () => {
  const at = temporaryFolder();
  const own = ownDatabase();
  beforeEach(() => own().database.query('drop schema if exists lastfix cascade'));
  const status = async (...args: string[]) => {
    const { status, stdout, stderr } = await lastfix(['status', own().url, '--format', 'json', ...args], at());
    expect(stderr).to.equal('');
    return { status, ...(JSON.parse(stdout) as Told) };
  };
  const partition = (lease: string) =>
    own().database.query(`insert into lastfix.partitions (stream, partition, seq, behind, worker, stamp, until_arrival, lease)
      values ('gps"', 0, 7, 3, 'host 1', now() - interval '90 s', '2021-10-23T12:00:00Z', now() + interval '${lease}')
      on conflict (stream, partition) do update set lease = excluded.lease`);

  it('should be the same for people, for programs and for Prometheus', async () => {
    await playStore(RECORDING, own().database);
    expect(await status('--max-behind', '10m')).to.include({ status: 0, fixes: ARRIVALS.length, final_until: formatInstant(LAST), open_recordings: 0 });
    await partition('60 s');
    expect(await status()).to.deep.include({ status: 0, problems: [], final_until: '2021-10-23T11:59:59.999999Z' });
    expect(await status('--max-behind', '80s')).to.have.property('status', 1);
    await partition('-3 s');
    const { status: failed, problems } = await status();
    expect([failed, problems.length]).to.deep.equal([1, 1]);
    expect((await lastfix(['status', own().url], at())).stdout).to.match(/^problem +partition 0 of gps": nobody has it since 20/m).and.match(/^gps" +0 +nobody, last host 1 +3 +1\.\d+ min /m);
    await serving(own().url, async (url) => {
      const metrics = await (await fetch(`${url}metrics`)).text();
      const value = (name: string) => new RegExp(`^lastfix_${name.replace(/[{}\\]/g, '\\$&')} (\\S+)$`, 'm').exec(metrics)?.[1];
      const labels = '{stream="gps\\"",partition="0"}';
      expect(Number(value('rows_total'))).to.equal(ARRIVALS.length);
      expect(value('commits_total')).to.equal('1');
      expect(Number(value('final_until_timestamp_seconds'))).to.equal(Date.parse('2021-10-23T12:00:00Z') / 1000 - 1e-6);
      expect(value(`partition_held${labels}`)).to.equal('0');
      expect(value(`partition_messages_behind${labels}`)).to.equal('3');
      expect(Number(value(`partition_seconds_behind${labels}`))).to.be.within(90, 200);
      const [names, helped, typed] = [/^lastfix_(\w+)/gm, /^# HELP lastfix_(\w+) \S/gm, /^# TYPE lastfix_(\w+) (?:gauge|counter)$/gm].map(
        (pattern) => new Set([...metrics.matchAll(pattern)].map(([, name]) => name)),
      );
      expect(helped).to.deep.equal(names);
      expect(typed).to.deep.equal(names);
    });
  });

  it('should say until when answers are final, while recordings are on their way and when they have ended', async () => {
    await playStore(RECORDING, own().database, { until: MIDDLE });
    const until = formatInstant(MIDDLE - 1);
    expect(await status()).to.include({ final_until: until, open_recordings: 1 });
    await serving(own().url, async (url) => {
      const device = oracle(RECORDING).fixes[0]!.device;
      const paths = ['status', `devices/${device}/fix`, `devices/${device}/track`, `devices/${device}/trip`, 'fleet', 'histogram', 'changes'];
      for (const path of paths) {
        const answer = (await (await fetch(`${url}api/${path}`)).json()) as Record<string, unknown>;
        expect(answer, path).to.have.property('final_until', until);
      }
    });
    writeFileSync(at('recording.csv'), RECORDING);
    await lastfix(['replay', 'recording.csv', '--rate', 'max', '--quiet', '--output', own().url], at()); // another source: it has ended
    expect(await status()).to.include({ final_until: until, open_recordings: 1 });
    await playStore(RECORDING, own().database);
    expect(await status()).to.include({ final_until: formatInstant(LAST), open_recordings: 0 });
  });

  it('should be migrated once by writers that come together, and be refused meanwhile by who only reads', async () => {
    await own().database.query(`create schema lastfix; ${schemaOfVersion1('lastfix')}`);
    const { stderr, status: failed } = await lastfix(['status', own().url], at());
    expect(failed).to.equal(2);
    expect(stderr).to.match(/has version 1, and this lastfix reads version 2: bring it up to date by lastfix replay, or lastfix forget/);
    const url = storeUrl(own().url);
    const writers = await Promise.all([1, 2, 3, 4].map(() => openDatabase(url, { connections: 1 })));
    const open = writers.map((database) => openSchema(database, { shown: url.shown, writes: true }));
    expect(new Set(await Promise.all(open))).to.deep.equal(new Set(['the-old-one']));
    await Promise.all(writers.map((database) => database.close()));
    expect((await own().database.query('select version from lastfix.meta')).rows).to.deep.equal([{ version: SCHEMA_VERSION }]);
    await lastfix(['forget', '--before', '2021-10-01', '--output', own().url], at());
    expect(await status()).to.include({ status: 0, fixes: 0, final_until: null });
  });
});
