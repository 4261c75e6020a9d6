import { Overtaken } from './Overtaken.js';

/**
 * What to do about an error of a commit: reject the row that it is about, do the same again, do it again as soon as the
 * database can be reached, give up, since only a person can do something about it, or pass it on: it is one of this program.
 */
export type Fault = 'row' | 'again' | 'unreachable' | 'fatal' | 'own';

/** The classes of SQLSTATE (PostgreSQL's documentation, appendix A): wrong data, a constraint, a limit. */
const ROW = ['22', '23', '54'];
/** Serialization failure, deadlock. */
const AGAIN = ['40'];
/** No right, no database, no schema, no table. */
const FATAL = ['28', '3D', '3F', '42'];

/** What to do about an error. */
export function faultOf(error: unknown): Fault {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError || error instanceof Overtaken) return 'own';
  const state = stateOf(error)?.slice(0, 2) ?? '';
  return ROW.includes(state) ? 'row' : AGAIN.includes(state) ? 'again' : FATAL.includes(state) ? 'fatal' : 'unreachable';
}

/** The SQLSTATE of an error that a database gave. */
export function stateOf(error: unknown): string | undefined {
  const { code, severity } = error as { readonly code?: string; readonly severity?: string };
  return severity === undefined ? undefined : code; // EPIPE looks like one
}
