import { parseRow } from '../../csv/parseRow.js';
import type { DeviceIds } from '../../domain/DeviceIds.js';
import type { FixBatch, FixColumns } from '../../domain/FixBatch.js';
import type { Fix } from '../../domain/fix.js';

/** How many bytes may be read beyond the last text of a batch. */
const SLACK = 8;

/** A batch of a recording. */
export class RecordedBatch implements FixBatch {
  readonly columns: FixColumns;
  readonly first: number;
  readonly end: number;
  readonly text: Buffer;
  readonly extra: boolean;
  readonly devices: DeviceIds;

  constructor({ columns, first, end, text, extra, devices }: Omit<FixBatch, 'fix' | 'part' | 'kept'>) {
    this.columns = columns;
    this.first = first;
    this.end = end;
    this.text = text;
    this.extra = extra;
    this.devices = devices;
  }

  fix(row: number): Fix {
    const { arrival, event, device, from, to } = this.columns;
    const [latitude = '', longitude = '', speed = '', ...extra] = parseRow(this.text.toString('utf8', from[row], to[row]));
    return { device: this.devices.id(device[row]!), arrival: arrival[row]!, event: event[row]!, latitude, longitude, speed, extra };
  }

  part(first: number, end: number): RecordedBatch {
    return first === this.first && end === this.end ? this : this.#with({ columns: this.columns, first, end, text: this.text });
  }

  kept(): RecordedBatch {
    const { columns: was, first, end, text } = this;
    const columns = columnsFor(end - first);
    columns.arrival.set(was.arrival.subarray(first, end));
    columns.event.set(was.event.subarray(first, end));
    columns.device.set(was.device.subarray(first, end));
    columns.due.set(was.due.subarray(first, end));
    let textBytes = 0;
    for (let row = first; row < end; row++) textBytes += was.to[row]! - was.from[row]!;
    const kept = Buffer.allocUnsafeSlow(textBytes + SLACK);
    for (let [row, at] = [first, 0]; row < end; row++) {
      columns.from[row - first] = at;
      at += text.copy(kept, at, was.from[row], was.to[row]);
      columns.to[row - first] = at;
    }
    return this.#with({ columns, first: 0, end: end - first, text: kept });
  }

  #with(rows: Pick<FixBatch, 'columns' | 'first' | 'end' | 'text'>): RecordedBatch {
    return new RecordedBatch({ ...rows, extra: this.extra, devices: this.devices });
  }
}

/** Columns of so many rows. */
export function columnsFor(rows: number): FixColumns {
  return {
    arrival: new Float64Array(rows),
    event: new Float64Array(rows),
    device: new Uint32Array(rows),
    from: new Uint32Array(rows),
    to: new Uint32Array(rows),
    due: new Float64Array(rows),
  };
}
