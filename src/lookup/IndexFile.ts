import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, writeSync } from 'node:fs';
import { DamagedIndex } from './DamagedIndex.js';
import { firstPageOf } from './firstPageOf.js';
import { PAGE } from './page.js';
import { FilePages } from './Pages.js';
import type { Reads } from './Reads.js';
import { Segment } from './Segment.js';
import { isStampOf, NO_STAMP, parseStamp, stampPage, type Stamp } from './stamp.js';

/** Within so many ns of a change, another may leave the same time: the clock of a file system ticks up to 10 ms apart. */
const TICK = 20_000_000n;
/** How often to look again for the stamp of a file that is just being written. */
const MAX_LOOKS = 3;

/**
 * An index that is open: a page with a stamp, then segments, each with the rows that follow those of the one
 * before; one that starts further back takes the place of all that start there or later.
 */
export class IndexFile {
  /** Lets others bring it up to date. */
  readonly release: () => void;
  readonly #descriptor: number;
  readonly #reads: Reads;
  readonly #stamp = Buffer.alloc(PAGE);
  #pages: FilePages;
  /** That of the file when its segments were read. */
  #edition: bigint | undefined;
  #segments: { readonly segment: Segment; readonly at: number }[] = [];
  /** Whether nothing stood behind them that is not one: it may be damaged, or of an earlier format. */
  #isWhole = true;

  /** @param descriptor which it closes */
  constructor(descriptor: number, reads: Reads, release: () => void = () => undefined) {
    this.#descriptor = descriptor;
    this.#reads = reads;
    this.release = release;
    this.#pages = new FilePages(descriptor, reads);
    this.#load();
  }

  /** Its segments, which have the rows of the file from its start on, one after the other. */
  get segments(): readonly Segment[] {
    return this.#segments.map(({ segment }) => segment);
  }

  /** Whether the open file is in the state in which it was last known to go with this index, all of which was read. */
  isOf(csv: number): boolean {
    if (!this.#isWhole) return false;
    for (let look = 0; look < MAX_LOOKS; look++) {
      const file = fstatSync(csv, { bigint: true });
      const stamped = parseStamp(firstPageOf(this.#descriptor));
      if (stamped && stamped.edition === this.#edition && isStampOf(stamped.state, file)) return true;
    }
    return false;
  }

  /** To be called before what was written is written over, so that who reads it does not believe its stamp any more. */
  renew(): void {
    this.#edition = randomBytes(8).readBigUInt64LE();
  }

  /** Leaves the first segments, and takes the others away. */
  keep(count: number): void {
    this.#segments.length = count;
    ftruncateSync(this.#descriptor, this.#end * PAGE);
    this.#pages = new FilePages(this.#descriptor, this.#reads);
  }

  /** Appends a segment. @throws what the file system does. */
  append(bytes: Buffer): Segment {
    const at = this.#end;
    this.#write(bytes, at);
    const segment = new Segment(this.#pages, at);
    this.#add(segment, at);
    return segment;
  }

  /** Notes that it goes with a file in this state. */
  stamp(state: Stamp): void {
    this.#write(stampPage(this.#stamp, state, this.#edition!), 0);
  }

  /**
   * The state of the open file, to be stamped when it is known to go with this index in it; none if it was
   * changed so shortly before that it could be changed again and yet seem the same.
   */
  stateOf(csv: number): Stamp {
    this.stamp(NO_STAMP); // so that the file system says what time it is
    const state = fstatSync(csv, { bigint: true });
    return fstatSync(this.#descriptor, { bigint: true }).ctimeNs - state.ctimeNs > TICK ? state : NO_STAMP;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  get #end(): number {
    const last = this.#segments.at(-1);
    return last ? last.at + last.segment.length : 1;
  }

  #load(): void {
    this.#edition = parseStamp(firstPageOf(this.#descriptor))?.edition;
    const count = Math.floor(fstatSync(this.#descriptor).size / PAGE);
    let at = 1;
    try {
      while (at < count) {
        const segment = new Segment(this.#pages, at);
        if (at + segment.length > count || !this.#add(segment, at)) break;
        at += segment.length;
      }
    } catch (error) {
      if (!(error instanceof DamagedIndex)) throw error; // up to there, it can be used
    }
    this.#isWhole = at >= count;
  }

  /** Adds a segment, if it follows. */
  #add(segment: Segment, at: number): boolean {
    const before = this.#segments.findIndex(({ segment: { from } }) => from >= segment.from);
    const kept = before < 0 ? this.#segments : this.#segments.slice(0, before);
    if ((kept.at(-1)?.segment.to ?? 0) !== segment.from || segment.to <= segment.from) return false;
    this.#segments = [...kept, { segment, at }];
    return true;
  }

  #write(bytes: Buffer, page: number): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at, bytes.length - at, page * PAGE + at);
  }
}
