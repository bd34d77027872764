/* Text in drawings that falls outside the window. */
() => [...document.querySelectorAll('svg text')].filter((each) => {
  if (!each.checkVisibility()) return false;
  const box = each.getBoundingClientRect();
  return box.width && (box.left < -1 || box.right > document.documentElement.clientWidth + 1);
}).map((each) => each.textContent)
