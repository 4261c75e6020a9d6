import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lastfix } from '../../support/lastfix.js';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const MINUTE = fileURLToPath(new URL('../../../../fixtures/minute.csv', import.meta.url));

describe('lastfix status', () => {
  const at = temporaryFolder();
  before(async () => {
    copyFileSync(MINUTE, at('minute.csv'));
    await lastfix(['replay', 'minute.csv', '--rate', 'max', '--quiet', '--output', 'log.csv'], at());
  });
  const rowsIn = (file: string) => readFileSync(at(file), 'utf8').trimEnd().split('\n').slice(1);
  const reasons = (reason: string) => rowsIn('log.late.csv').filter((row) => row.includes(`,${reason},`)).length;

  it('should say what a log has, as its files do', async () => {
    const { status, stdout, stderr } = await lastfix(['status', 'log.csv', '--format', 'json'], at());
    expect([status, stderr]).to.deep.equal([0, '']);
    const arrivals = [...rowsIn('log.csv'), ...rowsIn('log.late.csv')].map((row) => row.split(',')[0]!).sort();
    expect(JSON.parse(stdout)).to.deep.equal({
      log: 'log.csv',
      writing: false,
      finished: true,
      fixes: arrivals.length,
      changes: rowsIn('log.csv').length,
      late: reasons('late'),
      duplicate: reasons('duplicate'),
      conflict: reasons('conflict'),
      devices: new Set(rowsIn('log.csv').map((row) => row.split(',')[1])).size,
      first_arrival: arrivals[0],
      last_arrival: arrivals.at(-1),
      bytes: ['log.csv', 'log.late.csv', 'log.rejected.csv'].reduce((sum, file) => sum + readFileSync(at(file)).length, 0),
      problems: [],
    });
  });

  it('should say it in words', async () => {
    expect((await lastfix(['status', '--log', 'log.csv'], at())).stdout).to.match(
      /^log {7}log\.csv\nrun {7}finished\nfixes {5}129 of 4 devices: 44 changes, 84 late, 1 duplicate, 0 conflicts\narrivals {2}2021.* to 2021.*\nsize {6}15,\d{3} bytes\n$/,
    );
  });

  it('should find that a run is going on, and that it was interrupted', async () => {
    const replay = ['replay', 'minute.csv', '--output', 'running.csv', '--flush', '20ms'];
    const { status } = await lastfix(replay, at(), async (child) => {
      await eventually(() => existsSync(at('running.csv')));
      expect(await lastfix(['status', 'running.csv'], at())).to.include({ status: 0 }).and.have.property('stdout').that.matches(/^run +is going on$/m);
      child.kill('SIGINT');
    });
    expect(status).to.equal(130);
    const after = await lastfix(['status', 'running.csv'], at());
    expect(after.status).to.equal(1);
    expect(after.stdout).to.match(/^run +interrupted$/m).and.match(/^problem +the run did not come to its end: lastfix replay with --resume goes on with it$/m);
  });

  for (const [args, message] of [
    [['none.csv'], '"none.csv" is neither a log nor the URL of a store: name a log, or postgres://HOST/DATABASE'],
    [['nats://me:secret@host/gps'], 'a stream cannot be asked: have a worker take it into a store (lastfix replay nats://… --output postgres://…) or into a log, and ask that'],
    [['log.csv', '--format', 'csv'], '--format "csv" is not one of table, json'],
    [['log.csv', '--max-behind', '60s'], '--max-behind is for a store, which others feed: leave it out for a log'],
    [['postgres://host/db', '--max-behind', 'soon'], '--max-behind "soon" is not a valid duration: write it like 250ms, 2s, 5m, 24h or 7d'],
  ] as const) {
    it(`should say what is wrong with: ${args.join(' ')}`, async () => {
      expect(await lastfix(['status', ...args], at())).to.deep.include({ status: 2, stderr: `lastfix: ${message}\nSee: lastfix status --help\n` });
    });
  }

  it('should fail with 2 where there is no log, or none that can be read', async () => {
    expect(await lastfix(['status', '--log', 'none.csv'], at())).to.include({
      status: 2,
      stderr: 'lastfix: no log none.csv: make one with lastfix replay, or name another with --log\n',
    });
    writeFileSync(at('other.csv'), 'a,b\n1,2\n');
    const { status, stderr } = await lastfix(['status', 'other.csv'], at());
    expect(status).to.equal(2);
    expect(stderr).to.match(/^lastfix: other\.csv: this is not a log that lastfix wrote/);
  });
});
