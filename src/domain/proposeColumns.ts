import { formatColumn } from './columnSpec.js';
import type { Part } from './columns.js';

/** What people call the columns of each part, the likeliest first: only letters and digits, without regard to case. */
const CALLED: Readonly<Record<Part, string>> = {
  device:
    'devicefkid deviceid device imei mmsi unitid unit vehicleid uniquevehicleid vehicleno vehicle trackerid tracker assetid asset ' +
    'terminalid terminal individuallocalidentifier taglocalidentifier icao24 uniqueid objectid ' +
    'userid uid animalid animal tag ' +
    'busid bus truckid truck plate licenseplate registration callsign serial serialno serialnumber ' +
    'deviceserial devicename vehiclename unitname name tid id',
  latitude: 'latitude lat locationlat gpslatitude gpslat poslat latdeg latitudedeg positionlat y ycoord ycoordinate',
  longitude: 'longitude lon lng long locationlong locationlon locationlng gpslongitude gpslon gpslng poslon londeg x xcoord xcoordinate',
  event:
    'timestamp eventtime fixtime gpstime gpstimestamp gpsdatetime devicetime timestamputc datetime datetimeutc dateandtime basedatetime ' +
    'recordedat takenat sampledat measuredat tst isotst lastposupdate positiontime postime utctime timeutc utc time ' +
    'date ts dt epoch unixtime when',
  arrival:
    'sts servertime receivedat receivetime receivedtime received servertimestamp serverts arrivaltime arrival arrivedat ' +
    'ingestedat ingesttime insertedat createdat storedat loggedat uploadedat feedtimestamp lastcontact isorcv recvtime rcvd rcv',
  speed: 'speed sog groundspeed gpsspeed speedkmh speedkph speedmph speedms speedkn speedknots kmh kph velocity vel spd',
};
/** The parts that a recording may be without, and what says so. */
const NONE: Readonly<Partial<Record<Part, string>>> = { arrival: 'arrival=', speed: 'speed=' };

/** Finds, for parts that are missing, the columns of a header that people would call so; `''` if a part may have none. */
export function proposeColumns(header: readonly string[], missing: readonly Part[], taken: readonly number[]): ReadonlyMap<Part, string> {
  const names = header.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const free = new Set(header.keys());
  for (const position of taken) free.delete(position);
  const found = new Map<Part, string>();
  for (const part of missing) {
    const calls = CALLED[part].split(' ');
    const position = calls.map((call) => names.findIndex((name, i) => name === call && free.has(i))).find((at) => at >= 0);
    const [date, time] = part === 'event' ? dateAndTime(names, free) : [];
    const picked = date !== undefined && time !== undefined ? [date, time] : position === undefined ? [] : [position];
    if (picked.length > 0) found.set(part, picked.map((at) => formatColumn(header[at]!)).join('+'));
    else if (NONE[part] !== undefined) found.set(part, '');
    for (const at of picked) free.delete(at);
  }
  return found;
}

/** Where the date and the time of day stand if each has a column. */
function dateAndTime(names: readonly string[], free: ReadonlySet<number>): readonly (number | undefined)[] {
  const suffixes = ['', 'gmt', 'utc', 'local'];
  for (const suffix of suffixes) {
    const date = names.findIndex((name, i) => free.has(i) && name === `date${suffix}`);
    const time = names.findIndex((name, i) => free.has(i) && (name === `time${suffix}` || name === `timeofday${suffix}`));
    if (date >= 0 && time >= 0) return [date, time];
  }
  return [];
}
