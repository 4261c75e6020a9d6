/** How far it is to the east from one place of the Mercator square to another, the shorter way around: in [-0.5, 0.5] of its width. */
export const eastward = (from: { readonly x: number }, to: { readonly x: number }): number => {
  const straight = to.x - from.x;
  return straight - Math.round(straight);
};
