import type { Instant } from '../domain/instant.js';
import type { Dice } from './Dice.js';
import type { Taken } from './drive.js';

/** A fix as the server gets it. */
export interface Delivered extends Taken {
  readonly arrival: Instant;
}

const SECOND = 1_000_000;

/**
 * The packets in which a tracker sends its fixes: a handful at a time, a few seconds after the last of them,
 * now and then minutes later. Within a packet they arrive 0.15 to 3 ms apart, in any order. Some packets
 * are sent twice.
 *
 * @param backlog what was taken while the tracker was offline: it follows packet by packet between the live ones
 */
export function* deliver(dice: Dice, live: Iterable<Taken>, backlog: readonly Taken[]): Generator<Delivered[], void, undefined> {
  const size = dice.one([3, 6, 12]);
  const arrive = (packet: readonly Taken[], at: Instant) => {
    let arrival = at + dice.whole(0, SECOND - 1);
    return dice
      .shuffled(packet)
      .map((taken): Delivered => ({ ...taken, arrival: (arrival += dice.whole(150, dice.happens(0.1) ? 3000 : 600)) }));
  };
  let packet: Taken[] = [];
  let offline = 0;
  for (const taken of live) {
    packet.push(taken);
    if (packet.length < size) continue;
    if (dice.happens(0.02)) offline = taken.event + dice.whole(30, 180) * SECOND;
    const at = Math.max(taken.event + dice.whole(1, 4) * SECOND, offline);
    yield arrive(packet, at);
    if (dice.happens(0.01)) yield arrive(packet, at + dice.whole(1, 20) * SECOND);
    if (backlog.length > 0) yield arrive(backlog.slice(0, size), at + 2 * SECOND);
    backlog = backlog.slice(size);
    packet = [];
  }
}
