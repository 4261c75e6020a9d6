import { map, type Observable } from 'rxjs';
import { csvRows } from './csv.js';
import type { DocumentFormat } from './DocumentFormat.js';
import { trackGpx } from './gpx.js';
import { trackKml } from './kml.js';
import { trackGeojson } from './trackGeojson.js';
import type { Trips } from './Trips.js';

/** A track as one document. GeoJSON and KML read it twice, so that none of them holds it. */
export function trackDocument(format: DocumentFormat, trips: Trips): Observable<string> {
  const fixes: Parameters<typeof trackKml>[0] = (options) => trips(options).pipe(map(({ last }) => last));
  switch (format) {
    case 'csv':
      return fixes().pipe(csvRows());
    case 'geojson':
      return trackGeojson(trips);
    case 'gpx':
      return fixes().pipe(trackGpx());
    case 'kml':
      return trackKml(fixes);
  }
}
