import { CHECKED } from './page.js';

/**
 * The units of time by which a segment counts its rows, in seconds: each is a whole number of the one before, so that what is
 * within one unit is within one of any longer one.
 */
export const UNITS = [1, 10, 60, 600, 3600, 86_400] as const;
export const CLOCKS = ['event', 'arrival'] as const;

/**
 * A page of counts: a unit of time in which there are rows, as its number since 1970 in a double; how many bytes of records the
 * page has, in an unsigned integer of 4; and the records, one for each unit in which there are rows, in order.
 *
 * A record is numbers as of `writeNumber`: how many units later than the one before it is, 0 for the first; and how many rows
 * there are of each kind that the segment has.
 */
export const COUNTS = { unit: 0, U32: { bytes: 2 }, records: 12, end: CHECKED } as const;
