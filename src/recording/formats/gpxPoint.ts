/** A point of a GPX document: what it says, by the names of columns, and where and how it stands there. */
export interface GpxPoint {
  readonly line: number;
  readonly raw: string;
  readonly values: ReadonlyMap<string, string>;
  /** What is wrong with it, whatever it says. */
  readonly fault?: string;
}
