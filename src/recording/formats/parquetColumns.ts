import type { FileMetaData, SchemaElement } from 'hyparquet';
import { parquetText } from './parquetText.js';

/** A column of a Parquet file that is one text a row. */
export interface ParquetColumn {
  readonly name: string;
  /** The column at the top of the file that it is in, which may be itself. */
  readonly top: string;
  /** What a value of that column says of it. */
  readonly textOf: (value: unknown) => string;
}

/** What says that a column holds several values a row. */
const SEVERAL = new Set(['LIST', 'MAP', 'MAP_KEY_VALUE']);
/** What is written by `parquetText`, of what stands in the file: the reader would make doubles and dates of it, or refuse it. */
const EXACT = /^(?:DECIMAL|DATE|TIME|TIMESTAMP|JSON|BSON|INTERVAL|GEOMETRY|GEOGRAPHY)(?:_|$)/;

/** A column, and those within it. */
interface Node {
  readonly element: SchemaElement;
  readonly children: readonly Node[];
}

/** The columns of a file, those in others one by one. Takes out of its schema what its reader is not to convert. */
export function parquetColumns({ schema }: FileMetaData): readonly ParquetColumn[] {
  const { children } = nodeAt(schema, 0).node;
  return children.flatMap((child) => columnsOf(child, child.element.name, [], child.element.name));
}

function columnsOf({ element, children }: Node, name: string, path: readonly string[], top: string): ParquetColumn[] {
  const isGroup = children.length > 0 && element.repetition_type !== 'REPEATED' && !isSeveral(element);
  if (isGroup) return children.flatMap((child) => columnsOf(child, `${name}.${child.element.name}`, [...path, child.element.name], top));
  const write = children.length > 0 || element.repetition_type === 'REPEATED' ? parquetText({}) : parquetText({ ...element });
  if (children.length === 0) leaveAsItIs(element);
  const within = (value: unknown, key: string) => (value as Record<string, unknown> | null)?.[key];
  return [{ name, top, textOf: (value) => write(path.reduce(within, value)) }];
}

function isSeveral({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return SEVERAL.has(converted ?? '') || SEVERAL.has(logical?.type ?? '');
}

function leaveAsItIs(element: SchemaElement): void {
  if (EXACT.test(element.converted_type ?? '')) delete element.converted_type;
  if (EXACT.test(element.logical_type?.type ?? '')) delete element.logical_type;
}

/** The element at a place of the schema, which lists them from the root on, each before those within it; and the place behind those. */
function nodeAt(schema: readonly SchemaElement[], at: number): { readonly node: Node; readonly next: number } {
  const element = schema[at];
  if (!element) throw new Error('its schema is cut off');
  const children: Node[] = [];
  let next = at + 1;
  for (let i = 0; i < (element.num_children ?? 0); i++) {
    const child = nodeAt(schema, next);
    children.push(child.node);
    next = child.next;
  }
  return { node: { element, children }, next };
}
