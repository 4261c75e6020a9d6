import { VirtualAction, VirtualTimeScheduler } from 'rxjs';

/** A scheduler whose time passes only when told to: for what has promises in it, which no marble can hold. */
export class HandClock extends VirtualTimeScheduler {
  constructor() {
    super(VirtualAction, 0);
  }

  /** Lets `millis` pass, and all timers fire that are due by then. */
  advance(millis: number): void {
    this.maxFrames += millis;
    this.flush();
    this.frame = this.maxFrames;
  }
}
