import { createHash, timingSafeEqual } from 'node:crypto';

/** A user: their name, and the SHA-256 of their password. */
export interface User {
  readonly name: string;
  readonly digest: Buffer;
}

export interface AccessOptions {
  readonly token?: string | undefined;
  readonly users?: readonly User[] | undefined;
}

/** Whom nobody is: it takes as long to refuse an unknown user as a wrong password. */
const NOBODY = digestOf('');

/** Who may send: whoever has the token, as Bearer or as the password of any user, or the password of a user. */
export class Access {
  readonly #token: Buffer | undefined;
  readonly #users: ReadonlyMap<string, Buffer>;

  constructor({ token, users = [] }: AccessOptions) {
    this.#token = token === undefined ? undefined : digestOf(token);
    this.#users = new Map(users.map(({ name, digest }) => [name, digest]));
  }

  /** Whether everybody may. */
  get isOpen(): boolean {
    return this.#token === undefined && this.#users.size === 0;
  }

  /** Whether one may by the header `Authorization`. Takes the same time wherever a password differs. */
  lets(authorization = ''): boolean {
    if (this.isOpen) return true;
    const [, bearer] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (bearer !== undefined) return this.#isToken(digestOf(bearer));
    const [, basic] = /^Basic +(\S+) *$/i.exec(authorization) ?? [];
    const [, name = '', password = ''] = /^([^:]*):([^]*)$/.exec(Buffer.from(basic ?? '', 'base64').toString()) ?? [];
    const digest = digestOf(password);
    const isUser = timingSafeEqual(this.#users.get(name) ?? NOBODY, digest) && this.#users.has(name);
    return this.#isToken(digest) || isUser;
  }

  #isToken(digest: Buffer): boolean {
    return this.#token !== undefined && timingSafeEqual(this.#token, digest);
  }
}

/** What is compared of a password. */
export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
