import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { FileError } from '../../src/csv/FileError.js';
import type { Fix } from '../../src/domain/fix.js';
import { readLog } from '../support/readLog.js';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import { hashOf } from '../../src/lookup/hashOf.js';
import type { IndexedCsv } from '../../src/lookup/IndexedCsv.js';
import { openIndexToUpdate } from '../../src/lookup/openIndex.js';
import { openIndexed, type OpenIndexedOptions } from '../../src/lookup/openIndexed.js';
import { PAGE, sealPages } from '../../src/lookup/page.js';
import { noReads } from '../../src/lookup/Reads.js';
import { FULL } from '../../src/lookup/SegmentBuilder.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { stranger } from '../support/stranger.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { upToDate } from '../support/upToDate.js';
import { arbitraryLog, type LogTexts } from './arbitraryLog.js';
import { entriesOf } from './arbitraryRows.js';
import { fullDisk } from './fullDisk.js';
import { runs } from '../support/runs.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const time = (seconds: number) => new Date(1.6e12 + seconds * 1000).toISOString().replace('Z', '000Z');
const row = (device: string, seconds: number) => `${time(seconds)},${device},52.5,13.4,,${time(seconds)}\n`;
const rowsOf = (count: number, from = 0, devices = 3) => Array.from({ length: count }, (_, i) => row(`d${i % devices}`, from + i)).join('');
const textOf = ({ header, rows }: LogTexts, count = rows.length) => header + rows.slice(0, count).join('');

describe('openIndexed', () => {
  const at = temporaryFolder();
  const disk = fullDisk();
  const giveAway = stranger();
  let folder = '';
  let path = '';
  let index = '';
  let count = 0;
  beforeEach(() => {
    folder = at(String(++count));
    [path, index] = [at(String(count), 'x.csv'), at(String(count), 'x.csv.index')];
    mkdirSync(folder);
  });

  const opened: IndexedCsv[] = [];
  /** The log, open until the end of the test. */
  const open = async (options?: OpenIndexedOptions) => {
    const csv = await openIndexed(path, options);
    opened.push(csv);
    return csv;
  };
  afterEach(() => Promise.all(opened.splice(0).map((csv) => csv.close())));

  /** All fixes that an open log gives, as they stand in the file. */
  const fixesIn = (csv: IndexedCsv): readonly Fix[] => {
    const entries = csv.segments.flatMap((segment) =>
      Array.from(segment.runs()).flatMap((run) => entriesOf(segment, run).map((entry) => ({ ...entry, hash: run.hash }))),
    );
    const fixes = entries.sort((a, b) => a.start - b.start).map((entry) => ({ fix: csv.fix(entry), hash: entry.hash }));
    const hashes = new Map(fixes.map(({ fix, hash }) => [fix.device, hash]));
    for (const [device, hash] of hashes) expect(hash).to.equal(hashOf(device));
    expect(fixes.find(({ fix, hash }) => hashes.get(fix.device) !== hash)).to.equal(undefined);
    expect(new Set(csv.segments.flatMap((segment) => [...segment.newDevices()].flat()))).to.deep.equal(new Set(hashes.keys()));
    return fixes.map(({ fix }) => fix);
  };

  /** Opens the log, and anew if its index turns out damaged; gives all its fixes, and what was read. */
  const readAll = async (options: OpenIndexedOptions = {}) => {
    for (const anew of [false, true]) {
      const reads = noReads();
      const csv = await openIndexed(path, { anew, ...options, reads });
      try {
        return { fixes: fixesIn(csv), extra: csv.extra, reads };
      } catch (error) {
        if (anew || !(error instanceof DamagedIndex)) throw error;
      } finally {
        await csv.close();
      }
    }
    throw new Error('it is not reached');
  };

  const expected = async () => {
    const { extra, batches } = await readLog(path);
    const fixes: Fix[] = [];
    for await (const batch of batches) fixes.push(...batch);
    return { fixes, extra };
  };

  /** That all is read as `readLog` reads it; gives what was read to do so. */
  const holds = async (options?: OpenIndexedOptions) => {
    const { fixes, extra, reads } = await readAll(options);
    expect({ fixes, extra }).to.deep.equal(await expected());
    return reads;
  };

  const makeIndex = async () => { await (await openIndexed(path)).close(); };
  const hasFifo = () => spawnSync('mkfifo', [index]).status === 0;

  const anyShare = fc.nat(9999).map((part) => part / 10_000);
  const change = (alter: (bytes: Buffer, place: number) => Buffer) => async (log: LogTexts, share: number) => {
    writeFileSync(path, textOf(log));
    await makeIndex();
    if (!existsSync(index)) return;
    const bytes = readFileSync(index);
    writeFileSync(index, alter(bytes, Math.floor(share * bytes.length)));
  };
  /** Brings a log and its index into a state, and says of it whether the second to open it need read no row in one go. */
  const STATES: readonly (readonly [
    what: string,
    lasting: boolean,
    arrange: (log: LogTexts, share: number, other: LogTexts) => unknown,
  ])[] = [
    [
      'has none',
      true,
      (log) => {
        writeFileSync(path, textOf(log));
      },
    ],
    [
      'is up to date',
      true,
      async (log) => {
        writeFileSync(path, textOf(log));
        await makeIndex();
      },
    ],
    [
      'is behind',
      true,
      async (log, share) => {
        writeFileSync(path, textOf(log, Math.floor(share * log.rows.length)));
        await makeIndex();
        appendFileSync(path, textOf(log).slice(readFileSync(path, 'utf8').length));
      },
    ],
    [
      'is behind several times',
      true,
      async (log, share) => {
        for (let part = 0.1 + 0.5 * share; part < 1; part += (1 - part) / 3 + 0.05) {
          writeFileSync(path, textOf(log, Math.floor(part * log.rows.length)));
          await makeIndex();
        }
        writeFileSync(path, textOf(log));
      },
    ],
    [
      'was made when the last row was torn',
      true,
      async (log, share) => {
        const text = Buffer.from(textOf(log));
        const { header } = log;
        writeFileSync(path, text.subarray(0, Buffer.byteLength(header) + Math.floor(share * (text.length - Buffer.byteLength(header)))));
        await makeIndex();
        writeFileSync(path, text);
      },
    ],
    [
      'is of a file that was longer',
      true,
      async (log, share) => {
        writeFileSync(path, textOf(log));
        await makeIndex();
        writeFileSync(path, textOf(log, Math.floor(share * log.rows.length)));
      },
    ],
    [
      'is of another file',
      true,
      async (log, _share, other) => {
        writeFileSync(path, textOf(other));
        await makeIndex();
        writeFileSync(path, textOf(log));
      },
    ],
    [
      'was copied from another folder, its file too',
      true,
      async (log) => {
        writeFileSync(path, textOf(log));
        await makeIndex();
        copyFileSync(path, `${path}.copy`);
        renameSync(`${path}.copy`, path);
      },
    ],
    [
      'is of a file of which a letter was changed in place',
      true,
      async (log, share) => {
        writeFileSync(path, textOf(log));
        await makeIndex();
        const text = textOf(log);
        const place = text.indexOf('plain', Math.floor(share * text.length));
        if (place >= 0) writeFileSync(path, `${text.slice(0, place)}p1ain${text.slice(place + 5)}`);
      },
    ],
    [
      'is of a file of which two rows changed places',
      true,
      async (log, share) => {
        writeFileSync(path, textOf(log));
        await makeIndex();
        const first = Math.floor(share * log.rows.length);
        const rows = [...log.rows.slice(0, first), ...log.rows.slice(first, first + 2).reverse(), ...log.rows.slice(first + 2)];
        writeFileSync(path, textOf({ ...log, rows }));
      },
    ],
    [
      'has another bit somewhere',
      false,
      change((bytes, place) => {
        bytes[place]! ^= 1 << (place % 8);
        return bytes;
      }),
    ],
    [
      'is of an earlier format',
      true,
      change((bytes) => {
        if (bytes.length === PAGE) return bytes; // of a log without rows, it has no segment
        bytes.writeDoubleLE(bytes.readDoubleLE(PAGE) - 1, PAGE);
        sealPages(bytes.subarray(PAGE, 2 * PAGE), 0);
        return bytes;
      }),
    ],
    ['is truncated', false, change((bytes, place) => bytes.subarray(0, place))],
    ['is zeros from somewhere on', false, change((bytes, place) => bytes.fill(0, place))],
    ['is empty', true, change(() => Buffer.alloc(0))],
    ['has more behind it', true, change((bytes, place) => Buffer.concat([bytes, bytes.subarray(0, place)]))],
  ];

  for (const [what, lasting, arrange] of STATES) {
    it(`should give of any log the fixes that readLog gives when its index ${what}${lasting ? ', and then without reading its rows again' : ''}`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryLog, anyShare, arbitraryLog, async (log, share, other) => {
          rmSync(index, { force: true });
          await arrange(log, share, other);
          await holds();
          const { scanned } = await holds();
          if (lasting) expect(scanned).to.equal(0);
        }),
        runs(10),
      );
    });
  }

  it('should leave out a last row that is torn, wherever that is, until it is whole', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryLog, anyShare, async (log, share) => {
        rmSync(index, { force: true });
        const [bytes, header] = [Buffer.from(textOf(log)), Buffer.byteLength(log.header)];
        writeFileSync(path, bytes.subarray(0, header + Math.floor(share * (bytes.length - header))));
        await holds();
        writeFileSync(path, bytes);
        await holds();
      }),
      runs(20),
    );
  });

  it('should read a log of many rows, and then only what is new of it', async () => {
    const rows = FULL + 2000;
    writeFileSync(path, HEADER + rowsOf(rows));
    await makeIndex();
    appendFileSync(path, rowsOf(500, rows));
    const { fixes, reads } = await readAll();
    expect(reads.scanned).to.equal(500);
    expect(isDeepStrictEqual(fixes, (await expected()).fixes)).to.equal(true);
    const again = noReads();
    const csv = await open({ reads: again });
    expect(csv.segments.map(({ rows }) => rows)).to.deep.equal([FULL, 2000, 500]);
    expect(again.scanned).to.equal(0);
  });

  it('should have an index whose pages are not many times as many as its rows need, however often it was brought up to date', async () => {
    writeFileSync(path, HEADER);
    for (let i = 0; i < 100; i++) {
      appendFileSync(path, rowsOf(20, 20 * i));
      await makeIndex();
    }
    expect((await open()).segments.length).to.be.at.most(10);
    expect(statSync(index).size).to.be.at.most(40 * PAGE);
    expect(await holds()).to.include({ scanned: 0 });
  });

  it('should read no byte of the log again, but those of its header, once that has been left in peace', async () => {
    writeFileSync(path, HEADER + rowsOf(1000));
    await makeIndex();
    for (const deadline = performance.now() + 120_000; ; ) {
      const reads = noReads();
      await (await openIndexed(path, { reads })).close();
      expect(reads).to.include({ scanned: 0, rows: 0 });
      if (reads.verifiedBytes === 0) break;
      expect(performance.now()).to.be.lessThan(deadline);
    }
  });

  it('should not take the index of a log that was removed for that of another at its place of the disk, which is as long', async () => {
    writeFileSync(path, HEADER + rowsOf(1000));
    await upToDate(path);
    const { ino, size } = statSync(path);
    for (let again = 0; again < 100 && (again === 0 || statSync(path).ino !== ino); again++) {
      rmSync(path);
      writeFileSync(path, HEADER + rowsOf(1000, 1000));
    }
    expect(statSync(path).size).to.equal(size);
    const { scanned, verifiedBytes } = await holds();
    expect([scanned, verifiedBytes]).to.deep.equal([1000, size]);
  });

  it('should make another index when it is asked to, also of one that seems right', async () => {
    writeFileSync(path, HEADER + rowsOf(300));
    await makeIndex();
    expect(await holds({ anew: true })).to.include({ scanned: 300 });
    expect(await holds()).to.include({ scanned: 0 });
  });

  it('should find out that a row is another by now, whatever stands there', async () => {
    const [first, second] = [row('a', 1), row('b', 2)];
    writeFileSync(path, HEADER + first + second);
    const csv = await open();
    const entry = entriesOf(csv.segments[0]!, csv.segments[0]!.find(hashOf('b'))!)[0]!;
    for (const text of [
      row('b', 3),
      'x'.repeat(second.length),
      `"${'x'.repeat(second.length - 1)}`,
      `"a"x"${'\n'.repeat(second.length - 5)}`,
      '\0'.repeat(second.length),
      '',
    ]) {
      writeFileSync(path, HEADER + first + text);
      expect(() => csv.fix(entry), JSON.stringify(text)).to.throw(DamagedIndex, `the row at byte ${(HEADER + first).length} is another`);
    }
    writeFileSync(path, HEADER + first + second);
    expect(csv.fix(entry).device).to.equal('b');
  });

  it('should let others bring its index up to date while it is open', async () => {
    writeFileSync(path, HEADER + rowsOf(10));
    await open();
    appendFileSync(path, rowsOf(10, 10));
    expect((await holds()).scanned).to.equal(20);
    expect((await holds()).scanned).to.equal(0);
  });

  it('should read a row with quotes and a carriage return outside them', async () => {
    writeFileSync(path, `${HEADER.trim()},note,other\n${row('a', 1).trim()},b\rc,"d,e"\n`);
    await holds();
  });

  it('should read a row that is longer than many pages', async () => {
    writeFileSync(path, `${HEADER.trim()},note\n${row('a', 1).trim()},${'é'.repeat(100_000)}\n${row('b', 2).trim()},x\n`);
    await holds();
    expect((await holds()).scanned).to.equal(0);
  });

  it('should tell how far it is, and nothing when the index is up to date', async () => {
    writeFileSync(path, HEADER + rowsOf(20_000));
    const { size } = statSync(path);
    const told: [number, number][] = [];
    await readAll({ progress: (read, size) => told.push([read, size]) });
    expect(told.length).to.be.greaterThan(1);
    expect(told.at(-1)).to.deep.equal([size, size]);
    for (const [i, [read]] of told.entries()) expect(read).to.be.greaterThan(told[i - 1]?.[0] ?? 0);
    await readAll({ progress: () => { throw new Error('told'); } });
  });

  it('should say where the file is, and how far it was read', async () => {
    const whole = `${HEADER}${row('a', 1)}\n${row('b', 2)}`;
    writeFileSync(path, `${whole}\ntorn`);
    expect((await open()).place).to.deep.equal({ to: whole.length, before: Buffer.from(whole).subarray(-256) });
    writeFileSync(path, HEADER);
    expect(await open()).to.deep.include({ place: { to: 0, before: Buffer.alloc(0) }, segments: [] });
  });

  describe('where no index can be written', () => {
    const log = HEADER + rowsOf(400);
    beforeEach(() => { writeFileSync(path, log); });
    /** Every time all rows are read, and are right. */
    const readsThemAll = async () => {
      for (let i = 0; i < 2; i++) expect((await holds()).scanned).to.equal(400);
    };

    for (const [what, content] of [
      ['the file of somebody else', 'mine\n'],
      ['a large file of somebody else', 'mine\n'.repeat(5000)],
    ] as const) {
      it(`should leave ${what} in its place as it is`, async () => {
        writeFileSync(index, content);
        await readsThemAll();
        expect(await holds({ anew: true })).to.include({ scanned: 400 });
        expect(readFileSync(index, 'utf8')).to.equal(content);
        expect(isOpen(index)).to.equal(false);
      });
    }

    it('should leave a folder in its place as it is', async () => {
      mkdirSync(index);
      await readsThemAll();
      expect(readdirSync(index)).to.deep.equal([]);
    });

    it('should believe nothing of an index that somebody else has made, and leave it as it is', async () => {
      await makeIndex();
      const bytes = readFileSync(index);
      giveAway(index);
      await readsThemAll();
      expect(readFileSync(index).equals(bytes)).to.equal(true);
    });

    it('should not wait for a pipe in its place', async () => {
      if (!hasFifo()) return; // no such thing here
      await readsThemAll();
      expect(statSync(index).isFIFO()).to.equal(true);
    });

    it('should do without one while another writes it', async () => {
      const other = (await openIndexToUpdate(index, 0, noReads()))!;
      await readsThemAll();
      other.index.close();
      await holds();
      expect((await holds()).scanned).to.equal(0);
    });

    describe('for want of permission', () => {
      /** As somebody who owns nothing here, if this is the superuser, who may write everywhere. */
      const asAnybody = async (work: () => Promise<unknown>) => {
        if (process.getuid?.() !== 0) return work();
        process.seteuid!(65534);
        try {
          return await work();
        } finally {
          process.seteuid!(0);
        }
      };
      beforeEach(async () => {
        await holds(); // which loads what is loaded only when it is needed, while that may be read
        chmodSync(at(), 0o755);
      });
      afterEach(() => { chmodSync(folder, 0o755); });

      it('should make none in a folder that is not to be written', async () => {
        rmSync(index);
        chmodSync(folder, 0o555);
        await asAnybody(readsThemAll);
        expect(existsSync(index)).to.equal(false);
      });

      it('should use one that is not to be written as far as it goes, and leave it as it is', async () => {
        appendFileSync(path, rowsOf(100, 400));
        const before = readFileSync(index);
        chmodSync(index, 0o444);
        await asAnybody(async () => {
          for (let i = 0; i < 2; i++) expect((await holds()).scanned).to.equal(100);
        });
        expect(readFileSync(index).equals(before)).to.equal(true);
      });

      it('should do without one that is not to be read', async () => {
        chmodSync(index, 0);
        await asAnybody(readsThemAll);
      });
    });
  });

  it('should give of any log the fixes that readLog gives when the disk is full, and then make the index', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryLog, fc.constantFrom(0, 1), fc.nat(12), fc.nat(PAGE), async (log, share, pages, bytes) => {
        rmSync(index, { force: true });
        writeFileSync(path, textOf(log, share * Math.floor(log.rows.length / 2)));
        if (share > 0) await makeIndex();
        writeFileSync(path, textOf(log));
        disk.fillsUpAfter(pages * PAGE + bytes);
        try {
          await holds();
          await holds();
        } finally {
          disk.works();
        }
        await holds();
        expect((await holds()).scanned).to.equal(0);
      }),
      runs(20),
    );
  });

  it('should give several who open it at once the same, and leave an index that is right', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryLog, anyShare, fc.integer({ min: 2, max: 5 }), async (log, share, many) => {
        rmSync(index, { force: true });
        writeFileSync(path, textOf(log, Math.floor(share * log.rows.length)));
        await makeIndex();
        writeFileSync(path, textOf(log));
        await Promise.all(Array.from({ length: many }, () => holds()));
        expect((await holds()).scanned).to.equal(0);
      }),
      runs(13),
    );
  });

  it('should go on giving what was there when it was opened while the log grows and others bring its index up to date, or find that damaged', async () => {
    const devices = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 900, size: 'max' });
    await fc.assert(
      fc.asyncProperty(devices, devices, fc.nat(1000), async (before, after, read) => {
        rmSync(index, { force: true });
        writeFileSync(path, HEADER + before.map((device, i) => row(`d${device}`, 1000 + i)).join(''));
        await makeIndex();
        const { fixes } = await expected();
        const csv = await openIndexed(path);
        try {
          const segment = csv.segments[0]!;
          const [run] = [...segment.runs()].slice(-1);
          const given: Fix[] = [];
          for (let place = run!.first; place < run!.end; place++) {
            given.push(csv.fix(segment.entry(place)));
            if (given.length !== 1 + (read % (run!.end - run!.first))) continue;
            appendFileSync(path, after.map((device, i) => row(`d${device}`, 500 + i)).join(''));
            await makeIndex();
          }
          expect(given).to.deep.equal(fixes.filter(({ device }) => hashOf(device) === run!.hash));
        } catch (error) {
          if (!(error instanceof DamagedIndex)) throw error;
        } finally {
          await csv.close();
        }
      }),
      runs(20),
    );
  });

  describe('of what is no log', () => {
    const refused = async (options?: OpenIndexedOptions) => {
      const [failure, read] = [await failureOf(openIndexed(path, options)), await failureOf(expected())];
      expect(failure).to.be.instanceOf(FileError).with.property('message', read.message);
      if (existsSync(path)) expect(isOpen(path)).to.equal(false);
      if (existsSync(index)) expect(isOpen(index)).to.equal(false);
    };

    it('should say what readLog says', async () => {
      await refused();
      for (const text of ['', '\n', 'a,b\n', HEADER.trim(), `${HEADER}a,b\n`, `${HEADER}${rowsOf(3000)}a,b\n`, `${HEADER}${row('', 1)}`]) {
        writeFileSync(path, text);
        await refused();
        await refused();
      }
    });

    it('should name the line of a row that is not a fix, counted from the first, also when the index has the rows before', async () => {
      writeFileSync(path, `${HEADER}${row('a', 1)}\n${rowsOf(30, 2)}`);
      await makeIndex();
      for (const wrong of ['a,b\n', '\n\n"a\nb",c\n', Buffer.from([10, 0xe9, 10])]) {
        truncateSync(path, `${HEADER}${row('a', 1)}\n${rowsOf(30, 2)}`.length);
        appendFileSync(path, wrong);
        await refused();
      }
      truncateSync(path, `${HEADER}${row('a', 1)}\n${rowsOf(30, 2)}`.length);
      expect((await holds()).scanned).to.be.oneOf([0, 31]);
    });

    it('should not be opened if a folder has its name', async () => {
      mkdirSync(path);
      expect(await failureOf(openIndexed(path))).to.be.instanceOf(FileError);
    });
  });

  it('should end with an AbortError when it is aborted, let go of everything, and be right the next time', async () => {
    writeFileSync(path, HEADER + rowsOf(20_000));
    const controller = new AbortController();
    const failure = await failureOf(openIndexed(path, { signal: controller.signal, progress: () => { controller.abort(); } }));
    expect(failure).to.have.property('name', 'AbortError');
    for (const file of [path, index]) expect(isOpen(file)).to.equal(false);
    await holds();
    expect((await holds()).scanned).to.equal(0);
  });

  it('should let go of both files when it is closed', async () => {
    writeFileSync(path, HEADER + rowsOf(20));
    for (let i = 0; i < 2; i++) {
      const csv = await openIndexed(path);
      expect([isOpen(path), isOpen(index)]).to.deep.equal([true, true]);
      await csv.close();
      expect([isOpen(path), isOpen(index)]).to.deep.equal([false, false]);
    }
  });
});
