import { readFileSync } from 'node:fs';

/** The version in package.json, two folders above the compiled sources. */
export function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
}
