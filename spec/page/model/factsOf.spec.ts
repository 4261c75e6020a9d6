import { expect } from 'chai';
import { factsOf } from '../../../src/page/model/factsOf.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { served, time } from '../support/served.js';

describe('factsOf', () => {
  const options = { zone: 'utc', at: instantOf(time(90)), unit: ' km/h' } as const;

  it('should say both times, the delay, the age, where it was, how fast, and what else the log has of it', () => {
    expect(factsOf(sighting({ ...served('a', 5, 12), driver: 'Bo' } as ReturnType<typeof served>), options)).to.deep.equal([
      ['recorded', '2021-10-23 12:00:05'],
      ['arrived', '2021-10-23 12:00:12'],
      ['delay', '7 s'],
      ['age', '1 min 25 s'],
      ['position', '0.00500, 76.00000'],
      ['speed', '3 km/h'],
      ['driver', 'Bo'],
    ]);
  });

  it('should say that a speed is unknown', () => {
    expect(factsOf(sighting({ ...served('a', 5), speed: null }), options).at(-1)).to.deep.equal(['speed', 'unknown']);
  });
});
