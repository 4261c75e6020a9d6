import type { Past } from '../../index.js';
import { noReads } from '../../lookup/Reads.js';
import type { StoreUrl } from '../../store/storeUrl.js';
import { askMoment } from './askMoment.js';
import { askTrack } from './askTrack.js';
import { explanation } from './explanation.js';
import { readsOf } from './readsOf.js';
import { finalOf } from './finalOf.js';
import { followLog } from './followLog.js';
import { noLog } from '../noLog.js';
import { printHelp } from '../printHelp.js';
import { HELP, querySettings, type Asking, type QuerySettings } from './querySettings.js';
import { showStatus } from '../status.js';
import { tell } from '../tell.js';

const KINDS: Record<QuerySettings['kind'], (settings: QuerySettings, asking: Asking) => Promise<boolean>> = {
  moment: askMoment,
  track: askTrack,
  follow: followLog,
};

/** `lastfix query`. */
export async function queryCommand(args: string[]): Promise<number> {
  const settings = querySettings(args);
  if (settings.help) {
    printHelp(HELP);
    return 0;
  }
  const started = performance.now();
  const reads = noReads();
  let status = '';
  let shown: ReturnType<typeof showStatus> | undefined;
  const progress = (read: number, size: number) => {
    status = `reading what has no index yet: ${Math.floor((100 * read) / size)} % of ${settings.output}`;
    if (shown) return;
    shown = showStatus(() => status);
    process.once('SIGINT', interrupted);
  };
  const ended = () => {
    process.off('SIGINT', interrupted);
    shown?.unsubscribe();
    shown = undefined;
  };
  const interrupted = () => {
    ended();
    if (process.listenerCount('SIGINT') === 0) process.kill(process.pid, 'SIGINT'); // it ends as if nobody had listened
  };
  const print = (text: string) => {
    ended();
    process.stdout.write(text);
  };
  let statements = 0;
  const past = settings.store && (await openedStore(settings.store, () => statements++));
  try {
    const final = past && settings.kind !== 'follow' ? finalOf(settings, (await past.extent()).finalUntil) : undefined; // of what is asked after it
    const asking = { source: past ?? settings.output, final, reads, progress, print, tell: (line: string) => { ended(); tell(line); } };
    const answered = await KINDS[settings.kind](settings, asking);
    const read = past ? [['statements', String(statements)] as const] : readsOf(reads);
    if (settings.explain) process.stderr.write(explanation(read, performance.now() - started, performance.now()));
    return answered ? 0 : 1;
  } catch (error) {
    throw noLog(error, settings.output);
  } finally {
    ended();
    await past?.close();
  }
}

/** Opens a store: what it takes is loaded only then. */
async function openedStore(url: StoreUrl, onStatement: () => void): Promise<Past> {
  const { openStorePast } = await import('../../store/past/openStorePast.js');
  return openStorePast(url, { onStatement });
}
