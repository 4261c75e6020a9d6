import type { Layout, LayoutPart, NamedLayout } from '../../index.js';
import { columnSpec, splitOutsideQuotes } from '../../domain/columnSpec.js';
import { shown } from '../../domain/shown.js';
import { wholeOf } from '../arguments.js';
import { UsageError } from '../UsageError.js';
import { layoutNamed } from './layoutNamed.js';
import { rowSettings, type RowSettings, type RowValues } from './rowOptions.js';

/** How inputs are read, and which rows of them are fixes. Durations in ms. */
export interface ReadingSettings extends Pick<RowSettings, 'where' | 'maxClockAhead' | 'maxClockBehind'> {
  readonly layout?: Layout;
  readonly named?: NamedLayout;
}

/** What the command line says about that. */
export interface ReadingValues extends RowValues {
  readonly layout?: string | undefined;
  readonly columns?: string | undefined;
  readonly device?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly decimal?: string | undefined;
  readonly header?: string | undefined;
  readonly skip?: string | undefined;
  readonly encoding?: string | undefined;
  readonly sheet?: string | undefined;
  readonly keep?: string | undefined;
}

const PARTS = ['device', 'latitude', 'longitude', 'event', 'arrival', 'speed', 'zone'] as const;
/** The parts that a recording may be without. */
const NONE: readonly LayoutPart[] = ['arrival', 'speed', 'zone'];
const DELIMITERS: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', bar: '|' };
const DECIMALS: Readonly<Record<string, '.' | ','>> = { '.': '.', ',': ',', point: '.', comma: ',' };

/** Understands how inputs are to be read. @throws UsageError if it cannot; FileError if a layout file cannot be read. */
export function readingOf(values: ReadingValues): ReadingSettings {
  const { columns, device, delimiter, decimal, header, skip, encoding, sheet, keep } = values;
  const { times, zone, speedUnit, where, maxClockAhead, maxClockBehind } = rowSettings(values);
  const layout: Layout = {
    ...(columns === undefined ? {} : { columns: columnsOf(columns) }),
    ...(device === undefined ? {} : { device: deviceOf(device) }),
    ...(delimiter === undefined ? {} : { delimiter: delimiterOf(delimiter) }),
    ...(decimal === undefined ? {} : { decimal: decimalOf(decimal) }),
    ...(header === undefined ? {} : { header: namesOf('--header', header) }),
    ...(skip === undefined ? {} : { skip: wholeOf('--skip', skip, 0, 1_000_000) }),
    ...(encoding === undefined ? {} : { encoding: encodingOf(encoding) }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(keep === undefined ? {} : { keep: keep === 'none' ? [] : namesOf('--keep', keep) }),
    ...(Object.keys(times).length > 0 ? { times } : {}),
    ...(Object.keys(zone).length > 0 ? { zone } : {}),
    ...(speedUnit === undefined ? {} : { speedUnit }),
  };
  if (layout.device !== undefined && layout.columns?.device !== undefined)
    throw new UsageError(`--device ${shown(device!)} and --columns ${shown(`device=${layout.columns.device}`)}: give one of them`);
  return {
    ...(Object.keys(layout).length > 0 ? { layout } : {}),
    ...(values.layout === undefined ? {} : { named: layoutNamed(values.layout) }),
    where,
    maxClockAhead,
    maxClockBehind,
  };
}

/** `arrival=received_at,device=imei`: the columns of some parts. */
function columnsOf(text: string): Readonly<Partial<Record<LayoutPart, string>>> {
  const pairs = splitOutsideQuotes(text, ',');
  if (!pairs) throw new UsageError(`--columns ${shown(text)} has a quote that is not closed: close it, or write it twice within quotes`);
  const columns: Partial<Record<LayoutPart, string>> = {};
  for (const pair of pairs) {
    const [, named = '', column = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    const part = PARTS.find((one) => one === named.trim());
    if (!part) throw new UsageError(`--columns ${shown(pair)} is not PART=NAME, where PART is one of ${PARTS.join(', ')}`);
    if (column.trim() === '' && !NONE.includes(part))
      throw new UsageError(
        `--columns ${shown(pair)} names no column: only the arrival, the speed and the zone may have none` +
          (part === 'device' ? '; --device NAME names the one device' : ''),
      );
    if (column.trim() !== '' && columnSpec(column) === undefined)
      throw new UsageError(`--columns ${shown(pair)} has a quote that is not closed: close it, or write it twice within quotes`);
    columns[part] = column.trim();
  }
  return columns;
}

function deviceOf(text: string): string {
  if (text.trim() !== '') return text;
  throw new UsageError(`--device ${shown(text)} is not a name: give one, or --columns device=COLUMN`);
}

function delimiterOf(text: string): string {
  const delimiter = DELIMITERS[text] ?? text;
  if (/^[^"\r\n\w.+-]$/.test(delimiter) && delimiter <= '~') return delimiter;
  throw new UsageError(`--delimiter ${shown(text)} is not a separator: give one character, such as ; or |, or tab`);
}

function decimalOf(text: string): '.' | ',' {
  const decimal = Object.hasOwn(DECIMALS, text) ? DECIMALS[text] : undefined;
  if (decimal !== undefined) return decimal;
  throw new UsageError(`--decimal ${shown(text)} is not a decimal separator: give . or ,`);
}

function encodingOf(text: string): string {
  try {
    return new TextDecoder(text).encoding;
  } catch (cause) {
    throw new UsageError(`--encoding ${shown(text)} is not known: give one such as utf-8, windows-1252, utf-16le, shift_jis or gb18030`, {
      cause,
    });
  }
}

/** Names between commas, which may be in quotes. */
function namesOf(option: string, text: string): readonly string[] {
  const names = splitOutsideQuotes(text, ',');
  if (!names) throw new UsageError(`${option} ${shown(text)} has a quote that is not closed: close it, or write it twice within quotes`);
  if (text.trim() === '') throw new UsageError(`${option} ${shown(text)} names no column: give their names, separated by commas`);
  return names.map((name) => {
    const [, quoted] = /^\s*"(.*)"\s*$/s.exec(name) ?? [];
    return quoted === undefined ? name.trim() : quoted.replaceAll('""', '"');
  });
}
