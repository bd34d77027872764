/* Parts with a heading and nothing below it that can be seen. */
() => [...document.querySelectorAll('main section, main .figure-block')].filter((each) => {
  if (!each.checkVisibility() || !each.querySelector('h2, h3')) return false;
  const below = each.querySelectorAll('table, ul, ol, dl, svg, details, form, blockquote, p:not(.source, .kicker)');
  return ![...below].some((one) => one.checkVisibility() && one.getBoundingClientRect().height > 3);
}).map((each) => each.querySelector('h2, h3').textContent)
