/* Boxes that hide part of what is in them. */
() => [...document.querySelectorAll('main *')].filter((each) => {
  const style = getComputedStyle(each);
  if (!each.checkVisibility() || each.closest('svg, .visually-hidden, .scroll, thead')) return false;
  return /hidden|clip/.test(style.overflow)
    && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
}).map((each) => each.outerHTML.slice(0, 120))
