import * as self from 'node:process';

/** Whether what a user has put into a folder is to be trusted: who runs this does, and root. Windows names no users. */
export function isTrusted(user: number): boolean {
  return user === 0 || user === self.geteuid?.();
}
