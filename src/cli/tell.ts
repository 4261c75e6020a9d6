import { escaped } from '../domain/shown.js';
import { eraseLine } from './status.js';

/** Says a line on standard error, in the place of the status line, without what a terminal might obey. */
export function tell(line: string): void {
  process.stderr.write(`${eraseLine()}lastfix: ${escaped(line)}\n`);
}
