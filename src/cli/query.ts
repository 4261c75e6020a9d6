import { catchError, lastValueFrom, throwError } from 'rxjs';
import { ask, FileError, formatInstant, shown, type Told } from '../index.js';
import { FORMATS, type Known } from './answers.js';
import { instantOf, parseCommand } from './arguments.js';
import { UsageError } from './UsageError.js';

const HELP = `lastfix query DEVICE [TIME]: what was the latest fix of a device, by what had arrived at a time?

Examples
  lastfix query 25029                            the newest in the log
  lastfix query 25029 2021-10-23T12:32:45Z       as of that moment, that moment included
  lastfix query 25029 "2021-10-23 18:02:45+05:30" --format json

A time is written YYYY-MM-DDThh:mm:ss, with a space for the T if you like, up to 9 fraction digits, and
Z, +05:30 or nothing, which means UTC. The age of an answer is the asked moment less the event time;
without a time, the asked moment is the last arrival in the log.

Options
  --format F           table, json (one object on a line), csv or geojson (table)
  --output FILE        the log to read, also while a run writes it (output/output_stream.csv)
  -h, --help           this help

Exit status: 0 answered, 1 nothing known, 2 wrong usage or failure.
`;

/** `lastfix query`. */
export async function queryCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseCommand(args, {
    format: { type: 'string', default: 'table' },
    output: { type: 'string', default: 'output/output_stream.csv' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [device, ...time] = positionals;
  if (device === undefined) throw new UsageError('which device? Give its id, and a time if you like');
  if (!Object.hasOwn(FORMATS, values.format)) {
    throw new UsageError(`--format ${shown(values.format)} is not one of ${Object.keys(FORMATS).join(', ')}`);
  }
  const at = time.length === 0 ? undefined : instantOf('the time', time.join(' '));
  const told = await lastValueFrom(ask(values.output, device, at).pipe(catchError((error: unknown) => throwError(() => noLog(values.output, error)))));
  if (told.known === 'fix') {
    process.stdout.write(FORMATS[values.format as keyof typeof FORMATS](told));
    return 0;
  }
  process.stderr.write(`lastfix: ${nothingKnown(device, values.output, told)}\n`);
  return 1;
}

/** Why there is no answer, in words. */
function nothingKnown(device: string, log: string, told: Exclude<Told, Known>): string {
  if (told.known === 'only later') {
    return `nothing known of device ${shown(device)} at ${formatInstant(told.asked)}: its first fix arrived at ${formatInstant(told.first)}`;
  }
  const some = [...told.devices].slice(0, 8).map(shown);
  const all = told.devices.size > some.length ? `${some.join(', ')} and ${told.devices.size - some.length} more` : some.join(', ');
  return `unknown device ${shown(device)}: ${log} ${told.devices.size === 0 ? 'holds no fix' : `knows ${all}`}`;
}

function noLog(path: string, error: unknown): unknown {
  const missing = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  return missing ? new FileError(`no log ${path}: make one with lastfix replay, or name another with --output`, { cause: error }) : error;
}
