import { readFileSync } from 'node:fs';
import { FileError } from '../../index.js';
import { UsageError } from '../UsageError.js';

const TOKEN = /^[\w.~-]{8,200}$/;

export interface Token {
  readonly text: string;
  /** Whether whoever gave it kept it out of sight: then it is not printed either. */
  readonly isHidden: boolean;
}

/** Where a token may come from. */
interface Sources {
  /** Of `--token`, which everybody on the machine can see. */
  readonly token?: string | undefined;
  /** Of `--token-file`. */
  readonly file?: string | undefined;
  /** Of the environment; an option comes before it. */
  readonly variable?: string | undefined;
}

/** The token that was given, if one was. @param name of the variable. @throws UsageError, FileError if its file cannot be read */
export function tokenOf({ token, file, variable }: Sources, name = 'LASTFIX_TOKEN'): Token | undefined {
  if (token !== undefined && file !== undefined) throw new UsageError('--token and --token-file exclude each other: give one of them');
  if (token !== undefined) return { text: checked('--token', token), isHidden: false };
  if (file !== undefined) return { text: checked(`the token in ${file}`, contentOf(file).trim()), isHidden: true };
  return variable === undefined ? undefined : { text: checked(name, variable), isHidden: true };
}

function checked(name: string, text: string): string {
  if (!TOKEN.test(text)) throw new UsageError(`${name} is not a valid token: it has 8 to 200 letters, digits or any of _ . ~ -`);
  return text;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw FileError.cannot('read', file, cause);
  }
}
