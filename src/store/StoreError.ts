import { FileError } from '../csv/FileError.js';

/**
 * A database that cannot be used as a store. The message says what, of which database, and what to do; it holds no
 * password, and needs no stack trace.
 */
export class StoreError extends FileError {}
