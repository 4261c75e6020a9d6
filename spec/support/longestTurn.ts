import { setImmediate } from 'node:timers/promises';

/**
 * How many ms of the processor the longest turn of the event loop took while something was done: unlike those of a clock,
 * they do not depend on what else the machine has to do.
 */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  const done = work().then(() => true);
  let longest = 0;
  for (let isDone: boolean | undefined; !isDone; ) {
    const before = process.cpuUsage();
    isDone = await Promise.race([done, setImmediate(false)]);
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
  }
  return longest;
}
