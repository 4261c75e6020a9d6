import type { SpeedUnit } from '../domain/Layout.js';
import { logPaths } from './paths.js';
import { readRunFile } from './runFile.js';

const UNITS: readonly unknown[] = ['kn', 'km/h', 'm/s', 'mph'] satisfies SpeedUnit[];

/** What the speeds of the log at a path are in, as its run file says; `undefined` if it does not, or if it is none. */
export async function speedUnitOf(path: string): Promise<SpeedUnit | undefined> {
  const run = await readRunFile(logPaths(path).run).catch(() => undefined); // a log may be asked all the same, as `whichRun` has it
  const unit = run?.made_from['speed_unit'];
  return UNITS.includes(unit) ? (unit as SpeedUnit) : undefined;
}
