import { parseRow } from '../csv/parseRow.js';
import type { FixBatch } from '../domain/FixBatch.js';
import { formatInstant } from '../domain/instant.js';
import { furtherKey } from './furtherKey.js';
import { numberText } from './numberText.js';

/**
 * Writes rows of batches as `formatLine` does, without a fix in between, which would take as long again. Holds the ids of
 * the devices, as JSON.
 *
 * @param names those of the extra columns
 */
export function batchLines(names: readonly string[]): (batch: FixBatch, row: number, seq: number) => string {
  const keys = names.map((name) => `,${JSON.stringify(furtherKey(name))}:`);
  const devices: string[] = [];
  return ({ columns, text, devices: ids }, row, seq) => {
    const fields = text.toString('utf8', columns.from[row], columns.to[row]);
    const [latitude = '', longitude = '', speed = '', ...extra] = keys.length === 0 ? fields.split(',') : parseRow(fields);
    const number = columns.device[row]!;
    const device = (devices[number] ??= JSON.stringify(ids.id(number)));
    const measures = `"lat":${numberText(latitude)},"lon":${numberText(longitude)},"speed":${speed === '' ? 'null' : numberText(speed)}`;
    let further = '';
    for (let i = 0; i < keys.length; i++) if (extra[i]) further += keys[i]! + JSON.stringify(extra[i]);
    const [time, event] = [formatInstant(columns.arrival[row]!), formatInstant(columns.event[row]!)];
    return `{"time":"${time}","device_id":${device},${measures},"event_time":"${event}"${further},"seq":${seq}}`;
  };
}
