import type { SAXParser, Tag } from 'sax';
import { MEBIBYTE } from '../../csv/readBlocks.js';
import { LONGEST_RECORDED } from '../scan/longestRecorded.js';
import { LONGEST_NAME } from './foundColumns.js';
import { columnOf } from './gpxColumn.js';
import type { GpxPoint } from './gpxPoint.js';

/** The elements that are positions: of a track, of a route, and on their own. */
const POINTS = new Set(['trkpt', 'rtept', 'wpt']);
/** How deep elements may be nested in a point: deeper than known programs write them. */
const DEEPEST = 64;
/** Attributes that declare something of the XML document, and are not data. */
const DECLARES = /^xmlns(?::|$)|^xsi:/;
/** What stands for bytes that are not text in the encoding of the document. */
const NO_TEXT = '\ufffd';

/** A point that is being read. */
interface Open {
  readonly from: number;
  readonly line: number;
  readonly depth: number;
  readonly values: Map<string, string>;
}

/** Finds the points of a GPX document (1.0 or 1.1) in its text, as that comes. Holds the text of one point. */
export class GpxParser {
  readonly #sax: SAXParser;
  #points: GpxPoint[] = [];
  /** The local names of the elements that are open. */
  readonly #path: string[] = [];
  /** The text in the element that is open; `undefined` if it has elements in it. */
  #text: string | undefined;
  #point: Open | undefined;
  #track = '';
  /** What has come and may belong to a point, and how much came before it. */
  #window = '';
  #before = 0;
  /** Where the last tag ends. */
  #tagEnd = 0;

  constructor(sax: SAXParser) {
    this.#sax = sax;
    sax.onopentag = (tag) => { this.#open(tag as Tag); };
    sax.onclosetag = () => { this.#close(); };
    sax.ontext = sax.oncdata = (text) => { if (this.#text !== undefined) this.#text += text; };
    sax.onerror = (error) => { throw new Error(`line ${sax.line + 1}: ${error.message.split('\n')[0]!}`); };
  }

  /** Takes in what follows; gives the points that are whole by it. @throws Error if it is not well-formed */
  push(text: string): readonly GpxPoint[] {
    this.#window += text;
    this.#sax.write(text);
    const tag = this.#before + this.#window.lastIndexOf('<');
    const end = this.#before + this.#window.length;
    this.#forget(this.#point?.from ?? (tag >= this.#tagEnd ? tag : end));
    if (Math.max(this.#window.length, this.#text?.length ?? 0) > LONGEST_RECORDED)
      throw new Error(`line ${this.#sax.line + 1}: an element of more than ${LONGEST_RECORDED / MEBIBYTE} MiB`);
    const points = this.#points;
    this.#points = [];
    return points;
  }

  /** What is left at the end of the document, if it is cut off. @throws Error if there was no document */
  end(): GpxPoint | undefined {
    const { line, fault } = this.#point
      ? { line: this.#point.line, fault: 'the file ends within this point: it is cut off' }
      : { line: this.#sax.line + 1, fault: 'the file ends before </gpx>: it is cut off' };
    return this.#path.length > 0 ? { line, fault, raw: this.#point ? this.#window : '', values: new Map() } : undefined;
  }

  #open({ name, attributes }: Tag): void {
    const local = localOf(name);
    this.#tagEnd = this.#sax.position;
    this.#path.push(local);
    if (!this.#point && POINTS.has(local)) {
      const from = this.#sax.startTagPosition - 1;
      const line = this.#sax.line + 1 - breaksIn(this.#window.slice(from - this.#before, this.#tagEnd - this.#before));
      this.#point = { from, line, depth: this.#path.length, values: new Map() };
      if (this.#track !== '') this.#point.values.set('track', this.#track);
    }
    this.#text = this.#point || this.#isTrackName() ? '' : undefined;
    if (this.#point) for (const [name, value] of Object.entries(attributes)) if (!DECLARES.test(name)) this.#take(localOf(name), value);
  }

  #close(): void {
    this.#tagEnd = this.#sax.position;
    const text = this.#text?.trim() ?? '';
    this.#text = undefined;
    const point = this.#point;
    if (!point) this.#closeOutside(text);
    else if (this.#path.length > point.depth) {
      if (text !== '') this.#take('', text);
    } else {
      const raw = this.#window.slice(point.from - this.#before, this.#tagEnd - this.#before);
      const fault = raw.includes(NO_TEXT) ? 'it has bytes that are not text in the encoding of the file' : undefined;
      this.#points.push({ line: point.line, raw, values: point.values, ...(fault === undefined ? {} : { fault }) });
      this.#point = undefined;
    }
    this.#path.pop();
  }

  #closeOutside(text: string): void {
    if (this.#isTrackName()) this.#track = text;
    else if (this.#path.at(-1) === 'trk') this.#track = '';
  }

  #isTrackName(): boolean {
    return this.#path.at(-1) === 'name' && this.#path.at(-2) === 'trk';
  }

  /** Takes in what an element says, or an attribute of it; what stands there more than once gets a number. */
  #take(attribute: string, value: string): void {
    const { depth, values } = this.#point!;
    if (this.#path.length > depth + DEEPEST)
      throw new Error(`line ${this.#sax.line + 1}: a point with more than ${DEEPEST} elements within each other`);
    const stem = columnOf([...this.#path.slice(depth), ...(attribute === '' ? [] : [attribute])]);
    if (stem.length > LONGEST_NAME)
      throw new Error(
        `line ${this.#sax.line + 1}: a name that is longer than ${LONGEST_NAME} characters, with those of the elements it is in`,
      );
    let name = stem;
    for (let number = 2; values.has(name); number++) name = `${stem}_${number}`;
    values.set(name, value);
  }

  #forget(before: number): void {
    this.#window = this.#window.slice(before - this.#before);
    this.#before = before;
  }
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}
