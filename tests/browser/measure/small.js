/* Text drawn below 12 pixels, whatever scales it. */
() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), at = walker.currentNode.parentElement;
    if (!text || at.closest('script, style, .visually-hidden, noscript') || !at.checkVisibility()) continue;
    const scale = at.getScreenCTM ? at.getScreenCTM().d : 1;
    const size = parseFloat(getComputedStyle(at).fontSize) * scale;
    if (size < 12) found.push(`${text.slice(0, 40)}: ${size}`);
  }
  return found;
}
