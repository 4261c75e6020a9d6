import type { SchedulerLike } from 'rxjs';
import { waited } from '../rx/waited.js';
import { gapIn } from './gapIn.js';
import type { Position } from './Hold.js';
import type { ReadStream, StreamMessage } from './ReadStream.js';
import type { StreamPatience } from './StreamPatience.js';

/** How often a server is asked that is behind, and how long it is waited between, in ms. */
const [TRIES, PAUSE] = [20, 500];

type Target = Pick<StreamMessage, 'seq' | 'time'>;

/** Whether all is committed that a stream had at a moment, by whomever. */
export class Draining {
  readonly #targets: readonly (Target | undefined)[];

  private constructor(targets: readonly (Target | undefined)[]) {
    this.#targets = targets;
  }

  /** Looks at what the stream has now: all of it, also if a server is behind that is asked. */
  static async begin(stream: ReadStream, patience: StreamPatience, signal: AbortSignal, scheduler: SchedulerLike): Promise<Draining> {
    const { last } = await patience.state(signal);
    for (let tries = 1; ; tries++) {
      const targets = await patience.ask(() => stream.last(), signal);
      const isWhole = Math.max(0, ...targets.map((target) => target?.seq ?? 0)) >= last;
      if (isWhole || !stream.isWhole || tries === TRIES) return new Draining(targets); // the last may have been taken away
      await waited(PAUSE, scheduler, signal);
    }
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
