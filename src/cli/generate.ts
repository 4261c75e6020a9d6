import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { FileError, formatInstant, type GenerateOptions, generateRecording, parseInstant } from '../index.js';
import { count } from '../domain/counted.js';
import { shown } from '../domain/shown.js';
import { interruption } from './interruption.js';
import { checkNames, durationOf, instantOf, parseCommand, wholeOf } from './arguments.js';
import { printHelp } from './printHelp.js';
import { showStatus } from './status.js';
import { UsageError } from './UsageError.js';

const HELP = `lastfix generate: write a made-up recording that looks like real ones

Examples
  lastfix generate > recording.csv                           4 vehicles, two hours: about 14,000 fixes
  lastfix generate --devices 4000 --duration 10m -o big.csv  about 1.2 million fixes

Options
  --devices N           how many vehicles, 1 to 1,000,000 (4)
  --duration D          how long the stream lasts: 90s, 10m, 2h, up to 31d (2h)
  --seed N              the same seed gives the same recording, byte for byte (1)
  --start TIME          when the stream starts (2021-10-23T12:30:00Z)
  -o, --output FILE     write to a file, which must not exist yet (standard output)
  -h, --help            this help
`;

const LINES_A_CHUNK = 1000;
const MEBIBYTE = 2 ** 20;
const LONGEST = 31 * 24 * 3_600_000;
const EARLIEST = Date.UTC(1685, 0, 1) * 1000;

export const OPTIONS = {
  devices: { type: 'string', default: '4' },
  duration: { type: 'string', default: '2h' },
  seed: { type: 'string', default: '1' },
  start: { type: 'string', default: '2021-10-23T12:30:00Z' },
  output: { type: 'string', short: 'o' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** `lastfix generate`. */
export async function generateCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseCommand(args, OPTIONS);
  if (values.help) {
    printHelp(HELP);
    return 0;
  }
  if (positionals.length > 0)
    throw new UsageError(
      `generate takes no argument such as ${shown(positionals[0]!)}: to write to that file, give --output ${positionals[0]!}`,
    );
  checkNames({ '--output': values.output });
  const duration = durationOf('--duration', values.duration, 1, LONGEST);
  const start = instantOf('--start', values.start);
  const options: GenerateOptions = {
    devices: wholeOf('--devices', values.devices, 1, 1_000_000),
    duration,
    seed: wholeOf('--seed', values.seed, 0, 2 ** 31 - 1),
    start,
  };
  if (parseInstant(formatInstant(start + duration * 1000)) === undefined || start < EARLIEST)
    throw new UsageError(`--start ${shown(values.start)} and --duration ${shown(values.duration)} reach beyond the years 1685 to 2255`);
  if (values.output !== undefined) return writeFile(values.output, options);
  await pipeline(chunks(options), process.stdout, { end: false });
  return 0;
}

/** Writes to a new file, and takes it away again if it does not get done. Gives the exit status. */
async function writeFile(path: string, options: GenerateOptions): Promise<number> {
  const signal = interruption();
  const file = await open(path, 'wx').catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST')
      throw new FileError(`${path} exists: name another file, or remove it first`, { cause });
    throw FileError.cannot('write', path, cause);
  });
  const written = file.createWriteStream();
  const shown = showStatus(() => `writing ${path}: ${count(Math.floor(written.bytesWritten / MEBIBYTE))} MiB`);
  try {
    await pipeline(chunks(options), written, { signal });
    return 0;
  } catch (cause) {
    await rm(path, { force: true });
    if (signal.aborted) return 130;
    throw FileError.cannot('write', path, cause);
  } finally {
    shown.unsubscribe();
  }
}

function* chunks(options: GenerateOptions): Generator<string, void, undefined> {
  let lines: string[] = [];
  for (const line of generateRecording(options)) {
    if (lines.push(line) < LINES_A_CHUNK) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}
