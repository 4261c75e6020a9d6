import { formatInstant } from '../index.js';
import { counted } from '../domain/counted.js';
import { shown } from '../domain/shown.js';
import { instantOf, parseCommand } from './arguments.js';
import { logOf } from './logOf.js';
import { printHelp } from './printHelp.js';
import { showStatus } from './status.js';
import { tell } from './tell.js';
import { UsageError } from './UsageError.js';

const HELP = `lastfix forget: delete the old fixes of a store

Examples
  lastfix forget --before 2021-10-01 --output postgres://host/db     all but the last change of each device

Deletes the fixes that arrived before a time, and keeps the last change of each device before it, so that
questions about that time and later ones are answered as before. Writers and questions go on meanwhile.

Options
  --before TIME         what arrived before it is deleted: 2021-10-23T12:32:45Z or 2021-10-23
  -o, --output URL      the store
  -h, --help            this help
`;

export const OPTIONS = {
  before: { type: 'string' },
  output: { type: 'string', short: 'o' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** `lastfix forget`. */
export async function forgetCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseCommand(args, OPTIONS);
  if (values.help) {
    printHelp(HELP);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`forget takes no argument such as ${shown(positionals[0]!)}: give the time as --before TIME`);
  if (values.before === undefined) throw new UsageError('before when? Give --before TIME');
  const before = instantOf('--before', values.before);
  const { store } = logOf({ output: values.output }, []);
  if (!store) throw new UsageError('forget needs a store: give its URL as --output postgres://…; to delete a log, delete its files');
  const { forgetIn } = await import('../store/forgetIn.js'); // which takes its time to load
  let deleted = 0;
  const status = showStatus(() => `deleting what arrived before ${formatInstant(before)}: ${counted(deleted, 'fix', 'fixes')}`);
  try {
    const all = await forgetIn(store, before, (count) => (deleted = count));
    tell(`deleted ${counted(all, 'fix', 'fixes')} that arrived before ${formatInstant(before)} from ${store.shown}`);
  } finally {
    status.unsubscribe();
  }
  return 0;
}
