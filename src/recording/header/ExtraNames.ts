import { FileError } from '../../csv/FileError.js';
import type { Columns } from '../../domain/columns.js';
import { shown } from '../../domain/shown.js';

/** The extra columns of several inputs, by their names in the log, in the order in which they appear. */
export class ExtraNames {
  readonly #names = new Set<string>();
  readonly #called = new Set<string>();

  get all(): readonly string[] {
    return [...this.#names];
  }

  add({ extra }: Columns): void {
    for (const { name, was } of extra) {
      this.#names.add(name);
      this.#called.add(was.trim().toLowerCase()).add(name.toLowerCase());
    }
  }

  /** Makes sure that the columns to be kept are there. @throws FileError that names the first that is not */
  check(keep: readonly string[] | undefined, inputs: string): void {
    const lost = keep?.find((name) => !this.#called.has(name.trim().toLowerCase()));
    if (lost !== undefined) throw new FileError(`--keep ${shown(lost)} is not an extra column of ${inputs}: check the name`);
  }
}
