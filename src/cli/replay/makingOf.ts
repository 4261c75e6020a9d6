import type { Making } from '../../stream/makeStream.js';
import { durationOf, wholeOf } from '../arguments.js';
import { UsageError } from '../UsageError.js';
import type { Output } from './outputOf.js';

/** The options of a stream that is made. */
export const MAKING_OPTIONS = {
  partitions: { type: 'string' },
  'keep-for': { type: 'string' },
} as const;

/** More partitions than anybody has workers for. */
const MAX_PARTITIONS = 256;
/** A stream that keeps less would lose what a worker has not read yet; one keeps no more than the engine can count, in ms. */
const [LEAST_KEPT, MOST_KEPT] = [60_000, 100 * 365 * 24 * 3_600_000];

/** The values of the options, as `parseArgs` gives them. */
type MakingValues = Readonly<Partial<Record<keyof typeof MAKING_OPTIONS | 'send' | 'keep', string | undefined>>> & { readonly resume?: boolean };

/** What can only be a duration. */
const DURATION = /^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/;

/**
 * How the stream is made that a replay fills; `undefined` for another output.
 *
 * @param isStreamed whether the recording is played as it is read
 * @throws UsageError for options that are not for that
 */
export function makingOf(values: MakingValues, { kind }: Output, isStreamed: boolean): Making | undefined {
  if (kind !== 'stream') {
    for (const name of ['partitions', 'keep-for'] as const)
      if (values[name] !== undefined) throw new UsageError(`--${name} is for a new stream: give --output nats://host/gps, or leave it out`);
    return undefined;
  }
  if (values.resume && isStreamed)
    throw new UsageError(
      '--resume finds what a stream has of a recording by its contents, which are not known while it is streamed: save it to a file, and leave out --in-order',
    );
  if (values.resume && values.send === 'changes')
    throw new UsageError('--resume goes on with the fixes that were not sent, and which of them are changes depends on those before: leave out --send changes');
  if (values.keep !== undefined && DURATION.test(values.keep))
    throw new UsageError(`--keep names extra columns: for how long a stream keeps its fixes is --keep-for ${values.keep}`);
  const { partitions, 'keep-for': keep } = values;
  return {
    partitions: partitions === undefined ? undefined : wholeOf('--partitions', partitions, 1, MAX_PARTITIONS),
    keep: keep === undefined ? undefined : durationOf('--keep-for', keep, LEAST_KEPT, MOST_KEPT),
  };
}
