import { expect } from 'chai';
import type { Frame } from '../../../src/page/map/Frame.js';
import { nearest } from '../../../src/page/map/nearest.js';
import { Fleet } from '../../../src/page/model/Fleet.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { time } from '../support/served.js';

const at = (device: string, lon: number) => sighting({ time: time(0), device_id: device, lat: 0, lon, speed: 3, event_time: time(0) });
const { vehicles } = new Fleet([at('west', -179), at('east', 178), at('middle', 0)]);
const FRAME: Frame = { scale: 1000, left: 0, top: 0, width: 1000, height: 1000 };

describe('nearest', () => {
  it('should find who is near a point, and nobody else', () => {
    expect(nearest(vehicles, FRAME, { x: 505, y: 505 })).to.equal('middle');
    expect(nearest(vehicles, FRAME, { x: 530, y: 500 })).to.equal(undefined);
  });

  it('should find them in every copy of the world', () => {
    expect(nearest(vehicles, FRAME, { x: 1003, y: 500 })).to.equal('west');
    expect(nearest(vehicles, FRAME, { x: -5, y: 500 })).to.equal('east');
    expect(nearest(vehicles, { ...FRAME, left: 3000 }, { x: 500, y: 500 })).to.equal('middle');
  });
});
