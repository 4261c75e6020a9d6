import type { Observable, Subscription } from 'rxjs';

/** All that a subscription has seen so far, for streams with promises in them. */
export class Seen<T> {
  readonly values: T[] = [];
  completed = false;
  error: unknown;
  readonly subscription: Subscription;

  constructor(source: Observable<T>) {
    this.subscription = source.subscribe({
      next: (value) => this.values.push(value),
      error: (error: unknown) => (this.error = error),
      complete: () => (this.completed = true),
    });
  }

  unsubscribe(): void {
    this.subscription.unsubscribe();
  }
}
