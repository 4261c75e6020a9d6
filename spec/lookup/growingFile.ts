import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Growing } from '../../src/lookup/Indexer.js';
import type { Stamp } from '../../src/lookup/stamp.js';

/** A file that a spec lets grow, as a log does. */
export class GrowingFile implements Growing {
  readonly path: string;
  readonly descriptor: number;
  size = 0;
  crc = 0;
  state: Stamp | undefined;

  constructor(path: string) {
    this.path = path;
    this.descriptor = openSync(path, 'wx+');
  }

  write(text: string): void {
    if (text === '') return;
    const bytes = Buffer.from(text);
    writeSync(this.descriptor, bytes);
    this.size += bytes.length;
    this.crc = crc32(bytes, this.crc);
    this.state = fstatSync(this.descriptor, { bigint: true });
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
