import { aisdk } from './aisdk.js';
import { geolife } from './geolife.js';
import { gpslogger } from './gpslogger.js';
import { gpx } from './gpx.js';
import { gtfsRt } from './gtfsRt.js';
import { hfp } from './hfp.js';
import { lastfix } from './lastfix.js';
import { marinecadastre } from './marinecadastre.js';
import { movebank } from './movebank.js';
import type { NamedLayout } from './NamedLayout.js';
import { nmea } from './nmea.js';
import { opensky } from './opensky.js';
import { owntracks } from './owntracks.js';
import { tDrive } from './tDrive.js';
import { traccar } from './traccar.js';

/** The layouts that are known, in the order in which they are listed. */
export const LAYOUTS: readonly NamedLayout[] = [
  lastfix,
  movebank,
  aisdk,
  marinecadastre,
  opensky,
  gtfsRt,
  hfp,
  owntracks,
  traccar,
  gpslogger,
  geolife,
  tDrive,
  gpx,
  nmea,
];
