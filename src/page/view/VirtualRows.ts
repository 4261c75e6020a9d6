/** How the rows of a list are made. */
export interface VirtualRowsOptions<T> {
  /** px of each row, as the style has it. */
  readonly height: number;
  readonly make: () => HTMLElement;
  readonly fill: (row: HTMLElement, item: T, position: number) => void;
}

/** A list of any length of which only the rows in sight are elements. */
export class VirtualRows<T> {
  items: readonly T[] = [];
  /** The position of the first row. */
  private first = 0;

  constructor(private readonly list: HTMLElement, private readonly rows: HTMLElement, private readonly options: VirtualRowsOptions<T>) {}

  /** Has other items, which are drawn with `draw`. */
  take(items: readonly T[]): void {
    this.items = items;
    this.rows.style.height = `${items.length * this.options.height}px`;
  }

  /** Places the rows in sight, and fills them. */
  draw(): void {
    const { list, rows, items } = this;
    const { height, make } = this.options;
    this.first = Math.max(0, Math.floor(list.scrollTop / height) - 2);
    const last = Math.min(items.length, this.first + Math.ceil(list.clientHeight / height) + 4);
    const many = Math.max(0, last - this.first);
    while (rows.childElementCount > many) rows.lastElementChild!.remove();
    while (rows.childElementCount < many) rows.append(make());
    for (const [i, row] of [...rows.children].entries()) {
      (row as HTMLElement).style.transform = `translateY(${(this.first + i) * height}px)`;
      row.setAttribute('aria-posinset', String(this.first + i + 1));
      row.setAttribute('aria-setsize', String(items.length));
    }
    this.fill();
  }

  /** Fills the rows that are there again: nothing is measured, which would have the page laid out at once. */
  fill(): void {
    const { rows, items, first } = this;
    for (const [i, row] of [...rows.children].entries()) this.options.fill(row as HTMLElement, items[first + i]!, first + i);
  }

  /** Scrolls as little as possible to have a row in sight. */
  keep(position: number): void {
    const { height } = this.options;
    const top = position * height;
    this.list.scrollTop = Math.max(Math.min(this.list.scrollTop, top), top + height - this.list.clientHeight);
  }

  /** Whether a row is wholly in sight. */
  shows(position: number): boolean {
    const { height } = this.options;
    const { scrollTop, clientHeight } = this.list;
    return position >= 0 && position * height >= scrollTop && (position + 1) * height <= scrollTop + clientHeight;
  }
}
