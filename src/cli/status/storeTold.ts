import { formatInstant, type Instant } from '../../index.js';
import { openStorePast } from '../../store/past/openStorePast.js';
import { problemsOf } from '../../store/status/problemsOf.js';
import type { StoreStatus } from '../../store/status/StoreStatus.js';
import type { StoreUrl } from '../../store/storeUrl.js';
import { count, counted, duration, figure } from '../text/words.js';
import { arrivalsText, fixesText } from './factTexts.js';
import { partitionsTable } from './partitionsTable.js';
import { storeObject } from './storeObject.js';
import type { Told } from './Told.js';

/** How the store that a URL names is. @throws StoreError if it cannot be asked */
export async function storeTold(url: StoreUrl, maxBehind: number | undefined): Promise<Told> {
  const past = await openStorePast(url);
  try {
    const status = await past.status();
    return {
      object: storeObject(url.shown, status),
      facts: factsOf(url.shown, status),
      table: partitionsTable(status),
      problems: problemsOf(status, maxBehind),
    };
  } finally {
    await past.close();
  }
}

function factsOf(shown: string, status: StoreStatus): Told['facts'] {
  const { now, commits, lastCommit, finalUntil, firstArrival, lastArrival, rejected, bytes, workers, open, openCount } = status;
  const alive = workers.filter(({ isAlive }) => isAlive).length;
  const recent = `${figure(status.commitsPerSecond)} a second with ${counted(Math.round(status.fixesPerSecond), 'fix', 'fixes')}`;
  const more = openCount - open.length;
  return [
    ['store', shown],
    ['fixes', fixesText(status)],
    ['rejected', counted(rejected, 'row')],
    ['arrivals', arrivalsText(firstArrival ?? undefined, lastArrival ?? undefined)],
    ['final until', finalUntil === null ? 'not known' : formatInstant(finalUntil)],
    ['commits', lastCommit === null ? 'none yet' : `${count(commits)}, the last ${ago(lastCommit, now)}; in the last 10 s ${recent}`],
    ['size', counted(bytes, 'byte')],
    ...(workers.length > 0 ? [['workers', `${count(alive)} living`] as const] : []),
    ...open.map(({ name, until }) => ['open', `${name}: ${until === null ? 'nothing yet' : `up to ${formatInstant(until)}`}`] as const),
    ...(more > 0 ? [['open', `${count(more)} more`] as const] : []),
  ];
}

function ago(time: Instant, now: Instant): string {
  return `${duration(Math.max(0, now - time) / 1000)} ago`;
}
