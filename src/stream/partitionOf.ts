import { crc32 } from 'node:zlib';

/** The partition of a device, from 0: the CRC-32 (that of gzip, RFC 1952) of its id in UTF-8, modulo their number. */
export function partitionOf(device: string, partitions: number): number {
  return crc32(device) % partitions;
}
