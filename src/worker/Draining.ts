import { gapIn } from './gapIn.js';
import type { Position } from './Hold.js';
import type { ReadStream, StreamMessage } from './ReadStream.js';
import type { StreamPatience } from './StreamPatience.js';

type Target = Pick<StreamMessage, 'seq' | 'time'>;

/** Whether all is committed that a stream had at a moment, by whomever. */
export class Draining {
  readonly #targets: readonly (Target | undefined)[];

  private constructor(targets: readonly (Target | undefined)[]) {
    this.#targets = targets;
  }

  /** Looks at what the stream has now. */
  static async begin(stream: ReadStream, patience: StreamPatience, signal: AbortSignal): Promise<Draining> {
    const targets: (Target | undefined)[] = [];
    for (let partition = 0; partition < stream.partitions; partition++)
      targets.push(await patience.ask(() => stream.last(partition), signal));
    return new Draining(targets);
  }

  /** Whether it is: not where the stream is no longer the one that was read, which those say who read it. */
  async isDone(committed: (partition: number) => Position | undefined, stream: ReadStream): Promise<boolean> {
    const positions = this.#targets.map((_, partition) => committed(partition));
    if (!this.#targets.every((target, partition) => isReached(target, positions[partition]))) return false;
    const state = await stream.state();
    return positions.every((position) => position && !gapIn(position, state));
  }
}

function isReached(target: Target | undefined, position: Position | undefined): boolean {
  if (!position) return false;
  if (!target || position.checked >= target.seq) return true;
  const { seq, stamp = -Infinity } = position;
  return seq === target.seq ? stamp === target.time : seq > target.seq && stamp >= target.time;
}
