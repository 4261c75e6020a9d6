import { randomUUID } from 'node:crypto';

/** What follows the name of a file in that of a draft of it: by this, no other file is taken for one. */
export const DRAFT = /^\.lastfix-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Where to make a file that is to take the place of the one at a path when it is whole: beside it, where there is none. */
export function draftOf(path: string): string {
  return `${path}.lastfix-${randomUUID()}`;
}
