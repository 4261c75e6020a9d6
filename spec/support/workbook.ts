import { strToU8, zipSync } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The styles of its cells, by their places: none, a date of Excel's own, one of somebody's, a time alone, a whole number. */
const STYLES = [0, 22, 164, 21, 1];

/**
 * An Excel workbook whose first sheet has these rows, in the words of ECMA-376, part 1, 18.3: for what no library would
 * write.
 *
 * @param others the names of more sheets, in whose first cell these stand
 */
export function workbook(rows: string, { date1904 = false, others = [] as readonly string[] } = {}): Uint8Array {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const part = (name: string, type: string) => `<Override PartName="/xl/${name}.xml" ContentType="${TYPES}.${type}+xml"/>`;
  const sheet = (rows: string) => `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
  const files = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part('workbook', 'sheet.main')}${part('sheet', 'worksheet')}${part('styles', 'styles')}${others.map((_, i) => part(`sheet${i + 2}`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'worksheet', 'sheet.xml')}${relation(2, 'styles', 'styles.xml')}${others.map((_, i) => relation(i + 3, 'worksheet', `sheet${i + 2}.xml`)).join('')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr date1904="${Number(date1904)}"/><sheets><sheet name="Fixes" sheetId="1" r:id="rId1"/>${others.map((name, i) => `<sheet name="${name}" sheetId="${i + 2}" r:id="rId${i + 3}"/>`).join('')}</sheets></workbook>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss.000"/></numFmts><cellXfs count="${STYLES.length}">${STYLES.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sheet.xml': sheet(rows),
    ...Object.fromEntries(
      others.map((name, i) => [`xl/sheet${i + 2}.xml`, sheet(`<row><c t="inlineStr"><is><t>${name}</t></is></c></row>`)]),
    ),
  };
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)])),
  );
}
