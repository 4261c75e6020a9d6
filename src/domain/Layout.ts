/** What is said of the two clocks of a recording, each by itself. */
export interface PerClock<T> {
  readonly event?: T;
  readonly arrival?: T;
}

/**
 * All that can be said about how a file is to be read. The options of the command line, the layouts that are known, a
 * layout file (JSON) and the run file hold this one type. What is not said is as by default.
 */
export interface Layout {
  /** Which columns each part is read from, as in `--columns`: a name, `"a name"`, `#3`, `DATE+TIME`, `@file`; `''` is none. */
  readonly columns?: Readonly<Partial<Record<LayoutPart, string>>>;
  /** The name of the one device that all rows are of. */
  readonly device?: string;
  /** How times are spelled, as patterns of date-fns' tokens, beside what is unambiguous. */
  readonly times?: PerClock<readonly string[]>;
  /** The zone of times that name none: an IANA name or an offset. Default: UTC. */
  readonly zone?: PerClock<string>;
  /** What separates fields: one character. Default: that of comma, tab, semicolon and bar with which the header has the parts. */
  readonly delimiter?: string;
  /** The decimal separator. Default: a point, or either where the delimiter is no comma. */
  readonly decimal?: '.' | ',';
  /** The names of the columns, if the file has no header. */
  readonly header?: readonly string[];
  /** How many lines above the header, or above the first row, to pass over. Default: 0. */
  readonly skip?: number;
  /** As `TextDecoder` knows them. Default: UTF-8, or UTF-16 if there is such a byte order mark. */
  readonly encoding?: string;
  /** Whether a backslash within quotes lets the character behind it stand for itself. Default: false. */
  readonly backslash?: boolean;
  /** The name of a sheet of a workbook, or its number from 1. Default: the first. */
  readonly sheet?: string;
  /** The unit of speeds. */
  readonly speedUnit?: SpeedUnit;
  /** Numbers that stand for an unknown speed, such as 102.3. */
  readonly unknownSpeeds?: readonly number[];
  /** The names of the extra columns to keep. Default: all. */
  readonly keep?: readonly string[];
}

/** What is read from columns: the parts of a fix, and the zone of its times. */
export type LayoutPart = 'device' | 'latitude' | 'longitude' | 'event' | 'arrival' | 'speed' | 'zone';
export type SpeedUnit = 'kn' | 'km/h' | 'm/s' | 'mph';
