import { existsSync } from 'node:fs';
import { shown } from '../domain/shown.js';
import { likest } from './arguments.js';

/** Says what is wrong with a word in the place of a command, and what may stand there. */
export function noCommand(name: string, commands: readonly string[]): string {
  const all = `${commands.slice(0, -1).join(', ')} or ${commands.at(-1)!}`;
  if (name === '') return `no command given: give ${all}`;
  if (name.startsWith('-')) return `there is no option ${shown(name)} before a command: give ${all} first`;
  if (existsSync(name)) return `${shown(name)} is a file, not a command: to play it, give replay before it`;
  const meant = likest(name, [...commands, 'help']);
  return `there is no command ${shown(name)}: ${meant ? `did you mean ${meant}?` : `give ${all}`}`;
}
