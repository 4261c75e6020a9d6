import { expect } from 'chai';
import fc from 'fast-check';
import { failureOf } from '../../support/failureOf.js';
import { partsRead } from '../../support/partsRead.js';

describe('jsonRows', () => {
  const read = async (text: string, options: Parameters<typeof partsRead>[1] = {}) => {
    const [part] = await partsRead({ name: 'events.jsonl', bytes: text }, options);
    expect(part!.kind).to.equal('jsonl');
    return { header: part!.header!, rows: part!.rows! };
  };
  const said = async (text: string) => (await failureOf(read(text))).message;

  it('should have the keys of all lines as columns, in the order in which they are found', async () => {
    expect(await read('{"a":"x","b":1}\n\n{"c":true,"a":null}\r\n{"b":"y, z"}')).to.deep.equal({
      header: ['a', 'b', 'c'],
      rows: [['x', '1', ''], ['', '', 'true'], ['', 'y, z', '']],
    });
  });

  it('should name keys in objects and the values of short lists by the way to them', async () => {
    const line = { id: 7, geo: { lat: 1.5, at: { lon: 2 } }, coordinates: [9.7, 48.7], path: [1, [2], 'x', null], none: {}, empty: [] };
    expect(await read(JSON.stringify(line))).to.deep.equal({
      header: ['id', 'geo.lat', 'geo.at.lon', 'coordinates.0', 'coordinates.1', 'path'],
      rows: [['7', '1.5', '2', '9.7', '48.7', '[1,[2],"x",null]']],
    });
  });

  it('should keep numbers as they are written', async () => {
    const numbers = ['353451234567890123', '1.10', '1e3', '-0.0', '0.1000000000000000055511151231257827'];
    expect((await read(`{"a":[${numbers.slice(0, 3).join()}],"b":${numbers[3]!},"c":${numbers[4]!},"d":[1.10,2,3,4]}`)).rows).to.deep.equal(
      [[...numbers, '[1.10,2,3,4]']],
    );
  });

  it('should give what is no object as it stands there, with what is wrong', async () => {
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const deeper = `{"a":${'{"b":'.repeat(80)}1${'}'.repeat(80)}}`;
    const { header, rows } = await read(
      [
        '{"a":1}',
        '{"a":1',
        '[1,2]',
        '"x"',
        '{"a.b":1,"a":{"b":2}}',
        '{"a":1,"a":2}',
        deep,
        deeper,
        `{"${'k'.repeat(1000)}":{"${'l'.repeat(24)}":1}}`,
      ].join('\n'),
    );
    expect(header).to.deep.equal(['a']);
    expect(rows[0]).to.deep.equal(['1']);
    expect(rows.slice(1).map((row) => ('fault' in row ? [row.line, row.fault] : row))).to.deep.equal([
      [2, "the line is not JSON: Quoted object key or end of object '}' expected but reached end of input at position 6"],
      [3, 'the line is not a JSON object: "[1,2]"'],
      [4, 'the line is not a JSON object: "\\"x\\""'],
      [5, 'the line has two values for "a.b"'],
      [6, "the line is not JSON: Duplicate key 'a' encountered at position 8"],
      [7, 'the line has objects within objects, too deep to be read'],
      [8, 'the line has more than 64 objects within each other'],
      [9, 'the line has a key that is longer than 1024 characters, with those it is in'],
    ]);
    expect((rows[6] as { raw: string }).raw).to.equal(deep);
  });

  it('should reject a line with bytes that are no text, and read it by the encoding that is given', async () => {
    const bytes = Buffer.from('{"a":"x"}\n{"a":"M\xfcller"}\r\n\n{"a":"y"}', 'latin1');
    const rows = async (encoding?: string) => (await partsRead({ name: 'events.jsonl', bytes }, { encoding }))[0]!.rows;
    expect(await rows()).to.deep.equal([
      ['x'],
      {
        line: 2,
        fields: [],
        raw: '{"a":"M\ufffdller"}',
        fault: 'byte 0xFC after "{\\"a\\":\\"M" is not UTF-8: if this is Windows text, give --encoding windows-1252',
      },
      ['y'],
    ]);
    expect(await rows('windows-1252')).to.deep.equal([['x'], ['Müller'], ['y']]);
  });

  it('should say what is JSON, but not one object a line', async () => {
    expect(await said('{\n  "a": 1,\n  "b": 2\n}')).to.equal(
      'events.jsonl:1: this is JSON, but not one object a line: write it so, with jq -c . FILE',
    );
    expect(await said('{"a":\n')).to.match(/^events\.jsonl:1: no line is a JSON object; of the first: the line is not JSON: /);
  });

  it('should take the columns of what comes from its first line, and keep what others have besides', async () => {
    expect(await read('{"a":1\n{"a":1,"b":2}\n{"b":3,"c":{"d":[1.50]},"e":null}', { inOrder: true })).to.deep.equal({
      header: ['a', 'b', 'other_keys'],
      rows: [
        {
          line: 1,
          fields: [],
          raw: '{"a":1',
          fault: "the line is not JSON: Quoted object key or end of object '}' expected but reached end of input at position 6",
        },
        ['1', '2', ''],
        ['', '3', '{"c.d.0":"1.50","e":""}'],
      ],
    });
  });

  it('should refuse more different names than a sheet has columns', async () => {
    const lines = Array.from({ length: 17 }, (_, i) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, j) => [`k${i}_${j}`, 1]))),
    );
    expect(await said(lines.join('\n'))).to.equal(
      'events.jsonl has more than 16,384 different names, which cannot be columns: is this a recording of positions?',
    );
  });

  it('should read any objects of texts as the table that they are', async () => {
    const key = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'é', '', ' ');
    const objects = fc.array(fc.dictionary(key, fc.string({ unit: 'grapheme' }), { minKeys: 1 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(objects, async (objects) => {
        const text = objects.map(
          (object) =>
            `{${Object.entries(object)
              .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
              .join()}}`,
        );
        const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
        const { header, rows } = await read(text.join('\n'));
        expect(header).to.deep.equal(names);
        expect(rows).to.deep.equal(objects.map((object) => names.map((name) => (Object.hasOwn(object, name) ? object[name] : ''))));
      }),
    );
  });
});
