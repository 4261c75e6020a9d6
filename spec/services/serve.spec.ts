import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { generateRecording } from '../../src/index.js';
import { openStorePast } from '../../src/store/past/openStorePast.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { eventually } from '../support/eventually.js';
import { addressOf, lastfix } from '../support/lastfix.js';
import { Listener } from '../support/Listener.js';
import { oracle } from '../support/oracle.js';
import { playStore } from '../support/playStore.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { serving } from '../support/serving.js';
import { ownDatabase } from './ownDatabase.js';

const RECORDING = [...generateRecording({ devices: 3, duration: 120_000, seed: 3 })].join('');
const [HEADER = '', ...ROWS] = RECORDING.trimEnd().split('\n');
const ARRIVALS = oracle(RECORDING).fixes.map(({ arrival }) => Number(arrival));

/** What there is to tell of a recording, by the key of each row: its verdict. */
function verdicts(recording: string): ReadonlyMap<string, string> {
  const { changes, late } = oracle(recording);
  const [log, others] = [changes, late].map((text) => parse(text, { from: 2 }));
  const keyOf = (row: readonly string[]) => [row[0], row[1], row[5]].join();
  return new Map([...log!.map((row) => [keyOf(row), 'change'] as const), ...others!.map((row) => [keyOf(row), row.at(-2)!] as const)]);
}

/** What a client knows of each row, of which it holds what it was told last. */
function heardBy(...listeners: readonly Listener[]): ReadonlyMap<string, string> {
  const heard = new Map<string, string>();
  for (const { heard: events } of listeners) {
    for (const { data: { changes = [], late = [], corrected = [] } } of events) {
      for (const row of [...changes, ...late, ...corrected])
        heard.set([row['time'], row['device_id'], row['event_time']].join(), (row['reason'] ?? 'change') as string);
    }
  }
  return heard;
}

const told = (...listeners: readonly Listener[]) =>
  listeners.reduce((sum, one) => sum + one.fixes('changes').length + one.fixes('late').length, 0);

const statusOf = async (url: string) => (await fetch(`${url}api/status`)).json();

describe('serveLog of a store', () => {
  const at = temporaryFolder();
  const own = ownDatabase();
  /** Where the store begins. */
  let start: string;
  beforeEach(async () => {
    await own().database.query('drop schema if exists lastfix cascade');
    await playStore(RECORDING, own().database, { until: 0 });
    const past = await openStorePast(storeUrl(own().url));
    start = (await past.extent()).cursor;
    await past.close();
  });
  const play = (until: number) => playStore(RECORDING, own().database, { until });
  const both = (use: (one: string, other: string) => Promise<void>) =>
    serving(own().url, (one) => serving(own().url, (other) => use(one, other)));

  it('should tell every row once, by each of several servers, also to a client that goes from one to another', async () => {
    const all = verdicts(RECORDING);
    expect(all.size).to.equal(ARRIVALS.length).and.above(100);
    await both(async (one, other) => {
      const [stays, leaves] = [await Listener.open(one, { 'last-event-id': start }), await Listener.open(other, { 'last-event-id': start })];
      for (const part of [0.1, 0.2, 0.3, 0.4, 0.5]) await play(ARRIVALS[Math.floor(part * ARRIVALS.length)]!);
      await eventually(() => told(leaves) > 0);
      leaves.close();
      const after = leaves.heard.at(-1)!.id!;
      const goesOn = await Listener.open(one, { 'last-event-id': after });
      for (const part of [0.6, 0.8]) await play(ARRIVALS[Math.floor(part * ARRIVALS.length)]!);
      await play(Infinity);
      await eventually(() => told(stays) >= all.size && told(leaves, goesOn) >= all.size);
      for (const listener of [stays, goesOn]) listener.close();
      expect([told(stays), told(leaves, goesOn)]).to.deep.equal([all.size, all.size]);
      expect(heardBy(stays)).to.deep.equal(all);
      expect(heardBy(leaves, goesOn)).to.deep.equal(all);
      const [status, same] = [await statusOf(one), await statusOf(other)];
      expect(status).to.deep.equal(same).and.include({ rows: all.size, output: storeUrl(own().url).shown });
    });
  });

  it('should tell what turned out to be late when what had arrived before it came', async () => {
    const everyOther = (which: number) => `${[HEADER, ...ROWS.filter((_, i) => i % 2 === which)].join('\n')}\n`;
    await serving(own().url, async (url) => {
      const listener = await Listener.open(url, { 'last-event-id': start });
      const first = everyOther(1);
      await playStore(first, own().database, { source: 'one half' });
      await eventually(() => told(listener) === oracle(first).fixes.length);
      expect(heardBy(listener)).to.deep.equal(verdicts(first));
      await playStore(everyOther(0), own().database, { source: 'the other' });
      await eventually(() => told(listener) === ARRIVALS.length);
      listener.close();
      expect(heardBy(listener)).to.deep.equal(verdicts(RECORDING));
      expect(listener.fixes('corrected')).to.have.length.above(0);
    });
  });

  it('should be served beside the replay into it, and by a command of its own', async () => {
    writeFileSync(at('recording.csv'), RECORDING);
    const replay = ['replay', 'recording.csv', '--serve', '--port', '0', '--output', own().url];
    const { status: ended } = await lastfix(replay, at(), async (child) => {
      const url = await addressOf(child);
      const listener = await Listener.open(url, { 'last-event-id': start });
      await eventually(() => told(listener) > 0);
      expect(await statusOf(url)).to.include({ replaying: true, rate: 1, output: storeUrl(own().url).shown });
      listener.close();
      child.kill('SIGINT');
    });
    expect(ended).to.equal(130);
    await lastfix(['replay', 'recording.csv', '--rate', 'max', '--resume', '--output', own().url], at());
    const { status } = await lastfix(['serve', own().url, '--port', '0'], at(), async (child) => {
      const url = await addressOf(child);
      expect(await statusOf(url)).to.include({ replaying: false, rows: ARRIVALS.length });
      child.kill('SIGINT');
    });
    expect(status).to.equal(0);
  });

  it('should show no password, neither of a store that is there nor of one that is not', async () => {
    const url = own().url.replace('@', ':geheim@');
    await serving(url, async (url) => {
      const answers = await Promise.all(['api/status', 'metrics', 'api/fleet', 'api/devices/x/fix'].map(async (path) => (await fetch(url + path)).text()));
      expect(answers.join()).to.include(storeUrl(own().url).shown).and.not.include('geheim');
    });
    for (const broken of [`${url}?schema=none`, url.replace(/:\d+\//, ':1/'), url.replace(/\/\w+$/, '/none'), `${url}?sslmode=always`]) {
      const failure = await serving(broken, () => Promise.resolve()).catch((error: unknown) => error);
      expect(failure).to.have.property('name', 'FileError');
      expect(String((failure as Error).stack)).to.not.include('geheim');
    }
  });
});
