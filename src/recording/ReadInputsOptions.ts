import type { Condition } from '../domain/findConditions.js';
import type { ParseFixOptions, Rejected } from '../domain/fix.js';
import type { Layout } from '../domain/Layout.js';
import type { Understood } from './header/findLayout.js';
import type { NamedLayout } from './layouts/NamedLayout.js';

export interface ReadInputsOptions extends Pick<ParseFixOptions, 'maxClockAhead' | 'maxClockBehind' | 'noticed'> {
  /** What is said about how the inputs are to be read. Default: nothing. */
  readonly layout?: Layout | undefined;
  /** What they are laid out as. Default: as a recording, or as one of `LAYOUTS` whose columns a header has. */
  readonly named?: NamedLayout | undefined;
  /** What must be in columns for a row to be a fix. Default: anything. */
  readonly where?: readonly Condition[] | undefined;
  /** Let the first rejected row be an error. Default: false. */
  readonly strict?: boolean;
  /** Told of each row that is not a fix, and what is wrong with it, without the name of its input. Default: nobody is. */
  readonly rejected?: (row: Rejected, fault: string) => void;
  /** Told, in a sentence, what is in an input and is not read. */
  readonly said?: ((sentence: string) => void) | undefined;
  /** The folder for temporary files. Default: the system's. */
  readonly tmp?: string | undefined;
  /** Stream it as it is read, without waiting for its end: it is in arrival order, and is not sorted. Default: false. */
  readonly inOrder?: boolean | undefined;
  /** Told how each input is read, before any row is. */
  readonly understood?: (how: Understood, input: string) => void;
  /** Told how many bytes have been taken from the inputs, as they stand there. */
  readonly taken?: ((bytes: number) => void) | undefined;
  /** Told of all bytes, unpacked. */
  readonly seen?: ((chunk: Buffer) => void) | undefined;
  /** Ends the reading with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  /** For how many bytes of input to set room aside at first. Default: none. */
  readonly room?: number;
}
