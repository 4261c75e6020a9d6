import { noLog } from '../noLog.js';
import { printHelp } from '../printHelp.js';
import { logTold } from './logTold.js';
import { HELP, statusSettings } from './statusSettings.js';
import { statusTable } from './statusTable.js';

/** `lastfix status`. */
export async function statusCommand(args: string[]): Promise<number> {
  const settings = statusSettings(args);
  if (settings.help) {
    printHelp(HELP);
    return 0;
  }
  const { output, store, maxBehind, format } = settings;
  const told = store ? await (await import('./storeTold.js')).storeTold(store, maxBehind) : await logTold(output).catch((error: unknown) => { throw noLog(error, output); });
  process.stdout.write(format === 'json' ? `${JSON.stringify({ ...told.object, problems: told.problems })}\n` : statusTable(told));
  return told.problems.length === 0 ? 0 : 1;
}
