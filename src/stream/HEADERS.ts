/** The headers of a message, beside `Nats-Msg-Id` and `Content-Type`. */
export const HEADERS = {
  /** What its fixes come from, as in the table `sources` of a store. Their places are in that. */
  source: 'Lastfix-Source',
  /** The process that has sent it, whose ticks hold for what it has sent. */
  publisher: 'Lastfix-Publisher',
  /** The place from which on the fixes of the source are not in the stream yet, those of this partition. */
  next: 'Lastfix-Next',
  /** How many rejected rows of the source are in the stream. */
  rejected: 'Lastfix-Rejected',
} as const;
