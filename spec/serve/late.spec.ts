import { writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import fc from 'fast-check';
import { formatInstant } from '../../src/domain/instant.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { asker, type Asker } from '../support/asker.js';
import { recorded, stretchOf } from '../support/bruteForce.js';
import { oracle } from '../support/oracle.js';
import { playFile } from '../support/playFile.js';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

interface Answer {
  readonly error: string;
  readonly message: string;
  readonly side: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly counts: readonly number[];
}

const HEADER = 'time,device_id,lat,lon,speed,event_time';
const text = (instant: number | undefined) => (instant === undefined || !Number.isFinite(instant) ? undefined : formatInstant(instant));
/** The column and row of a place, by the formula of the projection. */
const cellOf = (side: number, latitude: number, longitude: number) => {
  const radians = (Math.max(-85.0511287798, Math.min(85.0511287798, latitude)) * Math.PI) / 180;
  const y = (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2;
  return [Math.floor(((longitude + 180) / 360) * side) % side, Math.max(0, Math.min(side - 1, Math.floor(y * side)))].join();
};

describe('GET /api/late', () => {
  const at = temporaryFolder();

  it('should count the late fixes of any span in each cell, whose sum is that of the recording, as its document says', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), fc.integer({ min: 4, max: 400 }), async (recording, choose, cells) => {
        writeFileSync(at('input.csv'), recording);
        await playFile(at('input.csv'), at('log.csv'));
        const rows = parse(oracle(recording).late, { from: 2, relax_column_count: true }).filter((row) => row.at(-2) === 'late');
        await serving(at('log.csv'), async (url) => {
          const ask = (await asker(url)) as Asker<Answer>;
          for (const { from = -Infinity, to = Infinity, by, knownAt = Infinity } of [{ by: 'arrival' as const }, choose(stretchOf, recorded(recording))]) {
            if (from > to) continue;
            const asked = { from: text(from), to: text(to), by, known_at: text(knownAt), cells: String(cells) };
            const query = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
            const { json } = await ask('/api/late', `api/late?${new URLSearchParams(query).toString()}`);
            const clock = by === 'event' ? 5 : 0;
            const [first, last, known] = [from, to, knownAt].map((bound) => text(bound) ?? (bound > 0 ? '9' : ''));
            const own = rows.filter((row) => row[clock]! >= first! && row[clock]! <= last! && row[0]! <= known!);
            expect(json.counts.reduce((sum, count) => sum + count, 0)).to.equal(own.length);
            const wanted = new Map<string, number>();
            for (const [, , latitude, longitude] of own) {
              const cell = cellOf(json.side, Number(latitude), Number(longitude));
              wanted.set(cell, (wanted.get(cell) ?? 0) + 1);
            }
            expect(new Map(json.counts.map((count, i) => [`${json.x[i]!},${json.y[i]!}`, count]))).to.deep.equal(wanted);
          }
        });
      }),
      { numRuns: 12 },
    );
  });

  it('should count those of a box alone, also over the date line, and say which value is wrong', async () => {
    const row = (lon: number) => `2021-10-23T12:00:05.000000Z,a,0.5,${lon},,2021-10-23T12:00:01.000000Z,late,2021-10-23T12:00:02.000000Z`;
    writeFileSync(at('log.csv'), `${HEADER}\n`);
    writeFileSync(at('log.late.csv'), [`${HEADER},reason,latest_event_time`, ...[0, 0, 20, 179.5, -179.5].map(row), ''].join('\n'));
    await serving(at('log.csv'), async (url) => {
      const ask = (await asker(url)) as Asker<Answer>;
      const sum = async (query: string) => (await ask('/api/late', `api/late?${query}`)).json.counts.reduce((a, b) => a + b, 0);
      expect(await sum('')).to.equal(5);
      expect(await sum('box=-1,-1,1,1')).to.equal(2);
      expect(await sum('box=170,-10,-170,10')).to.equal(2);
      expect(await sum('box=30,-10,40,10')).to.equal(0);
      const wrong = async (query: string) => {
        const { status, json } = await ask('/api/late', `api/late?${query}`);
        expect([status, json.error]).to.deep.equal([400, 'bad-request']);
        return json.message;
      };
      expect(await wrong('cells=3')).to.include('cells');
      const example = 'is not a part of the map: write west,south,east,north in degrees, like 76.1,23,77.9,24.5';
      for (const box of ['1,2,3', '1,2,3,4,5', '0,10,1,9', '0,0,181,1', '0,-91,1,1', '0,0,1e1,1', '0,0,,1', 'x'])
        expect(await wrong(`box=${box}`)).to.equal(`box "${box}" ${example}`);
    });
  });
});
