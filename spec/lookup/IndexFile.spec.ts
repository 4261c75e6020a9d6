import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import type { IndexFile } from '../../src/lookup/IndexFile.js';
import { createIndex, indexPath, openIndex, openIndexToUpdate } from '../../src/lookup/openIndex.js';
import { PAGE } from '../../src/lookup/page.js';
import { noReads } from '../../src/lookup/Reads.js';
import { NO_STAMP } from '../../src/lookup/stamp.js';
import { eventually } from '../support/eventually.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { stranger } from '../support/stranger.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { arbitraryRows, bytesOf, inStretches, segmentOf, toldBy, type IndexedRow, type ToldBy } from './arbitraryRows.js';
import { fullDisk } from './fullDisk.js';

/** Some segments that follow each other; some are added in part at first. */
const arbitraryStretches = fc.tuple(arbitraryRows, fc.array(fc.tuple(fc.nat(600), fc.boolean()), { maxLength: 3 })).map(([rows, cuts]) =>
  inStretches(rows, cuts.map(([length]) => length)).flatMap((stretch, i) => {
    const half = stretch.slice(0, Math.floor(stretch.length / 2));
    return cuts[i]?.[1] && half.length > 0 ? [half, stretch] : [stretch];
  }),
);

describe('indexPath', () => {
  it('should be beside the file', () => {
    expect(indexPath('a/x.late.csv')).to.equal('a/x.late.csv.index');
  });
});

describe('IndexFile', () => {
  const at = temporaryFolder();
  const disk = fullDisk();
  const giveAway = stranger();
  let path = '';
  let count = 0;
  let csv = -1;
  beforeEach(() => {
    mkdirSync(at(String(++count)));
    path = at(String(count), 'x.csv.index');
    writeFileSync(at(String(count), 'x.csv'), 'time\n');
    csv = openSync(at(String(count), 'x.csv'), 'r+');
  });
  afterEach(() => { closeSync(csv); });

  const startOf = (rows: readonly IndexedRow[]) => rows[0]!.start;
  const end = (rows: readonly IndexedRow[]) => rows.at(-1)!.start + rows.at(-1)!.bytes;

  /** Makes an index of stretches of rows, and gives what each says. */
  const make = async (stretches: readonly (readonly IndexedRow[])[], index?: IndexFile): Promise<readonly ToldBy[]> => {
    if (!index) rmSync(path, { force: true }); // of which there may be too little left to be known
    const made = index ?? (await createIndex(path, noReads()));
    const told = stretches.map((stretch, i) => {
      const before = stretches.slice(0, i).findLast((other) => startOf(other) < startOf(stretch));
      return toldBy(made.append(bytesOf(stretch, i, before ? end(before) : 0)));
    });
    if (!index) made.close();
    return told;
  };

  /**
   * What the index at the path says, as far as it is not damaged; it must hold nothing but segments that were made, one
   * after the other.
   */
  const readAll = (made: readonly ToldBy[]): { readonly rows: number; readonly damaged: boolean } => {
    const index = openIndex(path, noReads())!;
    let [to, rows, damaged] = [0, 0, false];
    for (const segment of index.segments) {
      const same = made.find(({ crc }) => crc === segment.crc)!;
      expect([segment.from, segment.to, segment.rows]).to.deep.equal([to, same.to, same.rows]);
      ({ to } = segment);
      rows += segment.rows;
      try {
        expect(toldBy(segment)).to.deep.equal(same);
      } catch (error) {
        if (!(error instanceof DamagedIndex)) throw error;
        damaged = true;
      }
    }
    index.close();
    return { rows, damaged };
  };

  const rowsOf = (count: number, from = 0): readonly IndexedRow[] =>
    Array.from({ length: count }, (_, i) => ({ device: `d${i % 3}`, event: i, arrival: i, start: from + i * 10, bytes: 10 }));

  it('should give what was appended to it, when it is opened again too', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStretches, async (stretches) => {
        const index = await createIndex(path, noReads());
        const made = await make(stretches, index);
        const held = index.segments.map(toldBy);
        expect(held.map(({ from }) => from)).to.deep.equal([...new Set(made.map(({ from }) => from))]);
        index.close();
        const opened = openIndex(path, noReads())!;
        expect(opened.segments.map(toldBy)).to.deep.equal(held);
        opened.close();
      }),
      { numRuns: 50 },
    );
  });

  it('should have a segment take the place of those that start where it does or later', async () => {
    const [a, b, c] = [rowsOf(10), rowsOf(20, 100), rowsOf(5, 300)];
    const told = await make([a, b, c, [...b, ...c]]);
    const index = openIndex(path, noReads())!;
    expect(index.segments.map(toldBy)).to.deep.equal([told[0], told[3]]);
    index.close();
  });

  it('should read a page for each segment when it is opened, whatever its size', async () => {
    await make([rowsOf(5000), rowsOf(3000, 50_000)]);
    const reads = noReads();
    openIndex(path, reads)!.close();
    expect(reads).to.deep.equal({ ...noReads(), pages: 2 });
  });

  for (const [what, harm] of [
    [
      'of which any byte is another',
      (bytes: Buffer, place: number, bit: number) => {
        bytes[place]! ^= 1 << bit;
      },
    ],
    ['that ends at any byte', (bytes: Buffer, place: number) => bytes.subarray(0, place)],
    [
      'of which any stretch is zeros',
      (bytes: Buffer, place: number, bit: number) => bytes.fill(0, place, Math.min(bytes.length, place + 8 ** (bit % 5))),
    ],
  ] as const) {
    it(`should give of an index ${what} a true beginning, and find damaged what it cannot read of it`, async () => {
      const places = fc.array(
        fc.tuple(
          fc.nat(9999).map((part) => part / 10_000),
          fc.nat(7),
        ),
        { minLength: 1, maxLength: 25 },
      );
      await fc.assert(
        fc.asyncProperty(arbitraryStretches, places, async (stretches, places) => {
          const made = await make(stretches);
          const whole = readFileSync(path);
          const all = readAll(made);
          expect(all.damaged).to.equal(false);
          for (const [share, bit] of places) {
            const bytes = Buffer.from(whole);
            writeFileSync(path, harm(bytes, Math.floor(share * bytes.length), bit) ?? bytes);
            const { rows, damaged } = readAll(made);
            if (share * whole.length < PAGE && what.includes('byte is')) expect({ rows, damaged }).to.deep.equal(all);
          }
        }),
        { numRuns: 60 },
      );
    });
  }

  it('should notice any bit of a segment that is another, and be open to be put right with any of its first page so', async () => {
    const made = await make([rowsOf(200)]);
    const whole = readFileSync(path);
    for (let place = 0; place < whole.length; place += 61) {
      const bytes = Buffer.from(whole);
      bytes[place]! ^= 1 << (place % 8);
      writeFileSync(path, bytes);
      const { rows, damaged } = readAll(made);
      expect(rows === 0 || damaged).to.equal(place >= PAGE);
      const updating = await openIndexToUpdate(path, csv, noReads());
      expect(updating?.isOf).to.equal(false);
      updating!.index.close();
    }
  });

  describe('openIndex', () => {
    it('should give none if there is none, or but a folder, and not wait for a pipe', () => {
      expect(openIndex(path, noReads())).to.equal(undefined);
      expect(openIndex(at('none', 'x'), noReads())).to.equal(undefined);
      expect(openIndex(at(), noReads())).to.equal(undefined);
      if (spawnSync('mkfifo', [path]).status === 0) expect(openIndex(path, noReads())).to.equal(undefined);
    });

    it('should give one without segments for what is none', () => {
      for (const text of ['', 'mine\n', 'x'.repeat(3 * PAGE)]) {
        writeFileSync(path, text);
        const index = openIndex(path, noReads())!;
        expect(index.segments).to.deep.equal([]);
        expect(index.isOf(csv)).to.equal(false);
        index.close();
      }
    });
  });

  describe('in a folder where others may write', () => {
    const elsewhere = () => at(String(count), 'elsewhere');

    it('should be read by no link', async () => {
      await make([rowsOf(10)]);
      renameSync(path, elsewhere());
      symlinkSync(elsewhere(), path);
      expect(openIndex(path, noReads(), csv)).to.equal(undefined);
    });

    it('should be made and brought up to date by no link, to an index or to nothing', async () => {
      symlinkSync(elsewhere(), path);
      expect(await openIndexToUpdate(path, csv, noReads())).to.equal(undefined);
      expect(existsSync(elsewhere())).to.equal(false);
      writeFileSync(elsewhere(), '');
      expect(await openIndexToUpdate(path, csv, noReads())).to.equal(undefined);
      expect(statSync(elsewhere()).size).to.equal(0);
    });

    it('should take the place of no link', async () => {
      await make([rowsOf(10)]);
      renameSync(path, elsewhere());
      const bytes = readFileSync(elsewhere());
      symlinkSync(elsewhere(), path);
      expect(await failureOf(createIndex(path, noReads()))).to.have.property(
        'message',
        `${path} was not written by lastfix: move it away`,
      );
      expect(readFileSync(elsewhere()).equals(bytes)).to.equal(true);
    });

    it('should be brought up to date in no file that has another name', async () => {
      writeFileSync(elsewhere(), '');
      linkSync(elsewhere(), path);
      expect(await openIndexToUpdate(path, csv, noReads())).to.equal(undefined);
      expect(statSync(elsewhere()).size).to.equal(0);
    });

    it('should not be taken from somebody else, who could make it tell lies of the file', async () => {
      await make([rowsOf(10)]);
      giveAway(path);
      expect(openIndex(path, noReads(), csv)).to.equal(undefined);
      expect(await openIndexToUpdate(path, csv, noReads())).to.equal(undefined);
    });

    it('should be taken from who has the file itself', async () => {
      await make([rowsOf(10)]);
      for (const owned of [path, at(String(count), 'x.csv')]) giveAway(owned);
      openIndex(path, noReads(), csv)!.close();
      (await openIndexToUpdate(path, csv, noReads()))!.index.close();
    });
  });

  describe('createIndex', () => {
    it('should take the place of what index there was, which those go on reading who have it open', async () => {
      await make([rowsOf(10)]);
      const before = openIndex(path, noReads())!;
      const created = await createIndex(path, noReads());
      const told = await make([rowsOf(300), rowsOf(20, 3000)], created);
      created.close();
      expect(before.segments.map(({ rows }) => rows)).to.deep.equal([10]);
      expect(toldBy(before.segments[0]!).runs.length).to.equal(3);
      before.close();
      expect(readAll(told).rows).to.equal(320);
      expect(readdirSync(at(String(count))).sort()).to.deep.equal(['x.csv', 'x.csv.index']);
    });

    it('should take the place of what is left of one', async () => {
      for (const left of [Buffer.alloc(0), Buffer.alloc(3 * PAGE)]) {
        writeFileSync(path, left);
        const created = await createIndex(path, noReads());
        expect(readAll(await make([rowsOf(10)], created)).rows).to.equal(10);
        created.close();
      }
    });

    it('should refuse to take the place of anything else, and leave nothing behind', async () => {
      const refused = async () => {
        expect((await failureOf(createIndex(path, noReads()))).message).to.equal(`${path} was not written by lastfix: move it away`);
        expect(readdirSync(at(String(count))).sort()).to.deep.equal(['x.csv', 'x.csv.index']);
      };
      writeFileSync(path, 'mine\n');
      await refused();
      expect(readFileSync(path, 'utf8')).to.equal('mine\n');
      rmSync(path);
      mkdirSync(path);
      await refused();
      rmSync(path, { recursive: true });
      if (spawnSync('mkfifo', [path]).status === 0) await refused();
    });

    it('should leave what there was, and nothing beside it, if there is no room', async () => {
      const told = await make([rowsOf(10)]);
      for (const room of [0, 100]) {
        disk.fillsUpAfter(room);
        expect((await failureOf(createIndex(path, noReads()))).message).to.include('no space left');
        disk.works();
      }
      expect(readAll(told).rows).to.equal(10);
      expect(readdirSync(at(String(count))).sort()).to.deep.equal(['x.csv', 'x.csv.index']);
    });
  });

  describe('openIndexToUpdate', () => {
    const update = () => openIndexToUpdate(path, csv, noReads());

    it('should make one if there is none', async () => {
      const { index, isOf } = (await update())!;
      const told = await make([rowsOf(10)], index);
      index.close();
      expect(isOf).to.equal(false);
      expect(readAll(told).rows).to.equal(10);
    });

    it('should go on with what is there, or with as much of it as is kept', async () => {
      const told = await make([rowsOf(10), rowsOf(300, 100), rowsOf(20, 3100)]);
      const { index } = (await update())!;
      expect(index.segments.map(toldBy)).to.deep.equal(told);
      index.keep(1);
      const again = toldBy(index.append(bytesOf(rowsOf(7, 100), 9, 100)));
      index.close();
      expect(readAll([told[0]!, again])).to.deep.equal({ rows: 17, damaged: false });
      expect(statSync(path).size).to.equal(13 * PAGE);
    });

    it('should be for one at a time, also while a run keeps it', async () => {
      const created = await createIndex(path, noReads());
      expect(await update()).to.equal(undefined);
      created.close();
      const { index } = (await update())!;
      expect(await update()).to.equal(undefined);
      index.close();
      (await update())!.index.close();
    });

    it('should be for the next as soon as it is released, and go on to be read', async () => {
      const { index } = (await update())!;
      await make([rowsOf(10)], index);
      index.release();
      const { index: next } = (await update())!;
      expect(index.segments.map(toldBy)).to.deep.equal(next.segments.map(toldBy));
      for (const opened of [index, next]) opened.close();
    });

    it('should change nothing of what is no index, nor wait for it, and let go of it', async () => {
      writeFileSync(path, 'mine\n');
      expect(await update()).to.equal(undefined);
      expect(readFileSync(path, 'utf8')).to.equal('mine\n');
      expect(isOpen(path)).to.equal(false);
      rmSync(path);
      mkdirSync(path);
      expect(await update()).to.equal(undefined);
      expect(readdirSync(path)).to.deep.equal([]);
      rmSync(path, { recursive: true });
      if (spawnSync('mkfifo', [path]).status === 0) expect(await update()).to.equal(undefined);
      expect(await openIndexToUpdate(at('none', 'x'), csv, noReads())).to.equal(undefined);
    });

    it('should give none if there is no room to say that it is being written', async () => {
      disk.fillsUpAfter(0);
      expect(await update()).to.equal(undefined);
      expect(isOpen(path)).to.equal(false);
    });

    it('should take its stamp away, so that nobody trusts what is half written', async () => {
      const created = await createIndex(path, noReads());
      created.stamp(fstatSync(csv, { bigint: true }));
      expect(created.isOf(csv)).to.equal(true);
      created.close();
      const { index, isOf } = (await update())!;
      expect(isOf).to.equal(true);
      expect(index.isOf(csv)).to.equal(false);
      index.close();
    });
  });

  describe('append', () => {
    it('should leave a true beginning if the disk is full', async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryStretches, fc.nat(40_000), async (stretches, room) => {
          const made = stretches.map((stretch, i) => {
            const before = stretches.slice(0, i).findLast((other) => startOf(other) < startOf(stretch));
            return toldBy(segmentOf(stretch, i, before ? end(before) : 0));
          });
          const index = await createIndex(path, noReads());
          disk.fillsUpAfter(room);
          await make(stretches, index).catch((error: unknown) => { expect(error).to.have.property('code', 'ENOSPC'); });
          disk.works();
          const held = index.segments.reduce((sum, { rows }) => sum + rows, 0);
          index.close();
          expect(readAll(made)).to.deep.equal({ rows: held, damaged: false });
        }),
        { numRuns: 50 },
      );
    });
  });

  describe('isOf', () => {
    it('should hold for the file in the state that is stamped, by whatever name, and for no other', async () => {
      const index = await createIndex(path, noReads());
      expect(index.isOf(csv)).to.equal(false);
      index.stamp(fstatSync(csv, { bigint: true }));
      expect(index.isOf(csv)).to.equal(true);
      copyFileSync(at(String(count), 'x.csv'), at('copy.csv'));
      const copy = openSync(at('copy.csv'), 'r');
      expect(index.isOf(copy)).to.equal(false);
      closeSync(copy);
      appendFileSync(at(String(count), 'x.csv'), 'x');
      expect(index.isOf(csv)).to.equal(false);
      index.close();
    });

    it('should not hold when it was written again in place with as many bytes', async () => {
      const index = await createIndex(path, noReads());
      const stamped = fstatSync(csv, { bigint: true });
      index.stamp(stamped);
      await eventually(() => {
        writeFileSync(at(String(count), 'x.csv'), 'emit\n');
        return fstatSync(csv, { bigint: true }).ctimeNs !== stamped.ctimeNs;
      });
      expect(index.isOf(csv)).to.equal(false);
      index.close();
    });
  });

  describe('stateOf', () => {
    it('should vouch for a file only when any change of it would show', async () => {
      const index = await createIndex(path, noReads());
      await eventually(() => {
        const { ctimeNs } = fstatSync(csv, { bigint: true });
        const state = index.stateOf(csv);
        const passed = statSync(path, { bigint: true }).ctimeNs - ctimeNs;
        expect(state.ctimeNs).to.equal(passed > 20_000_000n ? ctimeNs : NO_STAMP.ctimeNs);
        expect(index.isOf(csv)).to.equal(false);
        if (state === NO_STAMP) return false;
        index.stamp(state);
        return true;
      });
      expect(index.isOf(csv)).to.equal(true);
      truncateSync(at(String(count), 'x.csv'), 1);
      expect(index.isOf(csv)).to.equal(false);
      index.close();
    });
  });
});
