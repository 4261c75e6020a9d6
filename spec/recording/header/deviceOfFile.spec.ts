import { expect } from 'chai';
import { deviceOfFile } from '../../../src/recording/header/deviceOfFile.js';

describe('deviceOfFile', () => {
  for (const [path, device] of [
    ['track.gpx', 'track'],
    ['data/bus 7.csv.gz', 'bus 7'],
    ['C:\\tracks\\7.CSV', '7'],
    ['archive.zip/2023.10.04.csv', '2023.10.04'],
    ['33h-track.gpx', '33h-track'],
    ['.csv', '.csv'],
    ['7.unknown', '7'],
    ['1.2.3', '1.2.3'],
    ['plain', 'plain'],
    ['standard input', 'standard input'],
  ] as const) {
    it(`should name the device of ${path}`, () => {
      expect(deviceOfFile(path)).to.equal(device);
    });
  }
});
