import type { Commit } from '../../src/domain/commit.js';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import type { Update } from '../../src/domain/latest.js';
import type { Log } from '../../src/log/Log.js';
import { judgedOf } from './judgedOf.js';

const devices = new WeakMap<Log, DeviceIds>();

/** Commits what became of fixes to a log, as one batch. */
export function commitTo(log: Log, updates: readonly Update[]): Promise<Commit> {
  const ids = devices.get(log) ?? new DeviceIds();
  devices.set(log, ids);
  return log.commit([log.take(judgedOf(updates, ids))]);
}
