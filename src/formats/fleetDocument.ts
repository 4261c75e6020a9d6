import type { OperatorFunction } from 'rxjs';
import { csvRows } from './csv.js';
import type { DocumentFormat } from './DocumentFormat.js';
import { features } from './geojson.js';
import { waypoints } from './gpx.js';
import { placemarks } from './kml.js';
import type { Shown } from './Shown.js';

const FORMATS: Readonly<Record<DocumentFormat, () => OperatorFunction<Shown, string>>> = {
  csv: csvRows,
  geojson: features,
  gpx: waypoints,
  kml: placemarks,
};

/** Fixes, each of a device, as one document. */
export const fleetDocument = (format: DocumentFormat): OperatorFunction<Shown, string> => FORMATS[format]();
