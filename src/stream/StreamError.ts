import { FileError } from '../csv/FileError.js';

/**
 * A stream that cannot be used. The message says what, of which stream, and what to do; it holds no credentials, and needs
 * no stack trace.
 */
export class StreamError extends FileError {}
