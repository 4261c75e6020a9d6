/** The mean radius of the Earth in metres, as the IUGG defines it. */
const RADIUS = 6_371_008.8;
const RADIAN = Math.PI / 180;

/** A place in degrees, WGS 84, as text or number. */
export interface Position {
  readonly latitude: string | number;
  readonly longitude: string | number;
}

/**
 * The great-circle distance in metres between two places: on a sphere, by the haversine formula (R. W. Sinnott,
 * "Virtues of the Haversine", 1984), which is within 0.6 % of that on the ellipsoid.
 */
export function distance(a: Position, b: Position): number {
  const [fromLatitude, toLatitude] = [Number(a.latitude) * RADIAN, Number(b.latitude) * RADIAN];
  const northward = Math.sin((toLatitude - fromLatitude) / 2) ** 2;
  const eastward = Math.sin(((Number(b.longitude) - Number(a.longitude)) * RADIAN) / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(northward + Math.cos(fromLatitude) * Math.cos(toLatitude) * eastward)));
}
