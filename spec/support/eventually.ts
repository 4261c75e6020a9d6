import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE = 120_000;

/** Resolves when a condition holds that another process brings about; that it never does is an error. */
export async function eventually(holds: () => boolean, what = () => holds.toString()): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`it is not so after ${PATIENCE / 1000} s: ${what()}`);
    await wait(5);
  }
}
