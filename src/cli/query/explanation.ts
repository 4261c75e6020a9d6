import type { Reads } from '../../lookup/Reads.js';
import { count, counted, figure } from '../text/words.js';

/** What was read to answer a question, in words; times in ms, that of the question and that of the process so far. */
export function explanation(reads: Reads, asking: number, process: number): string {
  const { pages, rows, rowBytes, scanned, scannedBytes, verifiedBytes } = reads;
  const lines = [
    ['index', pages === 0 ? 'not used' : `${counted(pages, 'page')}, ${counted(pages * 4096, 'byte')}`],
    ['rows by the index', `${count(rows)}, ${counted(rowBytes, 'byte')}`],
    ['rows without it', `${count(scanned)}, ${counted(scannedBytes, 'byte')}`],
    ['bytes compared', count(verifiedBytes)],
    ['time', `${figure(asking)} ms, of ${figure(process)} ms since the process started`],
  ];
  return lines.map(([what, value]) => `${what!.padEnd(19)}${value!}\n`).join('');
}
