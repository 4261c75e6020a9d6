import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'lossless-json';
import { flatList } from '../../../src/gateway/read/flatList.js';
import { fieldsIn } from '../../../src/recording/formats/fieldsIn.js';
import { runs } from '../../support/runs.js';

/** What a text says by the packages for JSON: `undefined` if it is none. */
function slowly(text: string) {
  try {
    const value = parse(text);
    return (Array.isArray(value) ? value : [value]).map((one) => fieldsIn(one, text));
  } catch {
    return undefined;
  }
}
/** In any order: objects have keys that are whole numbers first. */
const listed = (fields: ReadonlyMap<string, string> | string) => (typeof fields === 'string' ? fields : [...fields].sort());

describe('flatList', () => {
  const mostly = (good: readonly string[], odd: readonly string[]) =>
    fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
  const numbers = ['0', '-0', '1.10', '-12.5', '1e5', '1E-5', '353451234567890123456', 'true', 'false', 'null', '""', '"a b"', '"é"'];
  const faults = ['01', '+1', '.5', '1.', '1e', 'nul', 'True', "'x'", '{}', '[]', '[1]', '{"a":1}', '"\t"', '"\\u0041"', '"\u0085"', ''];
  const strings = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => JSON.stringify(text));
  const scalars = fc.oneof(mostly(numbers, faults), strings);
  const keys = mostly(['"a"', '"b"', '"c d"', '"é"', '"d"', '"e"', '"__proto__"', '"7"'], ['"a\\n"', 'a', '7', '""']);
  const blanks = mostly(['', '', ' ', '\n', '\t ', '\r'], ['\u00a0', '\f']);
  const colons = mostly([':'], ['=', '', '::']);
  const members = fc.tuple(blanks, keys, blanks, colons, blanks, scalars, blanks).map((parts) => parts.join(''));
  const objects = fc.tuple(blanks, fc.array(members, { maxLength: 3 }), blanks).map(([a, all, b]) => `${a}{${all.join(',')}}${b}`);
  const texts = fc.oneof(
    objects,
    fc.array(objects, { maxLength: 4 }).map((all) => `[${all.join(',')}]`),
    fc.array(objects, { maxLength: 3 }).map((all) => `[${all.join(',')},]`),
    fc.tuple(objects, blanks, fc.constantFrom('x', '}', ',', '{}')).map((parts) => parts.join('')),
  );

  it('should say what the packages for JSON say, where it says anything', () => {
    let [read, left] = [0, 0];
    fc.assert(
      fc.property(texts, (text) => {
        const found = flatList(text);
        if (found) read++;
        else left++;
        if (!found) return;
        expect(found.map(({ fields }) => listed(fields))).to.deep.equal(slowly(text)?.map(listed));
        for (const { from, to, fields } of found) expect(listed(fields)).to.deep.equal(listed(slowly(text.slice(from, to))![0]!));
      }),
      runs(3000),
    );
    expect(Math.min(read, left)).to.be.above(100);
  });

  it('should read what lastfix sends', () => {
    const line = '{"time":"2021-10-23T12:30:39.656352Z","device_id":"8250","lat":23.20,"lon":-76.3,"speed":null,"event_time":"x","seq":84}';
    expect(flatList(line)!.map(({ fields }) => Object.fromEntries(fields))).to.deep.equal([
      { time: '2021-10-23T12:30:39.656352Z', device_id: '8250', lat: '23.20', lon: '-76.3', speed: '', event_time: 'x', seq: '84' },
    ]);
    expect(flatList(`[${line} , ${line}]\n`)).to.have.lengthOf(2);
  });
});
