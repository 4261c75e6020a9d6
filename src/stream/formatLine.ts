import { formatInstant } from '../domain/instant.js';
import { furtherKey } from './furtherKey.js';
import { numberText } from './numberText.js';
import type { StreamFix } from './StreamFix.js';

/** A fix as a line of a message, without its end: the JSON that `query --format json` prints, and its place in its source. */
export function formatLine({ device, arrival, event, latitude, longitude, speed, extra, seq }: StreamFix): string {
  const time = arrival === undefined ? '{' : `{"time":"${formatInstant(arrival)}",`;
  const measures = `"lat":${numberText(latitude)},"lon":${numberText(longitude)},"speed":${speed === '' ? 'null' : numberText(speed)}`;
  let further = '';
  for (const [name, value] of Object.entries(extra)) {
    if (value !== '') further += `,${JSON.stringify(furtherKey(name))}:${JSON.stringify(value)}`;
  }
  const place = seq === undefined ? '' : `,"seq":${seq}`;
  return `${time}"device_id":${JSON.stringify(device)},${measures},"event_time":"${formatInstant(event)}"${further}${place}}`;
}
