import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Input } from '../../src/recording/Input.js';
import { sizeOf } from '../../src/domain/FixBatch.js';
import { openRecording } from '../../src/recording/openRecording.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed,note\n';
const ROW = '7,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3,';

describe('openRecording', () => {
  const at = temporaryFolder();

  /** Makes sure that the content told of a file is what the file is. */
  const expectContent = async (text: string) => {
    writeFileSync(at('recording.csv'), text);
    const bytes = readFileSync(at('recording.csv'));
    const { content } = await openRecording(at('recording.csv'));
    expect(content).to.deep.equal({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  };

  it('should tell the bytes and the SHA-256 of any recording', async () => {
    await fc.assert(fc.asyncProperty(arbitraryRecording, expectContent), { numRuns: 200 });
  });

  for (const [what, text] of [
    ['one with quotes from its first row on', `${HEADER}${`${ROW}"two\nlines"\n`.repeat(20_000)}`],
    ['one with its first quote in a later block', `${HEADER}${`${ROW}plain\n`.repeat(20_000)}${ROW}"a,b"\n`],
    ['one with a BOM and a last row that is not ended', `\ufeff${HEADER}${ROW}`],
    ['one of no rows', HEADER],
  ] as const) {
    it(`should tell them of ${what}`, async () => {
      await expectContent(text);
    });
  }

  it('should read a recording of any number of columns in a moment', async () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `column ${i}`);
    writeFileSync(at('wide.csv'), `${HEADER.replace('note', names.join())}${ROW}${','.repeat(names.length - 1)}\n`);
    const { rows, extra } = await openRecording([{ name: at('wide.csv') }, { name: at('wide.csv') }]);
    expect(rows).to.equal(2);
    expect(extra).to.deep.equal(names);
  });

  describe('told how far it is', () => {
    const rows = 40_000;
    const text = HEADER + `${ROW}plain\n`.repeat(rows);
    const told = async (input: string | readonly Input[], inOrder = false) => {
      const shares: [rows: number, share: number | undefined][] = [];
      let read = 0;
      const recording = await openRecording(input, { inOrder, read: (rows, share) => { shares.push([rows, share]); } });
      for await (const batch of recording.batches) read += sizeOf(batch);
      await recording.close();
      expect(read).to.equal(rows);
      return shares;
    };

    for (const [what, bytes] of [
      ['a plain file', Buffer.from(text)],
      ['one with quotes', Buffer.from(text.replaceAll('plain', '"a,b"'))],
      ['one that is packed', gzipSync(text)],
    ] as const) {
      it(`should tell how many rows, and which share, have been read of ${what}`, async () => {
        writeFileSync(at('long.csv'), bytes);
        writeFileSync(at('short.csv'), HEADER);
        for (const inOrder of [false, true]) {
          const shares = await told([{ name: at('long.csv') }, { name: at('short.csv') }], inOrder);
          expect(shares).to.have.length.at.least(5);
          expect(shares).to.deep.equal([...shares].sort(([, a = NaN], [, b = NaN]) => a - b));
          expect(shares[0]![1]).to.be.greaterThan(0);
          expect(shares.at(-1)).to.deep.equal([rows, 1]);
        }
      });
    }

    it('should tell no share of what has no size', async () => {
      const shares = await told([{ name: 'a pipe', chunks: (async function* () { yield await Promise.resolve(Buffer.from(text)); })() }]);
      expect(shares).to.deep.equal([[rows, undefined]]);
    });
  });

  it('should tell another SHA-256 when one letter differs', async () => {
    const [one = '', other] = await Promise.all(
      ['a', 'b'].map(async (note) => {
        writeFileSync(at(note), `${HEADER}${ROW}${note}\n`);
        return (await openRecording(at(note))).content!.sha256;
      }),
    );
    expect(one).not.to.equal(other);
  });
});
