import { readFileSync } from 'node:fs';

/**
 * Where the process's group stands in /proc/self/stat, and the one in the foreground of its terminal, after the name in
 * brackets (proc(5)).
 */
const [GROUP, FOREGROUND] = [2, 5];

/**
 * Whether the process is in the foreground of its terminal: one that is not is stopped by the system when it
 * changes what keys do. Where /proc does not say so, it is taken to be.
 */
export function isInForeground(): boolean {
  try {
    const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)!.split(' ');
    return fields[GROUP] === fields[FOREGROUND];
  } catch {
    return true; // no such file but on Linux
  }
}
