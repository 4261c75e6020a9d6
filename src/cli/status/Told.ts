/** How a log or a store is, in both forms. */
export interface Told {
  /** As JSON. */
  readonly object: object;
  /** For people: names and values. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** A table that follows them, with its header; empty for none. */
  readonly table: readonly (readonly string[])[];
  /** What is wrong. */
  readonly problems: readonly string[];
}
