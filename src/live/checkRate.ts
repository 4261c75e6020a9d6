/** Makes sure that something can be played at a rate. @throws RangeError if it is not above 0. */
export function checkRate(rate: number): void {
  if (!(rate > 0)) throw new RangeError(`the rate ${rate} is not a number above 0`);
}
