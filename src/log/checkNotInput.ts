import { FileError } from '../csv/FileError.js';
import { fileId } from '../csv/fileId.js';

/**
 * Makes sure that a run reads none of the files that it writes, by whatever name.
 *
 * @param inputs paths, or descriptors of what is open already
 * @throws FileError for the first that it does.
 */
export async function checkNotInput(paths: readonly string[], inputs: readonly (string | number)[]): Promise<void> {
  const sources = await Promise.all(inputs.map(fileId));
  for (const path of paths) {
    const id = await fileId(path);
    if (id !== undefined && sources.includes(id))
      throw new FileError(`${path} is the input, which is never overwritten: choose another --output`);
  }
}
