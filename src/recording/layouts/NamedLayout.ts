import type { Layout } from '../../domain/Layout.js';

/** What a known program writes. */
export interface NamedLayout {
  readonly name: string;
  /** What writes it, for people. */
  readonly about: string;
  /** The format that is laid out so, if that is not CSV: no header is known by it. */
  readonly format?: string;
  /** What it may look like: the first whose columns a header has is read. */
  readonly forms: readonly Form[];
}

/** One way in which a layout is written. */
export interface Form extends Layout {
  /** Further columns by which it is known from others, if those of its parts are common names. */
  readonly knownBy?: readonly string[];
}
