import type { FileHandle } from 'node:fs/promises';
import { expect } from 'chai';
import { readChunks } from '../../src/csv/readChunks.js';
import { failureOf } from '../support/failureOf.js';
import { somethingElse } from '../support/somethingElse.js';

/** A file whose reads give these, one after the other, and then fail. */
const failing = (...texts: readonly string[]) => {
  let reads = 0;
  const read = async (chunk: Buffer) => {
    await Promise.resolve();
    const text = texts[reads++];
    if (text === undefined) throw new Error('disk on fire');
    return { bytesRead: chunk.write(text) };
  };
  return { file: { read } as unknown as FileHandle, reads: () => reads };
};

describe('readChunks', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  let others: NodeJS.UnhandledRejectionListener[] = [];
  before(() => {
    others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
  });
  after(() => {
    process.off('unhandledRejection', note);
    for (const other of others) process.on('unhandledRejection', other);
  });

  it('should tell who reads it that reading ahead has failed, when the chunks before it are used, and nobody else', async () => {
    const { file } = failing('a', 'b');
    const chunks = readChunks(file, 8, 0);
    const used: string[] = [];
    const failure = await failureOf((async () => {
      for await (const chunk of chunks) {
        used.push(chunk.toString());
        await somethingElse();
      }
    })());
    expect([used, failure.message, unhandled]).to.deep.equal([['a', 'b'], 'disk on fire', []]);
  });

  it('should tell nobody of what failed when it was wanted no longer', async () => {
    const chunks = readChunks(failing('a').file, 8, 0);
    await chunks.next();
    await somethingElse();
    await chunks.return();
    await somethingElse();
    expect(unhandled).to.deep.equal([]);
  });

  it('should not read a pipe ahead, which may take for ever', async () => {
    const { file, reads } = failing('a');
    const chunks = readChunks(file, 8, null);
    await chunks.next();
    await somethingElse();
    expect(reads()).to.equal(1);
    await chunks.return();
  });
});
