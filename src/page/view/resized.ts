import { fromEventPattern, type Observable } from 'rxjs';

/** Emits when an element is first seen, and whenever it has got another size, for whatever reason. */
export const resized = (element: Element): Observable<unknown> =>
  fromEventPattern(
    (handler) => {
      const observer = new ResizeObserver(handler);
      observer.observe(element);
      return observer;
    },
    (_, observer: ResizeObserver) => { observer.disconnect(); },
  );
