import { appendFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import fc from 'fast-check';
import { formatInstant } from '../../src/domain/instant.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { asker, type Asker } from '../support/asker.js';
import { recorded, stretchOf } from '../support/bruteForce.js';
import { Listener } from '../support/Listener.js';
import { oracle } from '../support/oracle.js';
import { playFile } from '../support/playFile.js';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

interface Told {
  readonly time: string;
  readonly device_id: string;
  readonly event_time: string;
  readonly reason?: string;
  readonly latest_event_time?: string;
}

interface Answer {
  readonly error: string;
  readonly message: string;
  readonly by: string;
  readonly changes: readonly Told[];
  readonly late: readonly Told[];
  readonly next: string | null;
  readonly cursor: string;
}

const text = (instant: number | undefined) => (instant === undefined ? undefined : formatInstant(instant));
const HEADER = 'time,device_id,lat,lon,speed,event_time';

describe('GET /api/changes', () => {
  const at = temporaryFolder();

  it('should give every change and every late fix of a span, in order and in pages, as its document says', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), fc.integer({ min: 1, max: 5 }), async (recording, choose, limit) => {
        writeFileSync(at('input.csv'), recording);
        await playFile(at('input.csv'), at('log.csv'));
        const { from = -Infinity, to = Infinity, by, knownAt = Infinity } = choose(stretchOf, recorded(recording));
        const asked = { from: text(Number.isFinite(from) ? from : undefined), to: text(Number.isFinite(to) ? to : undefined) };
        const query = { ...asked, by, known_at: text(Number.isFinite(knownAt) ? knownAt : undefined), limit: String(limit) };
        await serving(at('log.csv'), async (url) => {
          const ask = (await asker(url)) as Asker<Answer>;
          const [changes, late]: Told[][] = [[], []];
          for (let after: string | null = ''; after !== null; ) {
            const given = Object.entries({ ...query, after: after || undefined }).filter(([, value]) => value !== undefined);
            const { status, json } = await ask('/api/changes', `api/changes?${new URLSearchParams(given as [string, string][]).toString()}`);
            if (from > to) {
              expect([status, json.error]).to.deep.equal([400, 'bad-request']);
              return;
            }
            expect(json.by).to.equal(by);
            expect(json.changes.length + json.late.length).to.be.at.most(limit);
            changes!.push(...json.changes);
            late!.push(...json.late);
            after = json.next;
          }
          const clock = by === 'event' ? 5 : 0;
          const [first, last, known] = [from, to, knownAt].map((bound) => (Number.isFinite(bound) ? formatInstant(bound) : bound > 0 ? '9' : ''));
          const wanted = (rows: string) =>
            parse(rows, { from: 2, relax_column_count: true })
              .filter((row) => row[clock]! >= first! && row[clock]! <= last! && row[0]! <= known!)
              .sort((a, b) => (a[clock]! + a[5 - clock]! < b[clock]! + b[5 - clock]! ? -1 : 1));
          const kinds = oracle(recording);
          const inAnyOrder = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join()).sort();
          const times = (rows: readonly (readonly string[])[]) => rows.map((row) => [row[clock], row[5 - clock]]);
          const told = (fixes: readonly Told[]) =>
            fixes.map((fix) => [fix.time, fix.device_id, fix.event_time, fix.reason ?? '', fix.latest_event_time ?? '']);
          const own = wanted(kinds.changes);
          expect(inAnyOrder(told(changes!))).to.deep.equal(inAnyOrder(own.map((row) => [row[0], row[1], row[5], '', ''])));
          const others = wanted(kinds.late);
          expect(inAnyOrder(told(late!))).to.deep.equal(inAnyOrder(others.map((row) => [row[0], row[1], row[5], ...row.slice(-2)])));
          const clocks = (fixes: readonly Told[]) => fixes.map((fix) => (by === 'event' ? [fix.event_time, fix.time] : [fix.time, fix.event_time]));
          expect(clocks(changes!)).to.deep.equal(times(own));
          expect(clocks(late!)).to.deep.equal(times(others));
        });
      }),
      { numRuns: 12 },
    );
  });

  it('should say which value is wrong', async () => {
    writeFileSync(at('log.csv'), `${HEADER}\n`);
    writeFileSync(at('log.late.csv'), `${HEADER},reason,latest_event_time\n`);
    await serving(at('log.csv'), async (url) => {
      const ask = (await asker(url)) as Asker<Answer>;
      const wrong = async (query: string) => {
        const { status, json } = await ask('/api/changes', `api/changes?${query}`);
        expect([status, json.error]).to.deep.equal([400, 'bad-request']);
        return json.message;
      };
      expect(await wrong('limit=0')).to.include('limit');
      expect(await wrong('limit=10001')).to.include('limit');
      expect(await wrong('by=time')).to.include('by');
      expect(await wrong('from=noon')).to.include('from "noon" is not a valid time');
      expect(await wrong('after=x')).to.equal('after "x" is not a cursor: give the next of the page before');
      expect((await ask('/api/changes', 'api/changes')).json)
        .to.deep.include({ by: 'arrival', changes: [], late: [], final_until: null, next: null });
    });
  });

  for (const [route, path] of [['/api/changes', 'api/changes'], ['/api/devices/{device}/track', 'api/devices/a/track']] as const) {
    it(`should give pages of ${route} of the log as it was for the first, and the rest as events after their cursor`, async () => {
      const row = (event: number, arrival: number) => `${formatInstant(arrival)},a,1,2,,${formatInstant(event)}`;
      writeFileSync(at('log.csv'), `${HEADER}\n${row(5e6, 10e6)}\n${row(9e6, 11e6)}\n`);
      writeFileSync(at('log.late.csv'), `${HEADER},reason,latest_event_time\n`);
      await serving(at('log.csv'), async (url) => {
        const ask = (await asker(url)) as Asker<Answer & { readonly fixes: readonly Told[] }>;
        const page = async (after?: string) => {
          const given = new URLSearchParams({ by: 'event', limit: '1', ...(after === undefined ? {} : { after }) });
          const { json } = await ask(route, `${path}?${given.toString()}`);
          return { ...json, fixes: route === '/api/changes' ? [...json.changes, ...json.late] : json.fixes };
        };
        const first = await page();
        const late = [1e6, 7e6].map((event) => `${row(event, 12e6)},late,${formatInstant(9e6)}\n`); // before what was read, and behind it
        appendFileSync(at('log.late.csv'), late.join(''));
        const second = await page(first.next!);
        expect([...first.fixes, ...second.fixes].map((fix) => fix.event_time)).to.deep.equal([5e6, 9e6].map(formatInstant));
        expect([second.next, second.cursor]).to.deep.equal([null, first.cursor]);
        const listener = await Listener.open(url, { 'last-event-id': first.cursor });
        await listener.hears(({ event }) => event === 'flush');
        expect(listener.fixes('late').map((fix) => fix['event_time'])).to.deep.equal([1e6, 7e6].map(formatInstant));
        listener.close();
      });
    });
  }
});
