import { crc32 } from 'node:zlib';

/** What stands for a number that is in the extra field of zip64. */
const [IN_EXTRA, IN_EXTRA_SHORT] = [0xffff_ffff, 0xffff];
const u16 = (value: number) => { const bytes = Buffer.alloc(2); bytes.writeUInt16LE(value); return bytes; };
const u32 = (value: number) => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(value); return bytes; };
const u64 = (value: number) => { const bytes = Buffer.alloc(8); bytes.writeBigUInt64LE(BigInt(value)); return bytes; };

/** A zip archive of one stored member whose sizes and places are all those of zip64 (APPNOTE 4.3.14, 4.5.3), as of archives over 4 GiB. */
export function zip64(name: string, content: Buffer): Buffer {
  const title = Buffer.from(name);
  const about = (sizes: Buffer) => [
    u16(45),
    u16(0),
    u16(0),
    u32(0),
    u32(crc32(content)),
    u32(IN_EXTRA),
    u32(IN_EXTRA),
    u16(title.length),
    u16(sizes.length),
  ];
  const sizes = Buffer.concat([u16(1), u16(16), u64(content.length), u64(content.length)]);
  const sizesAndPlace = Buffer.concat([u16(1), u16(24), u64(content.length), u64(content.length), u64(0)]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), ...about(sizes), title, sizes, content]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02'), u16(45), ...about(sizesAndPlace), u16(0), u16(0), u16(0), u32(0), u32(IN_EXTRA), title, sizesAndPlace,
  ]);
  const end64 = [
    Buffer.from('PK\x06\x06'),
    u64(44),
    u16(45),
    u16(45),
    u32(0),
    u32(0),
    u64(1),
    u64(1),
    u64(central.length),
    u64(local.length),
  ];
  const locator = [Buffer.from('PK\x06\x07'), u32(0), u64(local.length + central.length), u32(1)];
  const end = [Buffer.from('PK\x05\x06'), u16(0), u16(0), u16(IN_EXTRA_SHORT), u16(IN_EXTRA_SHORT), u32(IN_EXTRA), u32(IN_EXTRA), u16(0)];
  return Buffer.concat([local, central, ...end64, ...locator, ...end]);
}
