import type { Completable, Values } from './completable.js';

/** What zsh reads to complete the commands, from a file of `$fpath` named `_lastfix` or by itself. */
export function zshCompletion(commands: readonly Completable[]): string {
  const described = commands.map(({ name, about }) => `      '${name}:${about}'`);
  const cases = commands.map(({ name, options, words }) => {
    const of = Object.entries(options).map(([option, values]) => `'--${option}${values === 'none' ? '' : `:value:${action(values)}`}'`);
    return `    ${name}) _arguments ${[...of, `'*:word:${action(words)}'`].join(' ')} ;;`;
  });
  return `#compdef lastfix
# lastfix in zsh: source <(lastfix completion zsh)
_lastfix() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${described.join('\n')}
    )
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _lastfix ]; then _lastfix "$@"; else compdef _lastfix lastfix; fi
`;
}

function action(values: Values): string {
  if (values === 'file') return '_files';
  if (values === 'folder') return '_files -/';
  if (values === 'text' || values === 'none') return ' ';
  return `(${values.join(' ')})`;
}
