/** A list that is walked by keys. */
export interface WalkedList {
  readonly rows: number;
  /** How many rows a page is; one at least. */
  readonly page: number;
}

/** To which row of a list a key leads from another one, or from none, which is -1; `undefined` if it leads nowhere. */
export function walkedTo(key: string, from: number, { rows, page }: WalkedList): number | undefined {
  const far = Math.max(1, page);
  const steps = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: rows - 1, PageDown: from + far, PageUp: from - far };
  const to = rows > 0 && Object.hasOwn(steps, key) ? steps[key as keyof typeof steps] : undefined;
  return to === undefined ? undefined : Math.max(0, Math.min(rows - 1, to));
}
