import { existsSync } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { FileError, type Input } from '../../index.js';

export const STDIN = '-';
const PATTERN = /[*?[\]{}]/;

/**
 * What the words that name inputs mean: files, patterns of files, by their names, or standard input.
 *
 * @throws FileError for a pattern that no file matches.
 */
export async function inputsOf(words: readonly string[], signal: AbortSignal): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const word of words) {
    if (word === STDIN) inputs.push({ name: 'standard input', chunks: addAbortSignal(signal, process.stdin) as AsyncIterable<Buffer> });
    else if (!PATTERN.test(word) || existsSync(word)) inputs.push({ name: word });
    else inputs.push(...(await matching(word)));
  }
  return inputs;
}

async function matching(pattern: string): Promise<readonly Input[]> {
  const { glob } = await import('tinyglobby'); // most inputs are no patterns
  const names = await glob(pattern, { expandDirectories: false });
  if (names.length === 0) throw new FileError(`no file matches ${pattern}: check the path`);
  return names.sort().map((name) => ({ name }));
}
