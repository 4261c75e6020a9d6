/**
 * To be run in a page: the texts in sight that are smaller than 12 px, or whose contrast with what is behind them is
 * below that of WCAG 2.2 AA (4.5, for large text 3), each as words.
 */
export const faintTexts = `(() => {
  const channels = (color) => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const light = ({ r, g, b }) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => { for (let e = element; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor); if (c.a === 1) return c; } return { r: 255, g: 255, b: 255 }; };
  const faint = [];
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let count = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (node.textContent.trim() === '' || !seen(element) || element.closest('noscript, .hidden')) continue;
    count++;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const [a, b] = [light(channels(style.color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (size < 12) faint.push(node.textContent.trim() + ': ' + size + ' px');
    if (ratio < (large ? 3 : 4.5)) faint.push(node.textContent.trim() + ': contrast ' + ratio.toFixed(2));
  }
  return { count, faint };
})()`;
