/** The options that say how inputs are read, of every command that reads any. */
export const READING_OPTIONS = {
  layout: { type: 'string' },
  columns: { type: 'string' },
  device: { type: 'string' },
  delimiter: { type: 'string' },
  decimal: { type: 'string' },
  header: { type: 'string' },
  skip: { type: 'string' },
  encoding: { type: 'string' },
  sheet: { type: 'string' },
  keep: { type: 'string' },
} as const;

export const READING_HELP = `Reading
  --layout NAME          the layout of INPUT: one that lastfix check --layouts lists, or a file of your own,
                         my.json, with the same keys as these options
  --columns P=N,...      which column holds which part: device, latitude, longitude, event, arrival, speed and
                         zone (of the times). N is a name, a "name" in quotes, #3 for the third column,
                         DATE+TIME for two joined columns, or empty if there is no such column: without an
                         arrival time, the event time is used for both. device=@file takes the file's name
  --device NAME          the device, if INPUT is of one device only
  --delimiter C          the field separator: a character, or tab (the one of , tab ; | that the header uses)
  --decimal C            the decimal separator: . or , (either, unless commas separate fields)
  --header N,...         the names of the columns, if INPUT has no header
  --skip N               skip this many lines above the header
  --encoding NAME        the encoding, such as windows-1252, utf-16le, shift_jis (UTF-8)
  --sheet NAME           the sheet of a workbook, or its number from 1 (1)
  --keep N,...           the extra columns to keep, or none (all)`;
