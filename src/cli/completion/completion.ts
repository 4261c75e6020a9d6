import { shown } from '../../domain/shown.js';
import { parseCommand } from '../arguments.js';
import { bashCompletion } from './bashCompletion.js';
import { completable } from './completable.js';
import { fishCompletion } from './fishCompletion.js';
import { zshCompletion } from './zshCompletion.js';
import { printHelp } from '../printHelp.js';
import { UsageError } from '../UsageError.js';

const HELP = `lastfix completion SHELL: what a shell needs to complete commands, options and their values

Examples
  source <(lastfix completion bash)                                         in ~/.bashrc
  source <(lastfix completion zsh)                                          in ~/.zshrc, after compinit
  lastfix completion fish > ~/.config/fish/completions/lastfix.fish         once

Options
  -h, --help            this help
`;

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `lastfix completion`. */
export function completionCommand(args: string[]): Promise<number> {
  const { values, positionals: [shell, ...words] } = parseCommand(args, { help: { type: 'boolean', short: 'h' } });
  if (values.help) printHelp(HELP);
  else process.stdout.write(scriptFor(shell, words));
  return Promise.resolve(0);
}

function scriptFor(shell: string | undefined, words: readonly string[]): string {
  if (shell === undefined) throw new UsageError('which shell? It is one of bash, zsh, fish');
  if (!Object.hasOwn(SHELLS, shell)) throw new UsageError(`${shown(shell)} is not one of bash, zsh, fish`);
  if (words.length > 0) throw new UsageError(`completion takes one shell: leave out ${shown(words.join(' '))}`);
  return SHELLS[shell as keyof typeof SHELLS](completable());
}
