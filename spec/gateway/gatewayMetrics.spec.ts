import { expect } from 'chai';
import { GatewayCounts } from '../../src/gateway/GatewayCounts.js';
import { gatewayMetrics } from '../../src/gateway/gatewayMetrics.js';

describe('gatewayMetrics', () => {
  const usage = { mqtt: { connected: 1, all: 2 }, ahead: 1500, now: 5000, memory: 7, cpu: 8.5 };
  const counted = () => {
    const counts = new GatewayCounts();
    counts.fix('http', 'osmand');
    counts.fix('http', 'osmand');
    counts.fix('mqtt', 'owntracks');
    counts.reject('clock');
    counts.drop('lwt');
    for (const type of ['x"y', 'x\ny', '__proto__']) counts.drop(type);
    counts.request('fixes', 200);
    counts.messages = 3;
    counts.acknowledged = 3000;
    for (const seconds of [0.0005, 0.002, 0.002, 40]) counts.acknowledgements.record(seconds);
    return gatewayMetrics(counts, usage);
  };

  it('should have every figure, with names of others counted as one', () => {
    const text = counted();
    for (const line of [
      'fixes_total{by="http",form="osmand"} 2',
      'fixes_total{by="mqtt",form="owntracks"} 1',
      'rejected_total{fault="clock"} 1',
      'dropped_total{type="lwt"} 1',
      'dropped_total{type="other"} 3',
      'requests_total{route="fixes",status="200"} 1',
      'mqtt_messages_total 3',
      'mqtt_connections 1',
      'mqtt_connections_wanted 2',
      'acknowledged_age_seconds 2',
      'clock_ahead_seconds 1.5',
      'acknowledgement_seconds_bucket{le="0.001"} 1',
      'acknowledgement_seconds_bucket{le="0.0025"} 3',
      'acknowledgement_seconds_bucket{le="30"} 3',
      'acknowledgement_seconds_bucket{le="+Inf"} 4',
      'acknowledgement_seconds_count 4',
    ]) expect(text).to.include(`\nlastfix_gateway_${line}\n`);
    expect(text).to.include('process_resident_memory_bytes 7\n').and.include('process_cpu_seconds_total 8.5\n');
  });

  it('should be as Prometheus reads it: each family once, its kind before its samples', () => {
    const families = new Set<string>();
    let current = '';
    for (const line of counted().trimEnd().split('\n')) {
      const [, name] = /^# TYPE (\w+) (?:counter|gauge|histogram)$/.exec(line) ?? [];
      if (name !== undefined) {
        expect(families.has(name), name).to.equal(false);
        families.add((current = name));
      } else if (!line.startsWith('# HELP ')) {
        expect(line).to.match(/^\w+(?:\{\w+="[^"\\\n]*"(?:,\w+="[^"\\\n]*")*\})? -?\d+(?:\.\d+)?(?:e[+-]\d+)?$/);
        expect(line.startsWith(current)).to.equal(true);
      }
    }
    expect(families.size).to.equal(14);
  });

  it('should have no age where nothing was acknowledged yet', () => {
    expect(gatewayMetrics(new GatewayCounts(), usage)).not.to.match(/^lastfix_gateway_acknowledged_age_seconds/m);
  });
});
