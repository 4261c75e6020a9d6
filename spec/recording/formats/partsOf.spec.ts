import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { chunksOf } from '../../support/chunksOf.js';
import { failureOf } from '../../support/failureOf.js';
import { recorded } from '../../support/recorded.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed';
const ROW = '7,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3';

describe('partsOf', () => {
  const at = temporaryFolder();

  it('should read what gzip has packed, in one part or several', async () => {
    const text = `${HEADER}\n${`${ROW}\n`.repeat(50_000)}`;
    writeFileSync(at('packed.csv'), Buffer.concat([gzipSync(text.slice(0, 1000)), gzipSync(text.slice(1000))]));
    const { fixes, rejected } = await recorded(at('packed.csv'));
    expect([fixes.length, rejected.length]).to.deep.equal([50_000, 0]);
  });

  it('should know what gzip has packed wherever a chunk is cut, also after its first byte', async () => {
    const text = `${HEADER}\n${ROW}`;
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), gzipSync(text), gzipSync(`\ufeff${text}`)]) {
      for (let cut = 1; cut < bytes.length; cut++) {
        const { fixes } = await recorded([{ name: 'standard input', chunks: chunksOf(bytes, [1, cut]) }]);
        expect(fixes.map(({ device }) => device), String(cut)).to.deep.equal(['7']);
      }
    }
  });

  it('should say that a packed file is torn', async () => {
    writeFileSync(at('torn.csv.gz'), gzipSync(`${HEADER}\n`).subarray(0, -9));
    const { message } = await failureOf(recorded(at('torn.csv.gz')));
    expect(message).to.equal(`cannot read ${at('torn.csv.gz')}: unexpected end of file (it is cut off: get the whole file)`);
  });
});
