/** What stands around the values of a line that `formatLine` writes. */
export const LINE_PARTS = {
  time: Buffer.from('{"time":"'),
  /** Of a line without a time. */
  firstDevice: Buffer.from('{"device_id":"'),
  device: Buffer.from(',"device_id":"'),
  latitude: Buffer.from(',"lat":'),
  longitude: Buffer.from(',"lon":'),
  speed: Buffer.from(',"speed":'),
  unknown: Buffer.from('null'),
  event: Buffer.from(',"event_time":"'),
  place: Buffer.from(',"seq":'),
} as const;
