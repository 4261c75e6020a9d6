import type { Readable } from 'node:stream';
import type { Aged } from '../domain/Past.js';
import type { DocumentFormat } from '../formats/DocumentFormat.js';
import { fleetDocument } from '../formats/fleetDocument.js';
import { fromBatches } from '../rx/fromBatches.js';
import { readableOf } from '../rx/readableOf.js';
import type { Turns } from '../rx/Turns.js';

/** Devices whose fixes are written in one turn. */
const TURN_FIXES = 256;

/** The fixes of a fleet as one document. */
export const fleetBody = (format: DocumentFormat, fixes: readonly Aged[], turns: Turns): Readable =>
  readableOf((ready) => fromBatches(inTurns(fixes, turns), ready).pipe(fleetDocument(format)));

async function* inTurns(fixes: readonly Aged[], turns: Turns): AsyncGenerator<readonly Aged[], void, undefined> {
  for (let from = 0; from < fixes.length; from += TURN_FIXES) {
    yield fixes.slice(from, from + TURN_FIXES);
    await turns.next();
  }
}
