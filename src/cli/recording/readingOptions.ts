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
  --layout NAME          what wrote INPUT: one of those that lastfix check --layouts lists, or a file of your
                         own, my.json, with the same keys as these options
  --columns P=N,...      the columns of the parts: device, latitude, longitude, event, arrival, speed and zone
                         (of the times). A name, a "name" in quotes, #3 for the third, DATE+TIME for two, or
                         nothing if there is none: without an arrival there is one clock. device=@file is the
                         name of the file
  --device NAME          the one device that INPUT is of
  --delimiter C          what separates fields: a character, or tab (that of , tab ; | with which the header
                         has the columns)
  --decimal C            the decimal separator: . or , (either, unless commas separate fields)
  --header N,...         the names of the columns, if INPUT has no header
  --skip N               pass over so many lines above the header
  --encoding NAME        such as windows-1252, utf-16le, shift_jis (UTF-8)
  --sheet NAME           the sheet of a workbook, or its number from 1 (1)
  --keep N,...           the extra columns to keep, or none (all)`;
