// What of the compiled library nothing leads to, from what the package exports: the parts of the command line and the types
// that only they need. They stay out of the package, where they would be a quarter of it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const IMPORTED = /(?:from|import)\s*\(?["'](\.{1,2}\/[^'"]+)\.js["']/g;

/** The files of a folder with one of these endings, relative to it, that no entry leads to. */
export function unreached(folder, entries, endings = ['.js', '.d.ts']) {
  return endings.flatMap((ending) => {
    const reached = new Set();
    const reach = (file) => {
      if (reached.has(file) || !existsSync(file)) return;
      reached.add(file);
      for (const [, name] of readFileSync(file, 'utf8').matchAll(IMPORTED)) reach(join(dirname(file), `${name}${ending}`));
    };
    for (const entry of entries) reach(join(folder, `${entry}${ending}`));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));
    return files.filter((name) => !reached.has(join(folder, name))).map((name) => relative(folder, join(folder, name)));
  });
}
