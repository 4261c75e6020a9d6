import type { Completable, Values } from './completable.js';

/** What bash reads to complete the commands: a function of its own, with which files are completed where there is nothing else. */
export function bashCompletion(commands: readonly Completable[]): string {
  const values = commands.flatMap(({ name, options }) => {
    const taking = Object.entries(options).filter(([, of]) => of !== 'none');
    return taking.map(([option, of]) => `    ${name}:--${option}) ${reply(of)}; return ;;`);
  });
  const words = commands.flatMap(({ name, options, words }) => [
    `    ${name}:-*) ${reply(Object.keys(options).map((option) => `--${option}`))} ;;`,
    `    ${name}:*) ${reply(words)} ;;`,
  ]);
  return `# lastfix in bash: source <(lastfix completion bash)
_lastfix() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${reply([...commands.map(({ name }) => name), '--help', '--version'])}
    return
  fi
  case $command:$before in
${values.join('\n')}
  esac
  case $command:$current in
${words.join('\n')}
  esac
}
complete -F _lastfix lastfix
`;
}

function reply(values: Values): string {
  if (values === 'file') return 'compopt -o default';
  if (values === 'folder') return 'compopt -o dirnames';
  if (values === 'text' || values === 'none') return ':';
  return `COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$current"))`;
}
