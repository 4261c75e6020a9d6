/** Work in small steps: it yields after each, so that whoever has it done may let others have their turn. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of a work at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
