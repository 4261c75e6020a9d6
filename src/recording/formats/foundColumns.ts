import { FileError } from '../../csv/FileError.js';

/** No name is longer, of those that are made of the names of all that something is in. */
export const LONGEST_NAME = 1024;
/** As many as a sheet can have. */
const MAX_COLUMNS = 2 ** 14;

/** The names of columns, in the order in which they were found. @throws FileError if they are more than 16,384 */
export function foundColumns(name: string, always: readonly string[] = []) {
  const found = new Set(always);
  return {
    add: (names: Iterable<string>) => {
      for (const name of names) found.add(name);
      if (found.size > MAX_COLUMNS)
        throw new FileError(`${name} has more than 16,384 different names, which cannot be columns: is this a recording of positions?`);
    },
    get names(): readonly string[] {
      return [...found];
    },
  };
}
