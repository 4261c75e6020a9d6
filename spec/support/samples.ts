const zero = '2023-05-04T10:00:00';

/** A file as a program writes it: made up, two fixes of one device each, at 10:00:00 and 10:00:02 UTC on 4 May 2023. */
export interface Sample {
  readonly layout: string;
  /** How its name ends, if that matters. */
  readonly file?: string;
  readonly text: string;
  readonly options?: readonly string[];
  readonly device: string;
  /** Of the first fix. */
  readonly speed: string;
  /** Whether the layout must be named. */
  readonly isNamed?: boolean;
  /** How long after the events they arrived, in seconds. */
  readonly delay?: number;
  readonly unit?: string;
}

export const SAMPLES: readonly Sample[] = [
  {
    layout: 'lastfix',
    text: `time,device_id,lat,lon,speed,event_time\n2023-05-04T10:00:01.000000Z,7,52.5,13.4,3,${zero}.000000Z\n2023-05-04T10:00:03.000000Z,7,52.6,13.5,4,2023-05-04T10:00:02.000000Z\n`,
    device: '7',
    speed: '3',
    delay: 1,
  },
  {
    layout: 'movebank',
    text: `event-id,visible,timestamp,location-long,location-lat,ground-speed,individual-local-identifier\n1,true,2023-05-04 10:00:00.000,13.4,52.5,0.5,"Stork 1 / DER"\n2,true,2023-05-04 10:00:02.000,13.5,52.6,,"Stork 1 / DER"\n`,
    device: 'Stork 1 / DER',
    speed: '0.5',
    unit: 'm/s',
  },
  {
    layout: 'movebank',
    text: 'timestamp,location-long,location-lat,individual-local-identifier\n2023-05-04 10:00:00.000,13.4,52.5,b\n2023-05-04 10:00:02.000,13.5,52.6,b\n',
    device: 'b',
    speed: '',
  },
  {
    layout: 'aisdk',
    text: '# Timestamp,Type of mobile,MMSI,Latitude,Longitude,SOG\n04/05/2023 10:00:00,Class A,219000001,52.5,13.4,102.3\n04/05/2023 10:00:02,Class A,219000001,52.6,13.5,12.4\n',
    device: '219000001',
    speed: '',
    unit: 'kn',
  },
  {
    layout: 'marinecadastre',
    text: `MMSI,BaseDateTime,LAT,LON,SOG,COG\n399000001,${zero},52.5,13.4,8.1,1\n399000001,2023-05-04T10:00:02,52.6,13.5,8.2,1\n`,
    device: '399000001',
    speed: '8.1',
    unit: 'kn',
  },
  {
    layout: 'marinecadastre',
    text: 'mmsi,base_date_time,longitude,latitude,sog\n399000001,2023-05-04 10:00:00,13.4,52.5,8.1\n399000001,2023-05-04 10:00:02,13.5,52.6,8.2\n',
    device: '399000001',
    speed: '8.1',
    unit: 'kn',
  },
  {
    layout: 'opensky',
    text: 'time,icao24,lat,lon,velocity,lastposupdate,lastcontact\n1683194410,abc001,52.5,13.4,200.5,1683194400.0,1683194401.0\n1683194410,abc001,52.6,13.5,201.5,1683194402.0,1683194403.0\n',
    device: 'abc001',
    speed: '200.5',
    delay: 1,
    unit: 'm/s',
  },
  {
    layout: 'gtfs-rt',
    text: 'feed_timestamp,vehicle_id,latitude,longitude,speed,timestamp\n1683194401,V-1,52.5,13.4,4.5,1683194400\n1683194403,V-1,52.6,13.5,,1683194402\n',
    device: 'V-1',
    speed: '4.5',
    delay: 1,
    unit: 'm/s',
  },
  {
    layout: 'hfp',
    text: '"received_at","unique_vehicle_id","tst","spd","lat","long"\n"2023-05-04 10:00:01+00","0018/00777","2023-05-04 10:00:00+00",12.4,52.5,13.4\n"2023-05-04 10:00:03+00","0018/00777","2023-05-04 10:00:02+00",,52.6,13.5\n',
    device: '0018/00777',
    speed: '12.4',
    delay: 1,
    unit: 'm/s',
  },
  {
    layout: 'owntracks',
    text: `tid,lat,lon,vel,isotst,isorcv,username,device\nne,52.5,13.4,-1,${zero}Z,2023-05-04T10:00:01Z,ada,phone\nne,52.6,13.5,5,2023-05-04T10:00:02Z,2023-05-04T10:00:03Z,ada,phone\n`,
    device: 'ada phone',
    speed: '',
    delay: 1,
    unit: 'km/h',
  },
  {
    layout: 'traccar',
    text: 'ID,DEVICEID,SERVERTIME,FIXTIME,VALID,LATITUDE,LONGITUDE,SPEED,ATTRIBUTES\n1,3,2023-05-04 10:00:01,2023-05-04 10:00:00,true,52.5,13.4,1.8,"{""sat"":18}"\n2,3,2023-05-04 10:00:03,2023-05-04 10:00:02,true,52.6,13.5,0,{}\n',
    device: '3',
    speed: '1.8',
    delay: 1,
    unit: 'kn',
  },
  {
    layout: 'traccar',
    text: 'id,deviceId,serverTime,fixTime,latitude,longitude,speed\n1,3,2023-05-04 10:00:01,2023-05-04 10:00:00,52.5,13.4,1.8\n2,3,2023-05-04 10:00:03,2023-05-04 10:00:02,52.6,13.5,0\n',
    device: '3',
    speed: '1.8',
    delay: 1,
    unit: 'kn',
  },
  {
    layout: 'traccar',
    text: 'Valid,Time,Latitude,Longitude,Altitude,Speed,Address,Attributes\ntrue,2023-05-04 10:00:00,52.5°,13.4°,560 m,22 km/h,,\ntrue,2023-05-04 10:00:02,52.6°,13.5°,560 m,23 km/h,,\n',
    options: ['--device', 'Truck 7'],
    device: 'Truck 7',
    speed: '',
  },
  {
    layout: 'gpslogger',
    file: '20230504.csv',
    text: `time,lat,lon,elevation,accuracy,bearing,speed,satellites,provider\n${zero}.000Z,52.5,13.4,34,5,1,0.7,8,gps\n2023-05-04T10:00:02.000Z,52.6,13.5,34,5,1,,8,gps\n`,
    device: '20230504',
    speed: '0.7',
    unit: 'm/s',
  },
  {
    layout: 'geolife',
    file: '20230504.plt',
    text: `Geolife trajectory\nWGS 84\nAltitude is in Feet\nReserved 3\n0,2,255,My Track,0,0,2,8421376\n0\n52.5,13.4,0,492,45050.4,2023-05-04,10:00:00\n52.6,13.5,0,492,45050.4,2023-05-04,10:00:02\n`,
    options: ['--device', '000'],
    device: '000',
    speed: '',
    isNamed: true,
  },
  {
    layout: 't-drive',
    text: '1131,2023-05-04 18:00:00,13.4,52.5\n1131,2023-05-04 18:00:02,13.5,52.6\n',
    device: '1131',
    speed: '',
    isNamed: true,
  },
  {
    layout: 'gpx',
    file: 'walk.gpx',
    text: `<gpx version="1.1"><trk><trkseg><trkpt lat="52.5" lon="13.4"><time>${zero}Z</time></trkpt><trkpt lat="52.6" lon="13.5"><time>2023-05-04T10:00:02Z</time></trkpt></trkseg></trk></gpx>`,
    device: 'walk',
    speed: '',
  },
];

const NMEA = '$GPRMC,100000.00,A,5230.0000,N,01324.0000,E,3.0,90.0,040523,,,A*65';
const columns = 'device_fk_id,latitude,longitude,time_stamp,sts,speed';
const fix = `7,52.5,13.4,${zero}Z,${zero}Z,3`;

/** Files that the papers name, by their names. */
export const NAMED: Readonly<Record<string, string | Buffer>> = {
  ...Object.fromEntries(SAMPLES.toReversed().map(({ layout, text }) => [`${layout}.csv`, text])),
  'geolife.plt': SAMPLES.find(({ layout }) => layout === 'geolife')!.text,
  'gpx.gpx': SAMPLES.find(({ layout }) => layout === 'gpx')!.text,
  'nmea.nmea': `${NMEA}\r\n`,
  'collar.csv': '"Position, lat",lon,date,time\n52.5,13.4,2023-05-04,10:00:00\n',
  'walk.csv': `time,latitude,longitude,speed\n${zero}Z,52.5,13.4,1\n`,
  'vendor.csv': 'Vehicle No,Date & Time,Latitude,Longitude,Speed (Km/h)\nMH12,04-05-2023 06:00:00 PM,18.5,73.8,22\n',
  'zones.csv': `${columns},tz\n7,52.5,13.4,${zero},${zero},3,Europe/Berlin\n`,
  'headless.csv': `Fleet\nMay\n${fix}\n`,
  'windows.csv': Buffer.from(`${columns},driver\n${fix},José\n`, 'latin1'),
  'fleet.csv': 'Fleet report\nUnit No;Y;X;Day;Clock;Tempo;Note\n7;52,5;13,4;04.05.2023;12:00:00;3;x\n',
};
