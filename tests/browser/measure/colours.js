/* Every pair of colours of a text or a drawn mark and the ground it stands on. */
() => {
  /* A mixed colour is computed as color(srgb r g b / a), from 0 to 1. */
  const rgb = (text) => (text.match(/[\d.]+/g) || [])
    .map((each, at) => Number(each) * (text.startsWith('color(srgb') && at < 3 ? 255 : 1));
  const behind = (at) => {
    for (let each = at; each; each = each.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(each).backgroundColor);
      if (a === 1 && r !== undefined) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = new Map();
  const add = (kind, what, front, back) => {
    if (front.length >= 3 && (front[3] ?? 1) > 0)
      found.set([kind, front, back].join(), {kind, what, front: front.slice(0, 3), back});
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (!text || at.closest('script, style') || !at.checkVisibility() || at.closest('.empty-mark')) continue;
    const style = getComputedStyle(at);
    add('text', text.slice(0, 40), rgb(at.closest('svg') ? style.fill : style.color), behind(at));
  }
  const drawn = ".fill, .whisker, .mark, .line, .zero, .break, .flow-band.moves";
  for (const at of document.querySelectorAll(drawn)) {
    if (!at.checkVisibility()) continue;
    const style = getComputedStyle(at), stroke = rgb(style.stroke);
    const front = stroke.length && style.stroke !== 'none' ? stroke : rgb(style.fill);
    add('mark', at.outerHTML.slice(0, 60), front, behind(at));
  }
  return [...found.values()];
}
