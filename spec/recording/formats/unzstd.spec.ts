import { expect } from 'chai';
import { chunksOf } from '../../support/chunksOf.js';
import { failureOf } from '../../support/failureOf.js';
import { partsRead } from '../../support/partsRead.js';
import { unzstd } from '../../../src/recording/formats/unzstd.js';

const CSV = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n7,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3\n';
/** What the program zstd 1.5 makes of it. */
const PACKED = Buffer.from(
  'KLUv/SRnhQIA4kQRF5CnbUgIwyck97i+MeE7SXVJDGP9U4ELo/zcMTNmBi9QkNiRQ8Pj74CRqgWfm1+s1Ix0bRMMB3VNRG8n9VxUGCAVbEIzAgDHmYodCh4gDNBE',
  'base64',
);
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** A frame of blocks that repeat one byte 128 KiB times, each of four bytes; the window is 128 KiB. */
const bomb = (blocks: number) => {
  const block = (isLast: boolean) => {
    const header = (isLast ? 1 : 0) | (1 << 1) | (131_072 << 3);
    return [header & 0xff, (header >> 8) & 0xff, (header >> 16) & 0xff, 0x20];
  };
  return Buffer.from([...MAGIC, 0x00, 7 << 3, ...Array.from({ length: blocks }, (_, i) => block(i === blocks - 1)).flat()]);
};

describe('unzstd', () => {
  const read = async (bytes: Buffer, cuts: readonly number[] = []) => (await partsRead({ name: 'in.csv.zst', bytes, cuts }))[0]!.text;

  it('should read what zstd has packed, in one frame or several, wherever a chunk is cut', async () => {
    for (let cut = 1; cut < PACKED.length; cut++) expect(await read(PACKED, [1, cut])).to.equal(CSV);
    expect(await read(Buffer.concat([PACKED, PACKED]))).to.equal(CSV + CSV);
  });

  it('should say that a file is cut off, or damaged', async () => {
    const said = async (bytes: Buffer) => (await failureOf(read(bytes))).message;
    expect(await said(PACKED.subarray(0, -12))).to.equal('cannot unpack in.csv.zst: it is cut off or damaged: get it again');
    const damaged = Buffer.from(PACKED);
    damaged.fill(0xff, 12, 30);
    expect(await said(damaged)).to.equal('cannot unpack in.csv.zst: it is damaged (invalid zstd data): get it again');
  });

  it('should refuse a window that takes more memory than zstd itself would', async () => {
    const long = Buffer.from([...MAGIC, 0x00, 21 << 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect((await failureOf(read(long))).message).to.equal(
      'in.csv.zst is compressed with zstd with a window of 2048 MiB: unpack it first, with zstd -d --long=31',
    );
  });

  it('should unpack a little at a time of what was made to become large', async () => {
    const chunks = unzstd('bomb.zst', chunksOf(bomb(100_000))); // 400 kB that are 12 GiB
    let bytes = 0;
    for (let i = 0; i < 4096; i++) bytes += (await chunks.next()).value!.length;
    await chunks.return();
    expect(bytes).to.equal(4096 * 131_072);
    expect(process.memoryUsage().arrayBuffers).to.be.below(256 * 2 ** 20);
  });
});
