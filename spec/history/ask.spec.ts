import { rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { lastValueFrom, toArray } from 'rxjs';
import { formatInstant } from '../../src/domain/instant.js';
import { generateRecording } from '../../src/generate/generateRecording.js';
import { ask } from '../../src/history/ask.js';
import { askDevices } from '../../src/history/askDevices.js';
import type { Moment } from '../../src/domain/Past.js';
import { noReads } from '../../src/lookup/Reads.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { deviceOf, fleet, momentOf, recorded, slowAnswer, type Recorded } from '../support/bruteForce.js';
import { eventually } from '../support/eventually.js';
import { failureOf } from '../support/failureOf.js';
import { fix } from '../support/fix.js';
import { isOpen } from '../support/isOpen.js';
import { playFile } from '../support/playFile.js';
import { Seen } from '../support/Seen.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { runs } from '../support/runs.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
/** So many rows at least are not in one segment. */
const SEGMENT = 131_072;
const SECOND = 1_000_000;
/** µs at so many seconds past noon. */
const noon = (seconds: number) => Date.UTC(2021, 9, 23, 12) * 1000 + seconds * SECOND;
/** A row of a log, its times in whole seconds past noon. */
const row = (device: string, arrival: number, event: number) =>
  `2021-10-23T12:00:${two(arrival)}Z,${device},1,2,,2021-10-23T12:00:${two(event)}Z\n`;
const two = (number: number) => String(number).padStart(2, '0');

describe('ask', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  const play = async (recording: string): Promise<Recorded> => {
    writeFileSync(at('input.csv'), recording);
    await playFile(at('input.csv'), log());
    return recorded(recording);
  };

  it('should tell what a search through the recording finds, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        const past = await play(recording);
        for (let i = 0; i < 6; i++) {
          const [device, moment] = [choose(deviceOf, past), choose(momentOf, past)];
          expect(await lastValueFrom(ask(log(), device, moment))).to.deep.equal(slowAnswer(past, device, moment));
        }
      }),
      runs(20),
    );
  });

  it('should tell it of a recording that takes several segments of an index, made by the run or by a question', async () => {
    // each arrives a ms after the one before, taken up to 10 s earlier, or 2 min by one device: most are late, some come twice
    const fixes = Array.from({ length: Math.ceil(1.4 * SEGMENT) }, (_, i) => {
      const [device, delay] = [(i * 7) % 40, (i * 7919) % (i % 40 === 0 ? 1201 : 101)];
      return fix(String(device), { arrival: noon(0) + i * 1000, event: noon(0) + (Math.floor(i / 100) - delay) * 100_000 });
    });
    const rows = fixes.map(({ device, arrival, event, latitude, longitude }) =>
      [device, latitude, longitude, formatInstant(event), formatInstant(arrival), ''].join(),
    );
    writeFileSync(at('input.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows.join('\n')}\n`);
    await playFile(at('input.csv'), log());
    const past = { fixes, end: fixes.at(-1)!.arrival, extra: [] };
    const own = new Map(fleet(past).map((device) => [device, { ...past, fixes: past.fixes.filter((fix) => fix.device === device) }]));
    const told = async (device: string, moment: Moment) => {
      expect(await lastValueFrom(ask(log(), device, moment))).to.deep.equal(slowAnswer(own.get(device) ?? past, device, moment));
    };
    const [devices, moments] = [deviceOf(past), momentOf(past)];
    await fc.assert(fc.asyncProperty(devices, moments, told), { ...runs(10), examples: [['nobody', {}]] });
    for (const name of ['log.csv.index', 'log.late.csv.index']) rmSync(at(name));
    await fc.assert(fc.asyncProperty(devices, moments, told), runs(10));
  });

  describe('of a device at a moment', () => {
    before(() => {
      writeFileSync(log(), HEADER + row('a', 10, 8) + row('b', 11, 3) + row('a', 20, 19));
      writeFileSync(at('log.late.csv'), HEADER.replace('\n', ',reason,latest_event_time\n') + row('a', 30, 5).replace('\n', ',late,\n'));
    });
    const told = (device: string, moment: Parameters<typeof ask>[2] = {}) => lastValueFrom(ask(log(), device, moment));

    it('should give the newest as of the last arrival of all, late ones included, if no moment is asked for', async () => {
      expect(await told('b')).to.include({ known: 'fix', asked: noon(30), age: 27 * SECOND });
      expect(await told('b', { by: 'event' })).to.include({ known: 'fix', asked: noon(30), age: 27 * SECOND });
      expect(await told('b', { knownAt: noon(25) })).to.include({ known: 'fix', asked: noon(25), age: 22 * SECOND });
      expect(await told('a', { maxAge: 10_999 })).to.include({ known: 'too old', asked: noon(30), age: 11 * SECOND });
    });

    it('should count what arrived at the very moment, and nothing a microsecond later', async () => {
      expect(await told('a', { at: noon(20) })).to.nested.include({ known: 'fix', 'fix.event': noon(19), age: SECOND });
      expect(await told('a', { at: noon(20) - 1 })).to.nested.include({ known: 'fix', 'fix.event': noon(8), asked: noon(20) - 1 });
    });

    it('should use a late fix to tell where a device was, but not if that had not arrived when it is asked from', async () => {
      expect(await told('a', { at: noon(7), by: 'event' })).to.nested.include({ known: 'fix', 'fix.event': noon(5), age: 2 * SECOND });
      expect(await told('a', { at: noon(7), by: 'event', knownAt: noon(30) })).to.nested.include({ 'fix.event': noon(5) });
      expect(await told('a', { at: noon(7), by: 'event', knownAt: noon(30) - 1 })).to.deep.equal({
        known: 'only later',
        by: 'event',
        asked: noon(7),
        first: noon(8),
      });
    });

    it('should say when the first arrived of what had not then', async () => {
      const first = noon(10);
      expect(await told('a', { at: noon(9) })).to.deep.equal({ known: 'only later', by: 'arrival', asked: noon(9), first });
      expect(await told('a', { at: noon(25), knownAt: noon(9) })).to.deep.equal({
        known: 'only later',
        by: 'arrival',
        asked: noon(9),
        first,
      });
      expect(await told('a', { at: noon(25), by: 'event', knownAt: noon(9) })).to.deep.equal({
        known: 'only later',
        by: 'arrival',
        asked: noon(9),
        first,
      });
    });

    it('should say when the first was taken of what had arrived', async () => {
      expect(await told('a', { at: noon(4), by: 'event' })).to.deep.equal({
        known: 'only later',
        by: 'event',
        asked: noon(4),
        first: noon(5),
      });
    });

    it('should say that there is no such device', async () => {
      expect(await told('A', { at: noon(4) })).to.deep.equal({ known: 'nothing' });
    });

    it('should call a fix too old that is older than asked for by a microsecond, and give it nevertheless', async () => {
      expect(await told('a', { at: noon(22), maxAge: 3000 })).to.include({ known: 'fix', age: 3 * SECOND });
      expect(await told('a', { at: noon(22) + 1, maxAge: 3000 })).to.nested.include({
        known: 'too old',
        'fix.event': noon(19),
        age: 3 * SECOND + 1,
      });
    });

    it('should have an age below nothing for a clock that is ahead, which is never too old', async () => {
      expect(await told('a', { at: noon(21), knownAt: noon(20) })).to.include({ known: 'fix', age: 2 * SECOND });
      expect(await told('a', { knownAt: noon(15) })).to.include({ asked: noon(15), age: 7 * SECOND });
      writeFileSync(at('ahead.csv'), HEADER + row('a', 10, 30));
      expect(await lastValueFrom(ask(at('ahead.csv'), 'a', { maxAge: 0 }))).to.include({ known: 'fix', age: -20 * SECOND });
    });
  });

  describe('of a log by another program', () => {
    const OTHERS: readonly (readonly [what: string, log: string])[] = [
      ['no late file, and rows in no order', HEADER + row('a', 20, 18) + row('b', 10, 9) + row('a', 10, 19) + row('a', 5, 18)],
      ['line ends of Windows', (HEADER + row('a', 10, 9) + row('a', 20, 18)).replaceAll('\n', '\r\n')],
      ['a BOM and blank lines', `\ufeff${HEADER}\n${row('a', 10, 9)}\r\n\n${row('a', 20, 18)}\n`],
      ['quotes for no reason', HEADER + row('"a"', 10, 9) + row('"a,""b"""', 20, 18)],
      [
        'quotes, a BOM, blank lines and line ends of Windows',
        `\ufeff${HEADER}\n${row('"a\nb"', 10, 9)}\n${row('a', 20, 18)}`.replaceAll('\n', '\r\n'),
      ],
      ['a return amid a field that is not in quotes', HEADER.replace('\n', ',note\n') + row('"a"', 10, 9).replace('\n', ',x\ry\n')],
      ['a quote amid a field that is not in quotes', HEADER + row('a"b', 10, 9) + row('a', 20, 18)],
      ['columns in another order', 'note,event_time,device_id,speed,lat,lon,time\nx,2021-10-23T12:00:09Z,a,,1,2,2021-10-23T12:00:10Z\n'],
      ['no row', HEADER],
      ['a row that is not ended yet', HEADER + row('a', 10, 9) + row('a', 20, 18).trimEnd()],
      ['ids that are hardly different', HEADER + row('007', 10, 9) + row('7', 11, 9) + row('7.0', 12, 9) + row(' 7', 13, 9)],
    ];
    const EXPECTED: Record<string, readonly (readonly [device: string, arrival: number, event: number])[]> = {
      'no late file, and rows in no order': [['a', 10, 19], ['b', 10, 9]],
      'quotes for no reason': [['a', 10, 9], ['a,"b"', 20, 18]],
      'quotes, a BOM, blank lines and line ends of Windows': [['a\r\nb', 10, 9], ['a', 20, 18]],
      'a return amid a field that is not in quotes': [['a', 10, 9]],
      'a quote amid a field that is not in quotes': [['a"b', 10, 9], ['a', 20, 18]],
      'columns in another order': [['a', 10, 9]],
      'no row': [],
      'a row that is not ended yet': [['a', 10, 9]],
      'ids that are hardly different': [['007', 10, 9], ['7', 11, 9], ['7.0', 12, 9], [' 7', 13, 9]],
    };
    for (const [what, text] of OTHERS) {
      it(`should read ${what}`, async () => {
        const path = at('other.csv');
        for (const left of [path, `${path}.index`]) rmSync(left, { force: true });
        writeFileSync(path, text);
        const expected = EXPECTED[what] ?? [['a', 20, 18]];
        for (let twice = 0; twice < 2; twice++) {
          for (const [device, arrival, event] of expected) {
            expect(await lastValueFrom(ask(path, device, { by: 'event' }))).to.nested.include({
              known: 'fix',
              'fix.device': device,
              'fix.arrival': noon(arrival),
              'fix.event': noon(event),
            });
          }
          expect(await lastValueFrom(ask(path, 'nobody'))).to.deep.equal({ known: 'nothing' });
          expect(await lastValueFrom(askDevices(path).pipe(toArray()))).to.have.members(expected.map(([device]) => device));
        }
      });
    }

    it('should know the ids of all devices by a few pages of the index, and no row', async () => {
      const path = at('fleet.csv');
      const ids = Array.from({ length: 3000 }, (_, i) => `device ${i}`);
      writeFileSync(path, HEADER + ids.map((id) => row(id, 10, 9)).join('').repeat(3));
      await lastValueFrom(ask(path, 'nobody'));
      const reads = noReads();
      expect(await lastValueFrom(askDevices(path, { reads }).pipe(toArray()))).to.have.members(ids);
      expect(reads).to.include({ rows: 0, scanned: 0 });
      expect(reads.pages).to.be.at.most(20);
    });

    it('should give the fields as they are written, also with a return amid one of them', async () => {
      const head = HEADER.replace('\n', ',note\n');
      for (const note of ['x\ry', '"x\ry"', '"x\r\ny"', 'x"y', '"x""y"', '']) {
        writeFileSync(at('noted.csv'), head + row('"a"', 10, 9).replace('\n', `,${note}\n`));
        const meant = note.replace(/^"(.*)"$/s, '$1').replace('""', '"');
        expect(await lastValueFrom(ask(at('noted.csv'), 'a')))
          .to.deep.include({ extra: ['note'] })
          .and.nested.include({ 'fix.extra[0]': meant });
      }
    });

    it('should find the newest within bounds over all rows, whatever their order', async () => {
      const rows = fc.array(fc.tuple(fc.constantFrom('a', 'b', '"a"'), fc.nat({ max: 12 }), fc.nat({ max: 12 })), { maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(rows, fc.gen(), async (rows, choose) => {
          writeFileSync(log(), HEADER + rows.map((given) => row(...given)).join(''));
          rmSync(at('log.late.csv'), { force: true });
          const fixes = rows
            .map(([device, arrival, event]) => ({
              device: device.replaceAll('"', ''),
              arrival: noon(arrival),
              event: noon(event),
              latitude: '1',
              longitude: '2',
              speed: '',
              extra: [],
            }))
            .sort((a, b) => a.arrival - b.arrival);
          const past = { fixes, end: fixes.at(-1)?.arrival, extra: [] };
          for (let i = 0; i < 5; i++) {
            const [device, moment] = [choose(deviceOf, past), choose(momentOf, past)];
            expect(await lastValueFrom(ask(log(), device, moment))).to.deep.equal(slowAnswer(past, device, moment));
          }
        }),
        runs(33),
      );
    });
  });

  describe('of a log that cannot be read', () => {
    const fails = async (path: string) => (await failureOf(lastValueFrom(ask(path, 'a')))).message;

    it('should fail if there is none', async () => {
      expect(await fails(at('none.csv'))).to.equal(`cannot read ${at('none.csv')}: no such file or directory (check the path)`);
    });

    it('should fail at a row that is not a fix, with the number of its line', async () => {
      writeFileSync(at('broken.csv'), HEADER + row('a', 10, 9) + 'x\n');
      expect(await fails(at('broken.csv'))).to.match(
        /broken\.csv:3: 1 column instead of 6: lastfix did not write this; make the log anew with lastfix replay$/,
      );
    });

    it('should count its lines from the first one, also if an index covers those before it', async () => {
      writeFileSync(at('later.csv'), `${HEADER}\n${row('"a"', 10, 9)}`);
      await lastValueFrom(ask(at('later.csv'), 'a'));
      writeFileSync(at('later.csv'), row('a', 11, 10) + row('"a\nb"', 11, 10) + 'x\n', { flag: 'a' });
      for (let twice = 0; twice < 2; twice++) expect(await fails(at('later.csv'))).to.match(/later\.csv:7: 1 column instead of 6/);
    });

    it('should close what it opened', async () => {
      await fails(at('broken.csv'));
      expect(isOpen(at('broken.csv'))).to.equal(false);
    });
  });

  it('should look at the log anew for each subscription, and not before', async () => {
    const asked = ask(at('grown.csv'), 'a');
    writeFileSync(at('grown.csv'), HEADER + row('a', 10, 9));
    expect(await lastValueFrom(asked)).to.nested.include({ 'fix.event': noon(9) });
    writeFileSync(at('grown.csv'), row('a', 20, 19), { flag: 'a' });
    expect(await lastValueFrom(asked.pipe(toArray()))).to.have.length(1).with.nested.property('[0].fix.event', noon(19));
  });

  it('should close its files when it has told, and when it is unsubscribed from before', async () => {
    await play([...generateRecording({ duration: 60_000 })].join(''));
    const files = ['log.csv', 'log.late.csv', 'log.csv.index', 'log.late.csv.index'].map((name) => at(name));
    await lastValueFrom(ask(log(), 'nobody', { by: 'event' }));
    expect(files.filter(isOpen)).to.deep.equal([]);
    const seen = new Seen(ask(log(), 'nobody', { by: 'event' }));
    seen.unsubscribe();
    await eventually(() => !files.some(isOpen));
    expect(seen.values).to.deep.equal([]);
  });

  it('should be ended by a signal, with an AbortError', async () => {
    writeFileSync(at('aborted.csv'), HEADER + row('a', 10, 9));
    const failure = await failureOf(lastValueFrom(ask(at('aborted.csv'), 'a', { signal: AbortSignal.abort() })));
    expect(failure.name).to.equal('AbortError');
    expect(isOpen(at('aborted.csv'))).to.equal(false);
  });

  it('should say how far it is with what has no index yet, and count what it reads', async () => {
    const text = HEADER + Array.from({ length: 9 }, (_, i) => row('a', i, i)).join('');
    writeFileSync(at('new.csv'), text);
    const [reads, told] = [noReads(), [] as number[][]];
    await lastValueFrom(ask(at('new.csv'), 'a', { reads, progress: (read, size) => told.push([read, size]) }));
    expect(told).to.deep.equal([[text.length, text.length]]);
    expect(reads).to.include({ scanned: 9, scannedBytes: text.length, rows: 1, rowBytes: row('a', 8, 8).length });
  });
});
