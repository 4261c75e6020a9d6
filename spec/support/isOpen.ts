import { fstatSync, statSync } from 'node:fs';

/** Whether this process holds a file open, found by looking at every descriptor it may have. */
export function isOpen(path: string): boolean {
  const { dev, ino } = statSync(path);
  return Array.from({ length: 256 }, (_, descriptor) => descriptor).some((descriptor) => {
    try {
      const held = fstatSync(descriptor);
      return held.dev === dev && held.ino === ino;
    } catch {
      return false; // not in use
    }
  });
}
