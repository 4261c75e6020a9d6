import type { OutgoingHttpHeaders } from 'node:http';
import type { Parcel } from '../Parcel.js';

/** A request, beside the address and the credentials. */
export interface HttpMessage {
  readonly method: 'GET' | 'POST';
  /** Added to what the address has. */
  readonly query?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** How parcels become a request. */
export interface HttpForm {
  /** Whether a message may have several fixes. */
  readonly many: boolean;
  message(parcels: readonly Parcel[]): HttpMessage;
}
