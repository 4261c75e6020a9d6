import { shown } from '../domain/shown.js';

/** Why a text is not the origin of a page, and what would be right; `undefined` if it is one. */
export function originFault(text: string): string | undefined {
  const example = 'write it like https://example.org or http://localhost:3000';
  if (text === '*') return `"*" would let every page ask: name the origins of those that may, and ${example}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return `${shown(text)} is not the origin of a page: ${example}`;
  return url.origin === text ? undefined : `${shown(text)} is not an origin alone: write ${url.origin}`;
}
