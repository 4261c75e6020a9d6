import { openCsv } from './openCsv.js';
import type { ReadBlocksOptions } from './readBlocks.js';

const BLOCK = 4096;

/** The header of a CSV file, understood; reads little more. @throws FileError as `openCsv` does. */
export async function readHeader<H>(
  path: string,
  understand: (header: readonly string[]) => H,
  options: ReadBlocksOptions = {},
): Promise<H> {
  const { header, batches } = await openCsv(path, understand, { ...options, blockSize: BLOCK });
  await batches.return();
  return header;
}
