import type { Reads } from '../../lookup/Reads.js';
import { count, counted } from '../text/words.js';

/** What was read of a log to answer a question, in words: what, and how much. */
export function readsOf({ pages, rows, rowBytes, scanned, scannedBytes, verifiedBytes }: Reads): readonly (readonly [string, string])[] {
  return [
    ['index', pages === 0 ? 'not used' : `${counted(pages, 'page')}, ${counted(pages * 4096, 'byte')}`],
    ['rows by the index', `${count(rows)}, ${counted(rowBytes, 'byte')}`],
    ['rows without it', `${count(scanned)}, ${counted(scannedBytes, 'byte')}`],
    ['bytes compared', count(verifiedBytes)],
  ];
}
