/** A format of which many fixes are one document, each with its media type. */
export const DOCUMENT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json',
  gpx: 'application/gpx+xml',
  kml: 'application/vnd.google-earth.kml+xml',
} as const;

export type DocumentFormat = keyof typeof DOCUMENT_TYPES;
