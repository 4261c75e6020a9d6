import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { failureOf } from '../../support/failureOf.js';
import { partsRead } from '../../support/partsRead.js';

const gpx = (inner: string, attributes = 'version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gpx ${attributes}>\n${inner}\n</gpx>\n`;
const point = (second: number, more = '') =>
  `<trkpt lat="48.${second}" lon="9.7"><time>2021-10-23T12:30:${String(second).padStart(2, '0')}Z</time>${more}</trkpt>`;

describe('gpxRows', () => {
  const read = async (bytes: Buffer | string, cuts: readonly number[] = []) => {
    const [part] = await partsRead({ name: 'track.gpx', bytes, cuts });
    expect(part!.kind).to.equal('gpx');
    return { header: part!.header!, rows: part!.rows! };
  };

  it('should read the points of all tracks, segments and routes, and those on their own, as they stand there', async () => {
    const inner = [
      '<wpt lat="1" lon="2"><name>Home</name></wpt>',
      '<trk><name>Morning</name><trkseg>',
      point(10, '<ele>545.40</ele><speed>3.0</speed>'),
      '</trkseg><trkseg>',
      point(11),
      '</trkseg></trk><trk><trkseg>',
      point(12),
      '</trkseg></trk><rte><rtept lat="3" lon="4"/></rte>',
    ].join('\n');
    expect(await read(gpx(inner))).to.deep.equal({
      header: ['time', 'lat', 'lon', 'name', 'track', 'ele', 'speed'],
      rows: [
        ['', '1', '2', 'Home', '', '', ''],
        ['2021-10-23T12:30:10Z', '48.10', '9.7', '', 'Morning', '545.40', '3.0'],
        ['2021-10-23T12:30:11Z', '48.11', '9.7', '', 'Morning', '', ''],
        ['2021-10-23T12:30:12Z', '48.12', '9.7', '', '', '', ''],
        ['', '3', '4', '', '', '', ''],
      ],
    });
  });

  it('should read what programs add, by the names of the elements, prefixes and what only holds others left out', async () => {
    const more =
      '<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>142</gpxtpx:hr><gpxtpx:speed>3.2</gpxtpx:speed></gpxtpx:TrackPointExtension></extensions>' +
      '<link href="https://example.org/?a=1&amp;b=2"><text>a &lt; b</text></link><cmt><![CDATA[x & y]]></cmt><hdop>1</hdop><hdop>2</hdop>';
    const attributes =
      'version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"';
    expect(await read(gpx(`<trk><trkseg>${point(10, more)}</trkseg></trk>`, attributes))).to.deep.equal({
      header: ['time', 'lat', 'lon', 'hr', 'speed', 'link.href', 'link.text', 'cmt', 'hdop', 'hdop_2'],
      rows: [['2021-10-23T12:30:10Z', '48.10', '9.7', '142', '3.2', 'https://example.org/?a=1&b=2', 'a < b', 'x & y', '1', '2']],
    });
  });

  it('should give each point its line and its text, wherever the bytes are cut', async () => {
    const bad = '<trkpt\n  lat="91"\n  lon="9.7"><name>é€😀</name></trkpt>';
    const bytes = Buffer.from(gpx(`<trk><trkseg>\n${point(10)}\n${bad}\n${point(11)}</trkseg></trk>`));
    const whole = await read(bytes);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (cuts) => {
        expect(await read(bytes, cuts)).to.deep.equal(whole);
      }),
    );
    const broken = Buffer.from(
      gpx(`<trk><trkseg>\n${point(10)}\n<trkpt\n  lat="1" lon="9.7"><name>\xff</name></trkpt></trkseg></trk>`),
      'latin1',
    );
    const { rows } = await read(broken, [...broken.keys()]);
    expect(rows.slice(1)).to.deep.equal([
      {
        line: 5,
        raw: '<trkpt\n  lat="1" lon="9.7"><name>\ufffd</name></trkpt>',
        values: new Map([['lat', '1'], ['lon', '9.7'], ['name', '\ufffd']]),
        fields: ['', '1', '9.7'],
        fault: 'it has bytes that are not text in the encoding of the file',
      },
    ]);
  });

  it('should play what is whole of a file that is cut off, and say so', async () => {
    const whole = gpx(`<trk><trkseg>\n${point(10)}\n${point(11)}\n</trkseg></trk>`);
    const within = await read(whole.slice(0, whole.indexOf('12:30:11') + 4));
    expect(within.rows).to.have.length(2);
    expect(within.rows[0]).to.deep.equal(['2021-10-23T12:30:10Z', '48.10', '9.7']);
    expect(within.rows[1]).to.include({
      line: 5,
      fault: 'the file ends within this point: it is cut off',
      raw: '<trkpt lat="48.11" lon="9.7"><time>2021-10-23T12:3',
    });
    const between = await read(whole.slice(0, whole.indexOf('</trkseg>')));
    expect(between.rows.slice(2)).to.have.length(1);
    expect(between.rows[2]).to.include({ line: 6, fault: 'the file ends before </gpx>: it is cut off', raw: '' });
  });

  it('should read other encodings by the declaration or the byte order mark', async () => {
    const text = gpx(`<trk><trkseg>${point(10, '<name>é</name>')}</trkseg></trk>`);
    for (const bytes of [
      Buffer.from(text.replace('UTF-8', 'ISO-8859-1'), 'latin1'),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
      Buffer.from(`\ufeff${text.replace('UTF-8', 'UTF-16')}`, 'utf16le').swap16(),
    ])
      expect((await read(bytes)).rows).to.deep.equal([['2021-10-23T12:30:10Z', '48.10', '9.7', 'é']]);
  });

  it('should not expand what a document defines, so that a few bytes are not gigabytes', async () => {
    const lol = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const doctype = `<!DOCTYPE gpx [<!ENTITY l0 "ha">${lol}<!ENTITY xxe SYSTEM "file:///etc/passwd">]>`;
    for (const entity of ['l9', 'xxe']) {
      const text = gpx(`<trk><trkseg>${point(10, `<name>&${entity};</name>`)}</trkseg></trk>`).replace('<gpx', `${doctype}<gpx`);
      expect((await failureOf(read(text))).message).to.equal(
        'cannot read track.gpx as GPX: line 3: Invalid character entity: save it again with the program it comes from',
      );
    }
  });

  it('should refuse what was made to take long: names and elements within each other, without end', async () => {
    const said = async (inner: string) => (await failureOf(read(gpx(`<trk><trkseg>${point(10, inner)}</trkseg></trk>`)))).message;
    const within = (depth: number, name: string) => `${`<${name}>`.repeat(depth)}x${`</${name}>`.repeat(depth)}`;
    expect(await said(within(100_000, 'a'))).to.equal(
      'cannot read track.gpx as GPX: line 3: a point with more than 64 elements within each other: save it again with the program it comes from',
    );
    expect(await said(within(60, 'a'.repeat(100)))).to.equal(
      'cannot read track.gpx as GPX: line 3: a name that is longer than 1024 characters, with those of the elements it is in: save it again with the program it comes from',
    );
    expect(await said(`<name>${'x'.repeat(17 * 2 ** 20)}</name>`)).to.equal(
      'cannot read track.gpx as GPX: line 3: an element of more than 16 MiB: save it again with the program it comes from',
    );
  });

  it('should say where a document is not well-formed, and of what encoding it says to be', async () => {
    const said = async (text: string) => (await failureOf(read(text))).message;
    expect(await said(gpx('<trk>\n<trkseg></trk>'))).to.equal(
      'cannot read track.gpx as GPX: line 4: Unexpected close tag: save it again with the program it comes from',
    );
    expect(await said(gpx('').replace('UTF-8', 'KLINGON'))).to.equal(
      'cannot read track.gpx as GPX: its XML declaration names the encoding "KLINGON", which is not known: convert it to UTF-8: save it again with the program it comes from',
    );
  });

  it('should hold one point, however long the text around it is', () => {
    const module = new URL('../../../src/recording/formats/gpxRows.js', import.meta.url).href;
    const program = `
      import { gpxRows } from '${module}';
      async function* long() {
        yield Buffer.from('<gpx version="1.1" creator="x"><metadata><desc>');
        for (let i = 0; i < 1000; i++) yield Buffer.alloc(256 * 1024, 'x ');
        yield Buffer.from('</desc></metadata><trk><trkseg>${point(10)}</trkseg></trk></gpx>');
      }
      for await (const rows of gpxRows({ name: 'long.gpx', look: long, read: long })) console.log(rows.map(({ fields }) => fields.join()).join());
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=32', '--input-type=module', '--eval', program], {
      encoding: 'utf8',
    });
    expect(stdout, stderr).to.equal('time,lat,lon\n2021-10-23T12:30:10Z,48.10,9.7\n');
  });
});
