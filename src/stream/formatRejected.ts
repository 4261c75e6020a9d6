/** A row that is not a fix, as a line. @param from where it stood: among the rejected rows of its source, and on which line */
export function formatRejected(record: string, reason: string, from?: { readonly seq: number; readonly line: number }): string {
  return JSON.stringify({ rejected: record, reason, ...from });
}
