/** What is seen of a colour above another one, both as `pixelOf` gives them and as transparent as they like. */
export function blended(below: number, above: number): number {
  const strength = above >>> 24;
  const rest = ((below >>> 24) * (255 - strength)) / 255; // of what is below
  const sum = strength + rest;
  if (sum === 0) return 0;
  let pixel = Math.round(sum) << 24;
  for (let shift = 0; shift < 24; shift += 8)
    pixel |= Math.round((((above >>> shift) & 255) * strength + ((below >>> shift) & 255) * rest) / sum) << shift;
  return pixel >>> 0;
}
