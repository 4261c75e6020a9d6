import { existsSync, statSync } from 'node:fs';
import { shown } from '../domain/shown.js';
import { isPath } from './logOf.js';

/**
 * What may be wrong with a question whose time is none: that it was to name a log in another way than a question does.
 *
 * @param log that it asks
 * @returns `undefined` if neither word looks like a log
 */
export function mistakenLog(log: string, device: string, time: string): string | undefined {
  const isThere = existsSync(device);
  if (isThere && statSync(device).isDirectory()) return `${shown(device)} is a folder, so it is taken for a device, and ${shown(time)} for a time: name a log in it`;
  if (isThere && isPath(device)) return `the log is ${log} already: leave out ${shown(device)}`;
  if (isPath(device)) return `${shown(device)} is not a file, so it is taken for a device, and ${shown(time)} for a time: check the path`;
  if (isPath(time) && existsSync(time))
    return `${shown(time)} is in the place of the time: put the log before the device, or after --log`;
  return undefined;
}
