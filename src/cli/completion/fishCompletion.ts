import type { Completable, Values } from './completable.js';

/** What fish reads to complete the commands. */
export function fishCompletion(commands: readonly Completable[]): string {
  const lines = commands.flatMap(({ name, about, options, words }) => [
    `complete -c lastfix -n __fish_use_subcommand -a ${name} -d '${about}'`,
    ...Object.entries(options).map(([option, values]) => `${within(name)} -l ${option}${valueOf(values)}`),
    ...(words === 'file' ? [`${within(name)} -F`] : Array.isArray(words) ? [`${within(name)} -a '${words.join(' ')}'`] : []),
  ]);
  return `# lastfix in fish: lastfix completion fish | source\ncomplete -c lastfix -f\n${lines.join('\n')}\n`;
}

function within(command: string): string {
  return `complete -c lastfix -n '__fish_seen_subcommand_from ${command}'`;
}

function valueOf(values: Values): string {
  if (values === 'file') return ' -r -F';
  if (values === 'folder') return " -x -a '(__fish_complete_directories)'";
  if (values === 'text') return ' -x';
  return values === 'none' ? '' : ` -x -a '${values.join(' ')}'`;
}
