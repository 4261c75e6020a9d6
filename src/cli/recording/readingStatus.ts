import { counted, whole } from '../text/words.js';

/** How much of a recording has been read: how many rows, and which share of the inputs, from 0 to 1, if that is known. */
export interface Read {
  readonly rows: number;
  readonly share: number | undefined;
}

/** Says how far a reading is, the name last, which may be long. */
export function readingStatus(input: string, { rows, share }: Read): string {
  return `reading: ${counted(rows, 'row')}${share === undefined ? '' : `, ${whole(share)}`} of ${input}`;
}
