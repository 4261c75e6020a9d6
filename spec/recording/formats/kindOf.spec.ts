import { expect } from 'chai';
import { kindOf } from '../../../src/recording/formats/kindOf.js';

describe('kindOf', () => {
  const all = (text: string | Buffer) => kindOf(typeof text === 'string' ? Buffer.from(text) : text, true);
  const GPX = '<gpx version="1.1">';

  for (const [start, kind] of [
    ['device,lat\n', 'csv'],
    ['', 'csv'],
    ['a', 'csv'],
    ['<DATE>,<TIME>,<LAT>\n', 'csv'],
    ['[id],lat\n', 'csv'],
    ['[n],lat\n', 'csv'],
    ['{id},lat\n', 'csv'],
    ['$id,lat\n', 'csv'],
    ['$GPS_TIME,lat\n', 'csv'],
    ['PAR1,lat\n', 'csv'],
    ['PK,id\n', 'csv'],
    ['\ufeff\n {"a":1}\n', 'jsonl'],
    ['{}\n', 'jsonl'],
    [GPX, 'gpx'],
    [`\ufeff<?xml version="1.0"?>\n<!-- a > b -- c -->\n<!DOCTYPE gpx [<!ENTITY a "b">]>\n${GPX}`, 'gpx'],
    ['<gpx:gpx xmlns:gpx="x">', 'gpx'],
    [Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${GPX}`, 'utf16le'), 'gpx'],
    ['$GPRMC,123519,A', 'nmea'],
    ['\n$GNGGA,123519', 'nmea'],
    ['$PMTK011,MTKGPS*08\n', 'nmea'],
    ['\\s:r3669961*51\\$GPRMC,', 'nmea'],
    ['PAR1\x15\x04', 'parquet'],
    ['PAR1  abc', 'parquet'],
    [Buffer.from('PK\x03\x04', 'latin1'), 'zip'],
    [Buffer.from([0x1f, 0x8b, 8]), 'gzip'],
    [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'zstd'],
  ] as const) {
    it(`should take ${JSON.stringify(start.toString('latin1').slice(0, 40))} for ${kind}`, () => {
      expect(all(start)).to.equal(kind);
    });
  }

  for (const [start, foreign] of [
    ['[{"a":1}]', "a JSON array: write one object a line, with jq -c '.[]' FILE"],
    ['[\n  {', "a JSON array: write one object a line, with jq -c '.[]' FILE"],
    ['["lat","lon"]\n[1,2]', "JSON arrays without names: write one object a line, as jq -c '{lat: .[0], lon: .[1]}' FILE does"],
    ['[52.5, 13.4]', "JSON arrays without names: write one object a line, as jq -c '{lat: .[0], lon: .[1]}' FILE does"],
    ['{ "type": "FeatureCollection",', "a GeoJSON collection: write one feature a line, with jq -c '.features[]' FILE"],
    ['<?xml version="1.0"?><kml xmlns="x">', 'a KML file: convert it to GPX, with gpsbabel -i kml -f FILE -o gpx -F track.gpx'],
    ['<TrainingCenterDatabase>', 'a TCX file: convert it to GPX, with gpsbabel -i gtrnctr -f FILE -o gpx -F track.gpx'],
    ['<!DOCTYPE html>\n<p>', 'a web page, not a recording: download the file itself'],
    ['<html><body>', 'a web page, not a recording: download the file itself'],
    ['<osm version="0.6">', 'XML of the kind "osm": of XML, lastfix reads GPX; convert it to that, or to CSV'],
    ['<constructor/>', 'XML of the kind "constructor": of XML, lastfix reads GPX; convert it to that, or to CSV'],
    ['<?xml version="1.0"?>', 'XML: of XML, lastfix reads GPX; convert it to that, or to CSV'],
    ['!AIVDM,1,1,,A,14eG;o@034o8sd', 'a log of AIS messages (!AIVDM): decode them, with gpsdecode, into JSON Lines'],
    ['%PDF-1.7', 'a PDF: export the table as CSV from the program that made it'],
  ] as const) {
    it(`should say what ${JSON.stringify(start.slice(0, 30))} is`, () => {
      expect(all(start)).to.deep.equal({ foreign });
    });
  }

  it('should ask for more bytes until it is sure, and for no more than it needs', () => {
    const document = Buffer.from(`<?xml version="1.0"?><!-- ${'x'.repeat(1000)} -->${GPX}`);
    const enough = [...document.keys()].find((length) => kindOf(document.subarray(0, length), false) !== undefined);
    expect(enough).to.equal(document.indexOf('<gpx ') + '<gpx '.length);
    expect(kindOf(Buffer.from('device,'), false)).to.equal(undefined);
    expect(kindOf(Buffer.from('device,l'), false)).to.equal('csv');
    expect(kindOf(Buffer.from(`<!-- ${'-'.repeat(70_000)}`), false)).to.deep.equal({
      foreign: 'XML: of XML, lastfix reads GPX; convert it to that, or to CSV',
    });
  });
});
