import { DOCUMENT_TYPES, type DocumentFormat } from '../formats/DocumentFormat.js';

const TYPES = Object.entries({ ...DOCUMENT_TYPES, json: 'application/json' }) as [DocumentFormat | 'json', string][];

/** The format of an answer: the one that is asked for, or the first that the header `Accept` names, or JSON. */
export function formatOf<F extends string>(asked: F | undefined, accept = ''): F | DocumentFormat | 'json' {
  if (asked !== undefined) return asked;
  for (const range of accept.split(',')) {
    const type = range.split(';')[0]!.trim().toLowerCase();
    for (const [format, own] of TYPES) if (own.split(';')[0] === type) return format;
  }
  return 'json';
}
