import { firstValueFrom, timer } from 'rxjs';
import type { LogPaths } from './paths.js';
import { whichRun } from './whichRun.js';

/** How often to look again at a log that a run is just replacing, which takes a moment, and after how many ms. */
const ATTEMPTS = 100;
const PAUSE = 10;

/** What was opened, and which run it is of. */
export interface OpenedTogether<T> {
  readonly opened: T;
  /** As of `whichRun`. */
  readonly run: string;
}

/** Opens files of a log, the late one among them or not, so that all are of one run: anew if another takes its place meanwhile. */
export async function openTogether<T extends { readonly close: () => Promise<void> }>(
  paths: LogPaths,
  withLate: boolean,
  open: () => Promise<T>,
): Promise<OpenedTogether<T>> {
  for (let attempt = 1; ; attempt++) {
    const { run, isChanging } = await whichRun(paths, withLate);
    if (isChanging && attempt < ATTEMPTS) {
      await firstValueFrom(timer(PAUSE));
      continue;
    }
    const opened = await open();
    let isOfOne = attempt >= ATTEMPTS;
    try {
      isOfOne ||= run === (await whichRun(paths, withLate)).run;
    } finally {
      if (!isOfOne) await opened.close();
    }
    if (isOfOne) return { opened, run };
  }
}
