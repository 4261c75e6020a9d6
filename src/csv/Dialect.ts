/** How the rows of a CSV file are written. */
export interface Dialect {
  /** One character. */
  readonly delimiter: string;
  /** Whether blanks around fields mean nothing outside quotes. */
  readonly trim: boolean;
  /** Whether a backslash within quotes lets the character behind it stand for itself; `""` is no quote then. */
  readonly backslash: boolean;
}

/** As a log is written. */
export const RFC_4180: Dialect = { delimiter: ',', trim: false, backslash: false };
