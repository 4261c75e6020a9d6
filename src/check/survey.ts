import { defer, reduce, type OperatorFunction } from 'rxjs';
import type { Judged } from '../domain/FixBatch.js';
import { Findings, type SurveyOptions } from './Findings.js';

/**
 * Finds out what is in a recording, from what `latestInBatches` says of its fixes, which come in the order of the stream.
 *
 *     source   -a-b-c--|
 *     result   --------(f|)       f: what was found in a, b and c
 *
 * Errors pass on, and nothing is found then. Holds a few numbers per device, and some 400 kB whatever comes.
 */
export const survey =
  (options: SurveyOptions = {}): OperatorFunction<Judged, Findings> =>
  (source) =>
    defer(() =>
      source.pipe(
        reduce((findings, judged) => {
          findings.add(judged);
          return findings;
        }, new Findings(options)),
      ),
    );
