import type { ReadStream } from './ReadStream.js';
import type { StreamPatience } from './StreamPatience.js';

/** The last message of each partition. */
export async function targetsOf(stream: ReadStream, patience: StreamPatience, signal: AbortSignal): Promise<readonly number[]> {
  const targets: number[] = [];
  for (let partition = 0; partition < stream.partitions; partition++)
    targets.push(await patience.ask(() => stream.last(partition), signal));
  return targets;
}
