import { FileError } from '../../index.js';
import { count } from '../text/words.js';
import type { Opened } from './Opened.js';
import type { ReplaySettings } from './replaySettings.js';

/** Makes sure that nothing was sent, or that some of it was taken. @throws FileError that says why all was refused */
export function checkAnyTaken({ output }: ReplaySettings, { sent }: Opened): void {
  if (!sent || sent.refused === 0 || sent.refused < sent.wanted) return;
  throw new FileError(`${output} has refused every fix, ${count(sent.refused)} in all, most with: ${sent.refusals[0]!.reason}`);
}
