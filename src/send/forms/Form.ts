import type { SpeedUnit } from '../../domain/Layout.js';
import type { Fix } from '../../domain/fix.js';
import type { HttpForm } from '../http/HttpForm.js';

/** What a form needs to know of the recording. */
export interface Sending {
  /** The names of its extra columns. */
  readonly extra: readonly string[];
  /** What its speeds are in, if that is known. */
  readonly speedUnit: SpeedUnit | undefined;
  /** Who sends, where a form has a place for that. */
  readonly user: string;
  /** Whether it is published to a topic, which then says whose it is. */
  readonly byTopic: boolean;
}

/** How fixes are written for another system. */
export interface Form {
  /** What its speeds are in; `undefined` if they stay as they are. */
  readonly speedUnit: SpeedUnit | undefined;
  /** Whether it has the extra columns. */
  readonly hasExtra: boolean;
  /** A fix as it is sent. @param place in the stream, from 1 */
  textOf(sending: Sending): (fix: Fix, place: number) => string;
  /** How that becomes a request. */
  http(sending: Sending): HttpForm;
}
