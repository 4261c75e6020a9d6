import { FileError } from '../csv/FileError.js';

/** An index that is not what it was when it was written, or does not go with its file: to be made anew. */
export class DamagedIndex extends FileError {
  constructor(what: string) {
    super(`${what}: something else writes the log or its index; ask again when it has ended`);
  }
}
