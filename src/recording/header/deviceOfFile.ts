/** The endings of files that hold recordings, packed or not. */
const ENDING = /\.(?:csv|tsv|tab|txt|dat|log|plt|gpx|nmea|nma|json|jsonl|ndjson|geojson|kml|parquet|xlsx?|gz|zip|zst|bz2)$/i;

/** The name of an input without its folders and endings: `data/bus 7.csv.gz` is of the device `bus 7`. */
export function deviceOfFile(path: string): string {
  const file = path.split(/[/\\]/).at(-1)!;
  let name = file;
  while (ENDING.test(name) && name.replace(ENDING, '') !== '') name = name.replace(ENDING, '');
  return name === file ? file.replace(/(.)\.[A-Za-z]\w*$/, '$1') : name;
}
