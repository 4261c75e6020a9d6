import type { Judged } from '../domain/FixBatch.js';
import { positionAt } from './positionAt.js';

/** From so many degrees on two positions are far from each other. */
const FAR = 1;
/** How much closer an exchanged position is than one as it stands. */
const CLOSER = 10;

/**
 * How many fixes seem to have their latitude and longitude exchanged: far from where the device was before as they stand,
 * and near to it with both exchanged. Of a device, they are the fewer. Holds four numbers for each device.
 */
export class Exchanges {
  #latitude: number[] = [];
  #longitude: number[] = [];
  /** How many fixes stand as the first of their device, and how many the other way round. */
  readonly #straight: number[] = [];
  readonly #crossed: number[] = [];

  get count(): number {
    return this.#crossed.reduce((sum, crossed, device) => sum + Math.min(crossed, this.#straight[device]!), 0);
  }

  add({ batch }: Judged): void {
    for (let row = batch.first; row < batch.end; row++) {
      const device = batch.columns.device[row]!;
      const [latitude, longitude] = positionAt(batch, row);
      const [y, x] = [this.#latitude[device] ?? latitude, this.#longitude[device] ?? longitude];
      const far = Math.abs(latitude - y) + Math.abs(longitude - x);
      const isCrossed = far > FAR && (Math.abs(longitude - y) + Math.abs(latitude - x)) * CLOSER < far;
      this.#straight[device] = (this.#straight[device] ?? 0) + (isCrossed ? 0 : 1);
      this.#crossed[device] = (this.#crossed[device] ?? 0) + (isCrossed ? 1 : 0);
      this.#latitude[device] = isCrossed ? longitude : latitude;
      this.#longitude[device] = isCrossed ? latitude : longitude;
    }
  }
}
