/** How many places a source has: the rest of a whole number below 2^53 is for the number of the source. */
export const PLACES = 2 ** 40;
