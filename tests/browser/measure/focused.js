/* The element with focus: is it outlined, is it in sight, where does it stand in the page? */
() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const card = at.closest('.card');
  const outlined = [style, card && getComputedStyle(card)].some(
    (each) => each && parseFloat(each.outlineWidth) >= 2 && each.outlineStyle !== 'none');
  return {name: at.tagName + ' ' + (at.textContent || at.id).trim().slice(0, 40), outlined,
    visible: box.width > 0 && box.bottom > 0 && box.top < innerHeight, body: at === document.body,
    order: [...document.querySelectorAll('*')].indexOf(at)};
}
