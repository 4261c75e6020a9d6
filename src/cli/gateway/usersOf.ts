import { readFileSync } from 'node:fs';
import { FileError } from '../../index.js';
import { digestOf, type User } from '../../gateway/http/Access.js';

const DIGEST = /^sha256:([\da-f]{64})$/i;

/**
 * The users in a file: a line each, `name:password`, or `name:sha256:` and the SHA-256 of the password in hex. Empty lines,
 * and those that begin with #, are left out.
 *
 * @throws FileError if it cannot be read, or if a line is not a user; no password is in its message
 */
export function usersOf(file: string): readonly User[] {
  const lines = contentOf(file).split(/\r?\n/);
  const users = lines.flatMap((line, i) => (line.trim() === '' || line.startsWith('#') ? [] : [userOf(line, `${file}:${i + 1}`)]));
  if (users.length === 0) throw new FileError(`${file} has no users: write one NAME:PASSWORD a line`);
  const twice = users.find(({ name }, i) => users.findIndex((other) => other.name === name) < i);
  if (twice) throw new FileError(`${file} has the user ${JSON.stringify(twice.name)} twice: leave out one`);
  return users;
}

function userOf(line: string, where: string): User {
  const [, name, password] = /^([^:]+):(.+)$/.exec(line) ?? [];
  if (name === undefined || password === undefined) throw new FileError(`${where}: this is not a user: write NAME:PASSWORD`);
  const [, digest] = DIGEST.exec(password) ?? [];
  if (digest === undefined && password.startsWith('sha256:')) throw new FileError(`${where}: sha256: must be followed by 64 hexadecimal digits`);
  return { name, digest: digest === undefined ? digestOf(password) : Buffer.from(digest, 'hex') };
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw FileError.cannot('read', file, cause);
  }
}
