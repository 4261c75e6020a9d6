import { constants } from 'node:fs';
import { openRegular } from '../csv/openRegular.js';
import type { Verdict } from '../domain/latest.js';
import type { LogPaths } from '../log/paths.js';
import type { Turns } from '../rx/Turns.js';
import type { Message } from './flushAfter.js';
import { readNews, type NewsRow } from './readNews.js';

const PAGE = 4096;

/** How many rows of each kind a log and its late file have. */
export class Counts {
  readonly verdicts: Record<Verdict, number> = { change: 0, late: 0, duplicate: 0, conflict: 0 };
  /** How many logs have taken the place of the first. */
  #resets = 0;

  get rows(): number {
    const { change, late, duplicate, conflict } = this.verdicts;
    return change + late + duplicate + conflict;
  }

  /** Counts the rows of the late file up to a byte, reading it once; stops when another log takes the place of this one. */
  async read({ late }: LogPaths, upTo: number, turns: Turns): Promise<void> {
    if (upTo === 0) return;
    const resets = this.#resets;
    const file = await openRegular('read', late, constants.O_RDONLY);
    try {
      for (let at = 0; at < upTo; ) {
        const { rows, to } = await readNews(late, file, at, { most: PAGE, upTo, turns });
        if (to === at || resets !== this.#resets) return;
        this.#late(rows);
        at = to;
      }
    } finally {
      await file.close();
    }
  }

  /** Counts the rows of a message. */
  add({ type, changes, late }: Message): void {
    if (type === 'reset') {
      Object.assign(this.verdicts, { change: 0, late: 0, duplicate: 0, conflict: 0 });
      this.#resets++;
    }
    this.verdicts.change += changes.length;
    this.#late(late);
  }

  #late(rows: readonly NewsRow[]): void {
    for (const { reason } of rows) this.verdicts[reason as Verdict]++;
  }
}
