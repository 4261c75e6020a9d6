/**
 * An expression for the page: which of its controls and words lie on others, or stand out of what they are in, each as
 * words. What is scrolled under the time while that stays at the lower edge is none of them.
 */
export const overlaps = `(() => {
  const named = (element) => '#' + (element.id || element.className || element.tagName.toLowerCase());
  const all = (place, selector) => [...document.querySelector(place).querySelectorAll(selector)].filter((element) => element.checkVisibility({ visibilityProperty: true }));
  const groups = [
    ['.head', 'h1, .state, #play, #step, #replay .rate, .figures div, .source, #save, #copy, #keys'],
    ['.stage', '.leaflet-control-zoom a, #fit, #heat, #legend, #ground, .leaflet-control-scale'],
    ['.time', '#viewBack, #viewPlay, #viewNext, .rate, #viewLoop, #moment, #day, #zone, #live, #typed, .clocks label, #first, #slider, #last, #counted, #zoomIn, #zoomOut, #zoomAll, #explained'],
    ['.side', '#name, #close, #freshness, #facts > div, .reach, #track, .speeds, #near, #follow, #differs, #filter, .sorting label, #shown, #list'],
    ['.charts', 'figcaption, .chart'],
  ];
  const wrong = [];
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const boxes = groups.map(([place]) => document.querySelector(place).getBoundingClientRect());
  const isSticky = getComputedStyle(document.querySelector('.time')).position === 'sticky';
  groups.forEach(([place, selector], i) => {
    const elements = all(place, selector);
    const box = boxes[i];
    const scrolls = document.querySelector(place).scrollHeight > document.querySelector(place).clientHeight + 1 && getComputedStyle(document.querySelector(place)).overflowY === 'auto';
    elements.forEach((element, j) => {
      const rect = element.getBoundingClientRect();
      if (rect.left < box.left - 1 || rect.right > box.right + 1 || (!scrolls && (rect.top < box.top - 1 || rect.bottom > box.bottom + 1))) wrong.push(named(element) + ' stands out of ' + place);
      if (!element.matches('#list, #slider, #typed, .chart, .source, #name') && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline') wrong.push(named(element) + ' is cut off');
      for (const other of elements.slice(j + 1)) if (meet(rect, other.getBoundingClientRect())) wrong.push(named(element) + ' and ' + named(other) + ' overlap');
    });
    for (let k = i + 1; k < boxes.length; k++) if (meet(box, boxes[k]) && !(isSticky && groups[i][0] === '.time')) wrong.push(place + ' and ' + groups[k][0] + ' overlap');
  });
  return wrong;
})()`;
