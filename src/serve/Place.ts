/** A place in a log and its late file, both where a row ends, in bytes; and which files they are. */
export interface Place {
  readonly changes: number;
  readonly late: number;
  readonly run: string;
}

const PLACE = /^(\d{1,15})-(\d{1,15})-([0-9a-z]{1,13}\.[0-9a-z]{1,13})$/;

/** A place as the id of an event. */
export function formatPlace({ changes, late, run }: Place): string {
  return `${changes}-${late}-${run}`;
}

/** The place that an id names; `undefined` if it is no id. */
export function parsePlace(id: string): Place | undefined {
  const [all, changes, late, run] = PLACE.exec(id) ?? [];
  return all === undefined ? undefined : { changes: Number(changes), late: Number(late), run: run! };
}

export function isSamePlace(a: Place, b: Place): boolean {
  return a.changes === b.changes && a.late === b.late && a.run === b.run;
}
