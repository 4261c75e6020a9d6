import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';

/** A terminal that is written to and looked at. Some wrap their lines anew when they are narrowed, others cut them off. */
export class Screen extends EventEmitter {
  readonly isTTY = true;
  readonly #wraps: boolean;
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  #written: Promise<void> = Promise.resolve();

  constructor({
    columns = 80,
    rows = 12,
    wraps = true,
  }: { readonly columns?: number; readonly rows?: number; readonly wraps?: boolean } = {}) {
    super();
    this.#wraps = wraps;
    this.#terminal = new xterm.Terminal({ cols: columns, rows, reflowCursorLine: wraps, convertEol: true, allowProposedApi: true });
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  write(text: string): void {
    this.#written = new Promise((resolve) => {
      this.#terminal.write(text, resolve);
    });
  }

  /** Gives the window another width, and tells the program as a terminal does. */
  async resize(columns: number): Promise<void> {
    await this.#written;
    const before = this.#rowInLine() * this.columns;
    this.#terminal.resize(columns, this.#terminal.rows);
    const up = this.#rowInLine() - Math.floor(before / columns);
    if (this.#wraps && up > 0) this.write(`\u001b[${up}A`); // the cursor stays with its character, as in most terminals
    await this.#written;
    this.emit('resize');
  }

  /** What is to be seen, without the blanks at the ends of lines and the lines below. */
  async text(): Promise<string> {
    await this.#written;
    const { active } = this.#terminal.buffer;
    return Array.from({ length: active.length }, (_, y) => active.getLine(y)!.translateToString(true))
      .join('\n')
      .trimEnd();
  }

  /** In which row the cursor is of those that its line is wrapped into. */
  #rowInLine(): number {
    const { active } = this.#terminal.buffer;
    let row = 0;
    while (active.getLine(active.baseY + active.cursorY - row)?.isWrapped) row++;
    return row;
  }
}
