import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { formatInstant, generateRecording } from '../../src/index.js';
import { eventually } from '../support/eventually.js';
import { lastfix, says } from '../support/lastfix.js';
import { oracle } from '../support/oracle.js';
import { playFile } from '../support/playFile.js';
import { playStore } from '../support/playStore.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { ownDatabase } from './ownDatabase.js';
import { postgres } from './postgres.js';

const RECORDING = [...generateRecording({ devices: 3, duration: 120_000, seed: 5 })].join('');
const { fixes } = oracle(RECORDING);
const DEVICE = fixes[0]!.device;
const [EARLY, MIDDLE, LATE] = [0.2, 0.5, 0.8].map((part) => formatInstant(Number(fixes[Math.floor(part * fixes.length)]!.arrival))) as [
  string,
  string,
  string,
];

/** Questions as they are asked. */
const QUESTIONS: readonly (readonly string[])[] = [
  [DEVICE],
  [DEVICE, MIDDLE, '--format', 'json'],
  [DEVICE, MIDDLE, '--by', 'event', '--known-at', LATE, '--format', 'geojson'],
  [DEVICE, '2021-10-01'],
  [DEVICE, MIDDLE, '--max-age', '0s'],
  ['nobody'],
  ['--all', '--format', 'csv'],
  ['--all', EARLY, '--by', 'event', '--known-at', MIDDLE],
  ['--all', '2021-10-01'],
  [DEVICE, '--from', EARLY, '--to', LATE],
  [DEVICE, '--from', EARLY, '--by', 'arrival', '--format', 'gpx'],
  [DEVICE, '--from', EARLY, '--copies', '--format', 'kml'],
  ['nobody', '--from', EARLY],
];

/** What a store says besides: whether an answer is final. */
const FINAL = /(?:\n{1,2}|^)final .*(?=\n)|,"final_until":"[^"]*"|; that (?:is final|may still change)/;
/** Whether a format has room for that. */
const isSaid = (question: readonly string[]) => !question.some((word) => ['csv', 'geojson', 'gpx', 'kml'].includes(word));

describe('lastfix query of a store', () => {
  const at = temporaryFolder();
  const server = postgres();
  const own = ownDatabase();
  before(async () => {
    writeFileSync(at('recording.csv'), RECORDING);
    await playFile(at('recording.csv'), at('log.csv'));
  });
  beforeEach(() => own().database.query('drop schema if exists lastfix cascade'));

  it('should print what it prints of the log of the same recording', async () => {
    await playStore(RECORDING, own().database);
    const { host, pathname } = new URL(own().url);
    for (const question of QUESTIONS) {
      const ofLog = await lastfix(['query', 'log.csv', ...question], at());
      const ofStore = await lastfix(['query', own().url, ...question], at());
      const named = (text: string) => text.replaceAll('log.csv', `postgres://${host}${pathname}`);
      const without = (text: string) => text.replace(FINAL, '');
      expect(ofStore.stdout + ofStore.stderr, question.join(' ')).to.satisfy((text: string) => FINAL.test(text) || !isSaid(question));
      expect({ ...ofStore, stdout: without(ofStore.stdout), stderr: without(ofStore.stderr) }, question.join(' ')).to.deep.equal({
        ...ofLog,
        stdout: named(ofLog.stdout),
        stderr: named(ofLog.stderr),
      });
    }
  });

  it('should go on with every change, also after the database was away', async () => {
    const [first, rest] = [Number(fixes[Math.floor(fixes.length / 2)]!.arrival), Infinity];
    await playStore(RECORDING, own().database, { until: first });
    const follow = ['query', '--all', '--follow', '--format', 'json', '--output', own().url];
    const { status, stdout } = await lastfix(follow, at(), async (child) => {
      let text = '';
      child.stdout!.on('data', (chunk: string) => (text += chunk));
      await eventually(() => text !== '');
      const isAway = says(child, /postgres:\/\/\S+.*; it is asked again until it answers/);
      server().stop('fast');
      await isAway;
      server().again();
      await playStore(RECORDING, own().database, { until: rest });
      const last = oracle(RECORDING).changes.trimEnd().split('\n').at(-1)!.split(',')[0]!;
      await eventually(() => text.includes(last));
      child.kill('SIGINT');
    });
    expect(status).to.equal(0);
    const times = stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as { time: string }).time);
    const changes = oracle(RECORDING).changes.trimEnd().split('\n').slice(1).map((line) => line.split(',')[0]!);
    const after = changes.filter((time) => time > formatInstant(first));
    expect(times.slice(-after.length)).to.deep.equal(after);
    expect(new Set(times).size).to.equal(times.length);
  });

  it('should say in a line what is wrong with a store, and never a password', async () => {
    const url = own().url.replace('@', ':geheim@');
    const shown = own().url.replace('postgres@', '');
    const wrong = {
      [url]: `${shown} has no store in its schema lastfix: replay a recording into it first`,
      [url.replace(/\/\w+$/, '/none')]: `${shown.replace(/\/\w+$/, '/none')}: database "none" does not exist (create it with createdb, or name another)`,
      [url.replace(/:\d+\//, ':1/')]: /^cannot reach postgres:\/\/127.0.0.1:1\/\w+: nothing listens there/,
      'postgres://[::x': /^the URL of the store is not valid/,
    };
    for (const [place, message] of Object.entries(wrong)) {
      const { status, stdout, stderr } = await lastfix(['query', DEVICE, '--output', place], at());
      expect([status, stdout]).to.deep.equal([2, '']);
      const [line, ...more] = stderr.replace(/^lastfix: /, '').split('\n');
      expect(line).to.match(typeof message === 'string' ? new RegExp(`^${message.replace(/[().?]/g, '\\$&')}$`) : message);
      expect(stderr).to.not.include('geheim');
      expect(more.length).to.be.at.most(2);
    }
  });
});
