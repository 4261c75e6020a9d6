import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The version of lastfix, in its package.json, three folders above the compiled sources. */
export function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
}

/** The folder with the page of lastfix, beside the compiled sources. */
export function ownPage(): string {
  return fileURLToPath(new URL('../../bundle/page', import.meta.url));
}
