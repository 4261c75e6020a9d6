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

  constructor(private readonly list: HTMLElement, private readonly rows: HTMLElement, private readonly options: VirtualRowsOptions<T>) {}

  /** Has other items, which are drawn with `draw`. */
  take(items: readonly T[]): void {
    this.items = items;
    this.rows.style.height = `${items.length * this.options.height}px`;
  }

  /** Fills the rows in sight. */
  draw(): void {
    const { list, rows, items } = this;
    const { height, make, fill } = this.options;
    const first = Math.max(0, Math.floor(list.scrollTop / height) - 2);
    const part = items.slice(first, first + Math.ceil(list.clientHeight / height) + 4);
    while (rows.childElementCount > part.length) rows.lastElementChild!.remove();
    while (rows.childElementCount < part.length) rows.append(make());
    part.forEach((item, i) => {
      const row = rows.children[i] as HTMLElement;
      row.style.transform = `translateY(${(first + i) * height}px)`;
      row.setAttribute('aria-posinset', String(first + i + 1));
      row.setAttribute('aria-setsize', String(items.length));
      fill(row, item, first + i);
    });
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
