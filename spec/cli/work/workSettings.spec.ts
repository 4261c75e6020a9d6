import { expect } from 'chai';
import { OPTIONS } from '../../../src/cli/replay/replayOptions.js';
import { workSettings } from '../../../src/cli/work/workSettings.js';

const STORE = ['nats://host/gps', '--output', 'postgres://host/db'];
const LOG = ['nats://host/gps', '--output', 'log.csv'];

describe('workSettings', () => {
  it('should leave to the replay what is no stream', () => {
    expect(workSettings(['recording.csv'])).to.equal(undefined);
    expect(workSettings([])).to.equal(undefined);
    expect(workSettings(['nats://host/gps', '--help'])).to.equal(undefined);
  });

  it('should understand a worker, and the writer of a log', () => {
    const worker = workSettings([...STORE, '--drain', '--accept-gap', '--flush', '200ms', '--quiet']);
    expect(worker).to.deep.include({ input: 'nats://host/gps', output: 'postgres://host/db', drains: true, acceptsGap: true, flushEvery: 200, quiet: true });
    expect(workSettings([...LOG, '--resume', '--sync', 'never', '--no-index'])).to.deep.include({ resume: true, syncEvery: Infinity, index: false, drains: false });
    expect(workSettings(['nats://host/gps'])).to.deep.include({ output: 'output/output_stream.csv' });
  });

  it('should show no credentials', () => {
    expect(JSON.stringify(workSettings(['nats://me:secret@host/gps'])!.input)).not.to.include('secret');
    expect(() => workSettings(['nats://me:secret@host/gps', '--rate', '3'])).to.throw(/^(?!.*secret)/);
    expect(() => workSettings(['nats://me:secret@host/'])).to.throw(/^(?!.*secret).*names no stream/);
  });

  it('should say why an option is of no use, be it the default', () => {
    const forStreams = ['flush', 'output', 'resume', 'sync', 'no-index', 'drain', 'accept-gap', 'stats', 'quiet', 'help'];
    for (const [name, { type }] of Object.entries(OPTIONS)) {
      if (forStreams.includes(name)) continue;
      const given = type === 'boolean' ? [`--${name}`] : [`--${name}=1`];
      expect(() => workSettings([...STORE, ...given]), name).to.throw(new RegExp(`^--${name} is not for a stream as the input: `));
    }
    expect(() => workSettings([...STORE, '--rate', '1'])).to.throw(/^--rate is not for a stream/);
    expect(() => workSettings([...STORE, '--resume'])).to.throw(/a store has the position of each partition/);
    expect(() => workSettings([...LOG, '--accept-gap'])).to.throw(/a log must have all of a stream/);
    expect(() => workSettings(['recording.csv', '--drain'])).to.throw(/--drain is for a stream: give nats:/);
  });

  it('should say why a stream is read alone, and where it can go', () => {
    expect(() => workSettings(['recording.csv', ...STORE])).to.throw(/a stream and files cannot be one input/);
    expect(() => workSettings(['nats://host/other', ...STORE])).to.throw(/one worker reads one stream/);
    for (const output of ['-', 'http://host/', 'mqtt://host/topic', 'nats://host/other'])
      expect(() => workSettings(['nats://host/gps', '--output', output])).to.throw(/a stream goes into a store, .*, or into a log/);
  });
});
