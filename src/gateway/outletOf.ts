import type { Publisher } from '../stream/Publisher.js';
import type { Outlet } from './Outlet.js';

/** The publisher of a stream as the outlet of a gateway. */
export function outletOf(publisher: Publisher): Outlet {
  return {
    publish: (fixes) => publisher.publish(fixes),
    reject: (records) => publisher.reject(records),
    tick: (arrival) => publisher.tick(arrival),
    end: (arrival) => publisher.tick(arrival, { ends: true }),
  };
}
