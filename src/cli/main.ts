#!/usr/bin/env node
import { FileError } from '../index.js';
import { escaped } from '../domain/shown.js';
import { noCommand } from './noCommand.js';
import { printHelp } from './printHelp.js';
import { UsageError } from './UsageError.js';
import { version } from './version.js';

const HELP = `lastfix replays a recorded GPS log as the live stream it once was, keeps every device's latest
fix, logs each change, and answers what was known about any device at any moment.

Examples
  lastfix replay                                   play the minute that comes with lastfix
  lastfix replay recording.csv                     play another at the speed at which it was recorded
  lastfix replay recording.csv --rate max          at once, for the log alone
  lastfix check recording.csv                      what is in it, before it is played
  lastfix query 8250 2021-10-23T12:30:40Z          where was 8250 known to be at 12:30:40?
  lastfix query --all --follow                     the whole fleet, and every change
  lastfix serve                                    a page and an API of the log
  lastfix generate --devices 40 > recording.csv    make up a recording

Commands
  replay [INPUT]           play a recording into a log or a store
  check [INPUT]            what is in a recording, before it is played
  query DEVICE [TIME]      ask the log about a device at a time, the fleet, a track
  serve [LOG]              a page and an HTTP API of a log
  status [LOG]             what a log or a store has, and whether it is fed
  gateway                  take the fixes of devices over HTTP and MQTT into a stream
  forget                   delete the old fixes of a store
  generate                 write a made-up recording
  completion SHELL         what bash, zsh or fish needs to complete these

Options
  -h, --help               this help; of a command: lastfix COMMAND --help
  -v, --version            the version
`;

/** Exit status by what went wrong; the failures of a check and of a query are wrong usage to the shell, since 1 is an answer. */
const COMMANDS: Record<string, { readonly run: () => Promise<(args: string[]) => Promise<number>>; readonly failed: number }> = {
  replay: { run: async () => (await import('./replay/replay.js')).replayCommand, failed: 1 },
  check: { run: async () => (await import('./check/check.js')).checkCommand, failed: 2 },
  query: { run: async () => (await import('./query/query.js')).queryCommand, failed: 2 },
  serve: { run: async () => (await import('./serve/serve.js')).serveCommand, failed: 1 },
  status: { run: async () => (await import('./status/statusCommand.js')).statusCommand, failed: 2 },
  gateway: { run: async () => (await import('./gateway/gateway.js')).gatewayCommand, failed: 1 },
  forget: { run: async () => (await import('./forget.js')).forgetCommand, failed: 1 },
  generate: { run: async () => (await import('./generate.js')).generateCommand, failed: 1 },
  completion: { run: async () => (await import('./completion/completion.js')).completionCommand, failed: 1 },
};

async function main([name = '', ...args]: string[]): Promise<number> {
  if (name === 'help') return main([...args.slice(0, 1), '--help']);
  if (name === '-v' || name === '--version') return print(`${version()}\n`);
  if (name === '-h' || name === '--help') {
    printHelp(HELP);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (!command) throw new UsageError(noCommand(name, Object.keys(COMMANDS)));
    return await (await command.run())(args);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`lastfix: ${escaped(error.message)}\nSee: lastfix ${command ? `${name} ` : ''}--help\n`);
      return 2;
    }
    process.stderr.write(
      `lastfix: ${error instanceof FileError ? escaped(error.message) : `this is a fault in lastfix, please report it:\n${String((error as Error).stack)}`}\n`,
    );
    return command?.failed ?? 1;
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

// A reader that has seen enough (`| head`) ends data quietly, and must not end a run that only reports.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode);
  process.stderr.write(`lastfix: cannot write to standard output: ${error.message}\n`);
  process.exit(COMMANDS[process.argv[2] ?? '']?.failed ?? 1);
});
process.stderr.on('error', () => undefined); // there is nowhere left to say it, and the data do not depend on it
process.exitCode = await main(process.argv.slice(2));
