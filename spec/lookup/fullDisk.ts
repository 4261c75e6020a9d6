import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** A disk that may fill up, for those who write synchronously, until the end of the test. */
export interface FullDisk {
  /** Has room for so many bytes more: writes the part that fits, and nothing from then on. */
  fillsUpAfter(bytes: number): void;
  /** Is put right. */
  works(): void;
}

/** Patches the synchronous writes of `node:fs`, and puts them right after each test. */
export function fullDisk(): FullDisk {
  const { writeSync } = fs;
  const patch = (write: unknown) => {
    Object.assign(fs, { writeSync: write });
    syncBuiltinESMExports();
  };
  const works = () => { patch(writeSync); };
  afterEach(works);
  return {
    works,
    fillsUpAfter: (bytes) => {
      let room = bytes;
      patch((descriptor: number, given: Buffer, from: number, length: number, position: number) => {
        if (room === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
        const written = writeSync(descriptor, given, from, Math.min(length, room), position);
        room -= written;
        return written;
      });
    },
  };
}
