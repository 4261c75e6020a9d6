/** What has been read to answer a question: counts, and bytes. */
export interface Reads {
  /** Pages of an index, of 4 KiB each. */
  pages: number;
  /** Rows of the CSV files that were read one by one, since an index led to them. */
  rows: number;
  rowBytes: number;
  /** Rows that were read in one go, since no index has them. */
  scanned: number;
  scannedBytes: number;
  /** Bytes that were read only to see whether an index still goes with its file. */
  verifiedBytes: number;
}

export function noReads(): Reads {
  return { pages: 0, rows: 0, rowBytes: 0, scanned: 0, scannedBytes: 0, verifiedBytes: 0 };
}
