import { parseInstant } from '../../../src/domain/instant.js';
import type { StoreRow } from '../../../src/store/StoreRow.js';
import type { RawMessage } from './messagesOf.js';

/** A fix of the stream, and the name of its source. */
export interface StreamedRow extends Omit<StoreRow, 'seq'> {
  readonly source: string;
  readonly place: number;
  readonly nr: string;
  /** As on the wire. */
  readonly texts: readonly [latitude: string, longitude: string, speed: string];
}

interface WireFix {
  readonly device_id: string;
  readonly time?: string;
  readonly event_time: string;
  readonly lat: number | string;
  readonly lon: number | string;
  readonly speed: number | string | null;
  readonly seq?: number;
  readonly [further: string]: unknown;
}

const OWN = ['device_id', 'time', 'event_time', 'lat', 'lon', 'speed', 'seq'];

/** What the messages of a stream have, read once more by other means than a worker's: its fixes, and how many lines are none. */
export function rowsIn(messages: readonly RawMessage[]): { readonly rows: readonly StreamedRow[]; readonly rejected: number } {
  const rows: StreamedRow[] = [];
  const rejected = new Set<string>();
  for (const { source, text } of messages) {
    for (const line of text.split('\n').filter((each) => each !== '')) {
      const said = JSON.parse(line) as WireFix;
      if ('rejected' in said) rejected.add(`${source} ${String(said.seq)} ${String(said['line'])}`);
      else if (!('tick' in said)) rows.push(rowOf(said, source));
    }
  }
  return { rows, rejected: rejected.size };
}

function rowOf(said: WireFix, source: string): StreamedRow {
  const texts = [String(said.lat), String(said.lon), said.speed === null ? '' : String(said.speed)] as const;
  const [lat, lon, speed] = [Number(texts[0]), Number(texts[1]), texts[2] === '' ? null : Number(texts[2])];
  const isPlain = String(lat) === texts[0] && String(lon) === texts[1] && (speed === null || String(speed) === texts[2]);
  const further = Object.fromEntries(Object.entries(said).filter(([name]) => !OWN.includes(name)));
  return {
    device: said.device_id,
    arrival: parseInstant(said.time!)!,
    event: parseInstant(said.event_time)!,
    lat,
    lon,
    speed,
    written: isPlain ? null : texts.join(','),
    further: Object.keys(further).length === 0 ? null : JSON.stringify(further),
    source,
    place: said.seq!,
    nr: String(said['nr']),
    texts,
  };
}
