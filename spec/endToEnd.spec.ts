import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import fc from 'fast-check';
import { concatMap, delay, from, lastValueFrom, of } from 'rxjs';
import { ask, formatInstant, type Command } from '../src/index.js';
import { generateRecording } from '../src/generate/generateRecording.js';
import { arbitraryRecording } from './support/arbitraryRecording.js';
import { oracle } from './support/oracle.js';
import { playFile } from './support/playFile.js';
import { temporaryFolder } from './support/temporaryFolder.js';
import { runs } from './support/runs.js';

/** The recording that lastfix was made for; it lies beside the project where it may be read. */
const REAL = new URL('../../../shared/data/raw_data.csv', import.meta.url);

type Written = Awaited<ReturnType<typeof playFile>>;

function expectAll(written: Written, text: string): void {
  const expected = oracle(text);
  expect(written.changes).to.equal(expected.changes);
  expect(written.late).to.equal(expected.late);
  const [header, ...rejected] = parse(written.rejected);
  expect(header).to.deep.equal(['line', 'reason', 'record']);
  expect(rejected.map(([line, , record]) => [line, record])).to.deep.equal(expected.rejected);
  for (const [, reason] of rejected) expect(reason).not.to.equal('');
}

describe('a run', () => {
  const at = temporaryFolder();
  const play = async (text: string, options?: Parameters<typeof playFile>[2]) => {
    writeFileSync(at('input.csv'), text);
    return playFile(at('input.csv'), at('out', 'log.csv'), options);
  };

  for (const name of ['minute', 'odd']) {
    it(`should write the expected files of fixtures/${name}.csv, byte for byte`, async () => {
      const fixture = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');
      const written = await play(fixture(`${name}.csv`));
      expect(written.changes).to.equal(fixture(`${name}.expected/output_stream.csv`));
      expect(written.late).to.equal(fixture(`${name}.expected/output_stream.late.csv`));
      expect(written.rejected).to.equal(fixture(`${name}.expected/output_stream.rejected.csv`));
      expectAll(written, fixture(`${name}.csv`));
    });
  }

  it('should write what the oracle finds, whatever the recording, every row in one file', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, async (text) => {
        expectAll(await play(text), text);
      }),
      runs(100),
    );
  });

  it('should take a return at the very end, after a quote, for a blank', async () => {
    const { changes, rejected } = await play('time_stamp,speed,longitude,device_fk_id,sts,latitude,größe\n0,0,1,7.0,0,1,""\r');
    const log = 'time,device_id,lat,lon,speed,event_time,größe\n1970-01-01T00:00:00.000000Z,7.0,1,1,0,1970-01-01T00:00:00.000000Z,\n';
    expect({ changes, rejected }).to.deep.equal({ changes: log, rejected: 'line,reason,record\n' });
  });

  it('should write the same bytes at every rate and however often it flushes', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecording,
        fc.constantFrom(20_000, 3e6),
        fc.constantFrom(1, 50),
        fc.boolean(),
        async (text, rate, flushEvery, coalesce) => {
          const atOnce = await play(text, { coalesce });
          expect(await play(text, { coalesce, rate, flushEvery, maxGap: 2000 })).to.deep.equal(atOnce);
        },
      ),
      runs(33),
    );
  });

  it('should write the same bytes however it is steered', async () => {
    const command = fc.oneof(
      fc.constantFrom<Command>({ type: 'pause' }, { type: 'resume' }, { type: 'step' }),
      fc.constantFrom(0.5, 1000, 1e6, Infinity).map((rate): Command => ({ type: 'rate', rate })),
    );
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.array(command, { maxLength: 10 }), async (text, commands) => {
        const steered = [...commands, { type: 'rate', rate: Infinity } as const, { type: 'resume' } as const];
        const commands$ = from(steered).pipe(concatMap((each) => of(each).pipe(delay(1))));
        expect(await play(text, { rate: 1, flushEvery: 1, commands$ })).to.deep.equal(await play(text));
      }),
      runs(33),
    );
  });

  it('should keep only the last change per device and second when it coalesces, in order', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, async (text) => {
        const [header, ...changes] = parse(oracle(text).changes);
        const second = ([time, device]: string[]) => `${time!.slice(0, 19)} ${device!}`;
        const wanted = changes.filter((row, i) => !changes.slice(i + 1).some((later) => second(later) === second(row)));
        expect(parse((await play(text, { coalesce: true })).changes)).to.deep.equal([header, ...wanted]);
      }),
      runs(33),
    );
  });

  it('should judge a made-up recording of many batches as the oracle does', async () => {
    const text = [...generateRecording({ devices: 5, duration: 900_000, seed: 7 })].join('');
    const written = await play(text);
    expectAll(written, text);
    expect(written.changes.length + written.late.length).to.be.greaterThan(100_000);
  });

  it('should answer what a search through the input finds, for any device and moment', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecording,
        fc.constantFrom('7', '007', 'a,b', 'q"q', 'other'),
        fc.option(fc.nat({ max: 8_000_000 })),
        async (text, device, after) => {
          await play(text);
          const moment = after === null ? undefined : Date.UTC(2021, 9, 23, 23, 59, 56) * 1000 + after;
          const { fixes } = oracle(text);
          const own = fixes.filter((fix) => fix.device === device);
          const arrived = own.filter(({ arrival }) => moment === undefined || arrival <= moment);
          const best = arrived.reduce<(typeof own)[number] | undefined>(
            (held, fix) => (held && fix.event <= held.event ? held : fix),
            undefined,
          );
          const told = await lastValueFrom(ask(at('out', 'log.csv'), device, { at: moment }));
          if (best) {
            expect(told).to.include({ known: 'fix' });
            if (told.known === 'fix')
              expect([formatInstant(told.fix.arrival), BigInt(told.fix.event)]).to.deep.equal([best.row[0], best.event]);
          } else if (own.length > 0) {
            expect(told).to.deep.include({ known: 'only later', first: Number(own[0]!.arrival) });
          } else {
            expect(told).to.include({ known: 'nothing' });
          }
        },
      ),
      runs(100),
    );
  });

  if (existsSync(REAL)) {
    it('should find 2,577 changes and 7,522 late fixes in the real recording', async () => {
      const text = readFileSync(REAL, 'utf8');
      const written = await play(text);
      expectAll(written, text);
      expect(written.changes.split('\n')).to.have.length(2577 + 2);
      expect(written.late.split('\n')).to.have.length(7522 + 2);
    });
  }
});
