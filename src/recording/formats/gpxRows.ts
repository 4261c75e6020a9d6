import { FileError } from '../../csv/FileError.js';
import { decodedXml } from './decodedXml.js';
import type { GpxPoint } from './gpxPoint.js';
import { foundColumns } from './foundColumns.js';
import type { FormatRows, Source } from './Source.js';

/** What every GPX point has, unless it is not a fix. */
const ALWAYS = ['time', 'lat', 'lon'];

/**
 * The points of a GPX document (1.0 or 1.1), of its tracks, its routes and on their own, as they stand there: time, lat
 * and lon first, then what else any of them says (ele, speed, ...), and the name of their track, if it has one. Entities
 * that the document defines are not expanded, since XML lets a few of them become gigabytes: they are not well-formed here.
 *
 * Reads it twice: what it says is known only at its end. Holds the text of one point.
 *
 * @throws FileError if it is not well-formed. A point in which the file ends is a row with that fault.
 */
export async function* gpxRows({ name, look, read }: Source): FormatRows {
  const columns = foundColumns(name, ALWAYS);
  for await (const points of pointsOf(name, look()))
    for (const { values, fault } of points) if (fault === undefined) columns.add(values.keys());
  yield [{ fields: columns.names, line: 0, raw: '' }];
  for await (const points of pointsOf(name, read()))
    yield points.map((point) => ({ ...point, fields: columns.names.map((column) => point.values.get(column) ?? '') }));
}

async function* pointsOf(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly GpxPoint[], void, undefined> {
  const [{ default: sax }, { GpxParser }] = await Promise.all([import('sax'), import('./GpxParser.js')]); // few recordings are GPX
  const parser = new GpxParser(sax.parser(true));
  try {
    for await (const text of decodedXml(chunks)) {
      const points = parser.push(text);
      if (points.length > 0) yield points;
    }
    const last = parser.end();
    if (last) yield [last];
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`cannot read ${name} as GPX: ${(cause as Error).message}: save it again with the program it comes from`, { cause });
  }
}
