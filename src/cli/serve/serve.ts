import { firstValueFrom } from 'rxjs';
import { aborted, interruption } from '../interruption.js';
import { noLog } from '../noLog.js';
import { printHelp } from '../printHelp.js';
import { SERVE_HELP, serveCommandSettings } from './serveSettings.js';
import { serving } from './serving.js';
import { showStatus } from '../status.js';
import { tell } from '../tell.js';

/** `lastfix serve`. */
export async function serveCommand(args: string[]): Promise<number> {
  const settings = serveCommandSettings(args);
  if (settings.help) {
    printHelp(SERVE_HELP);
    return 0;
  }
  const signal = interruption();
  const shown = showStatus(() => `opening ${settings.output}`); // which takes its time if it has no index yet
  const { url, close } = await serving(settings.store ?? settings.output, settings, tell)
    .catch((error: unknown) => { throw noLog(error, settings.output); })
    .finally(() => { shown.unsubscribe(); });
  tell(`serving ${settings.output} at ${url} until Ctrl-C`);
  await firstValueFrom(aborted(signal));
  await close();
  return 0;
}
