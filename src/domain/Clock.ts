/** The two clocks: when a fix was taken, and when it arrived. */
export type Clock = 'event' | 'arrival';
