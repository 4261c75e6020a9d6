import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { dialect, plain, plainFix } from '../support/dialects.js';
import { playFile } from '../support/playFile.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { runs } from '../support/runs.js';

describe('a recording in any dialect', () => {
  const at = temporaryFolder();

  it('should become the same three files as the plain one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(plainFix, { minLength: 1, maxLength: 12 }),
        dialect,
        fc.boolean(),
        async (fixes, { options, write }, packed) => {
          writeFileSync(at('plain.csv'), plain(fixes));
          writeFileSync(at('other.csv'), packed ? gzipSync(write(fixes)) : write(fixes));
          const expected = await playFile(at('plain.csv'), at('plain-log.csv'));
          expect(expected.rejected).to.equal('line,reason,record\n');
          expect(await playFile(at('other.csv'), at('other-log.csv'), { reading: options })).to.deep.equal(expected);
        },
      ),
      runs(66),
    );
  });

  it('should become the same as one stream of several dialects', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plainFix, { minLength: 2, maxLength: 12 }), dialect, async (fixes, { options, write }) => {
        fc.pre(Object.keys(options.layout ?? {}).length === 0); // what is said is said of all inputs
        const half = fixes.length >> 1;
        writeFileSync(at('plain.csv'), plain(fixes));
        writeFileSync(at('first.csv'), write(fixes.slice(0, half)));
        writeFileSync(at('second.csv'), plain(fixes.slice(half)));
        const expected = await playFile(at('plain.csv'), at('plain-log.csv'));
        const inputs = ['first.csv', 'second.csv'].map((name) => ({ name: at(name) }));
        expect(await playFile(inputs, at('other-log.csv'))).to.deep.equal(expected);
      }),
      runs(13),
    );
  });

  for (const quote of ['', '"']) {
    it(`should lose only the row whose bytes are not text in the given encoding, ${quote === '' ? 'without' : 'with'} quotes`, async () => {
      const row = (second: number, note: Buffer) =>
        Buffer.concat([
          Buffer.from(`a,1,2,2021-10-23T12:00:0${second}Z,2021-10-23T12:00:0${second}Z,,${quote}`),
          note,
          Buffer.from(`${quote}\n`),
        ]);
      const [tokyo, wrong] = [Buffer.from([0x93, 0x8c, 0x8b, 0x9e]), Buffer.from([0x93, 0x8c, 0xff])]; // 東京 in Shift JIS
      const header = Buffer.from('device_fk_id,latitude,longitude,time_stamp,sts,speed,note\n');
      writeFileSync(at('tokyo.csv'), Buffer.concat([header, row(1, tokyo), row(2, wrong), row(3, tokyo)]));
      const { changes, rejected } = await playFile(at('tokyo.csv'), at('log.csv'), { reading: { layout: { encoding: 'shift_jis' } } });
      expect(changes.split('\n').slice(1, -1).map((line) => line.split(',').at(-1))).to.deep.equal(['東京', '東京']);
      expect(rejected).to.match(
        /^line,reason,record\n3,"a byte after [^\n]*東"" is not text in the encoding of the file: check --encoding",[^\n]+\n$/,
      );
    });
  }
});
