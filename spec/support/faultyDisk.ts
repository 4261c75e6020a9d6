import { open, type FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** How a disk may fail, until the end of the test. */
export interface FaultyDisk {
  /** Writes no more than so many bytes at once, as a system may. */
  writesAtMost(bytes: number): void;
  /** Has room for so many bytes more: writes the part that fits, and nothing from then on. */
  fillsUpAfter(bytes: number): void;
  failsToSync(): void;
  failsToTruncate(): void;
  /** Is put right. */
  works(): void;
}

type Write = (this: FileHandle, bytes: Buffer, from: number, length: number) => Promise<{ bytesWritten: number }>;

const fault = (code: string, errno: number) => Object.assign(new Error(code), { code, errno });
const rejects = (code: string, errno: number) => () => Promise.reject(fault(code, errno));

/** A disk that fails when it is told to: patches what every file handle does, and puts it right after each test. */
export function faultyDisk(): FaultyDisk {
  let prototype: FileHandle;
  let working: Record<string, PropertyDescriptor>;
  before(async () => {
    const handle = await open(fileURLToPath(import.meta.url));
    prototype = Object.getPrototypeOf(handle) as FileHandle;
    working = Object.getOwnPropertyDescriptors(prototype);
    await handle.close();
  });
  const works = () => { Object.defineProperties(prototype, working); };
  afterEach(works);

  const writing = (room: () => number, wrote: (bytes: number) => void) => {
    const really = working['write']!.value as Write;
    const write = async function (this: FileHandle, given: Buffer | string, from = 0) {
      const bytes = Buffer.from(given);
      const length = Math.min(bytes.length - from, room());
      if (length === 0) throw fault('ENOSPC', -28);
      const written = await really.call(this, bytes, from, length);
      wrote(written.bytesWritten);
      return written;
    };
    Object.assign(prototype, { write });
  };
  return {
    works,
    writesAtMost: (bytes) => { writing(() => bytes, () => undefined); },
    fillsUpAfter: (bytes) => {
      let room = bytes;
      writing(() => room, (written) => (room -= written));
    },
    failsToSync: () => { Object.assign(prototype, { datasync: rejects('EIO', -5) }); },
    failsToTruncate: () => { Object.assign(prototype, { truncate: rejects('EIO', -5) }); },
  };
}
