import { FileError, type Recording } from '../../index.js';
import { rejectedWhere, rejection } from './announce.js';
import type { ReplaySettings } from './replaySettings.js';
import { count } from '../text/words.js';

/** Makes sure that a recording had no rows, or a fix. @throws FileError that says why most of its rows were rejected. */
export function checkAnyFix(settings: ReplaySettings, { rows, rejected }: Recording): void {
  const { commonest } = rejected;
  if (!commonest || rejected.count < rows) return;
  const all = rows === 1 ? 'its only one was' : `all ${count(rows)} were`;
  const most = commonest.count === rows ? '' : `, ${count(commonest.count)} of them for the same reason`;
  throw new FileError(
    `no row of ${settings.inputShown} could be played: ${all} rejected${settings.to.kind === 'stdout' ? '' : ` ${rejectedWhere(settings)}`}${most}: ${rejection(settings, commonest)}`,
  );
}
