import { LAYOUTS, type NamedLayout } from '../../index.js';
import { shown } from '../../domain/shown.js';
import { readLayout } from '../../recording/header/readLayout.js';
import { UsageError } from '../UsageError.js';

/** The layout that has a name, or that a file holds. @throws UsageError if there is none; FileError as `readLayout` does */
export function layoutNamed(text: string): NamedLayout {
  const known = LAYOUTS.find(({ name }) => name === text.toLowerCase());
  if (known) return known;
  if (/\.json$/i.test(text)) return readLayout(text);
  const names = LAYOUTS.map(({ name }) => name);
  throw new UsageError(`--layout ${shown(text)} is not one of ${names.join(', ')}, and not the name of a file that ends in .json`);
}
