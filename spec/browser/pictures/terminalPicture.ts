const LINE = 19; // px
const LETTER = 7.83; // px, of a font 13 px high
const MARGIN = 18;

/** A picture (SVG) of a terminal that shows these lines; those that begin with `$ ` were typed. */
export function terminalPicture(lines: readonly string[]): string {
  const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * LETTER) + 2 * MARGIN;
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = lines.map((line, i) => {
    const typed = line.startsWith('$ ');
    return `<text x="${MARGIN}" y="${MARGIN + 14 + i * LINE}"${typed ? ' class="typed"' : ''} xml:space="preserve">${escaped(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="lastfix in a terminal">
<style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d7e3ea;white-space:pre}.typed{fill:#6cc7ea;font-weight:700}</style>
<rect width="${width}" height="${height}" rx="10" fill="#0e151a"/>
${texts.join('\n')}
</svg>
`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
