/* Complete tables and tested changes of which a reader sees half without scrolling sideways. */
() => [...document.querySelectorAll('.scroll:has(> table[role])')].filter((each) =>
  each.checkVisibility() && !each.matches('.matrix-scroll') && each.scrollWidth > each.clientWidth + 1
).map((each) => `${each.ariaLabel}: ${each.scrollWidth}`)
