/* Comfort only: every page is complete without this file. */
(() => {
  const open = (on) => document.querySelectorAll("body:not(.page-breakdown) details.more").forEach((each) => {
    if (on && !each.open) { each.open = true; each.dataset.print = "1"; }
    if (!on && each.dataset.print) { each.open = false; delete each.dataset.print; }
  });
  addEventListener("beforeprint", () => open(true));
  addEventListener("afterprint", () => open(false));

  /* Frames that do not scroll need no stop on the keyboard's path. */
  const frames = () => document.querySelectorAll(".scroll").forEach((each) => {
    if (each.clientWidth) each.tabIndex = each.scrollWidth > each.clientWidth ? 0 : -1;
  });
  addEventListener("resize", frames);
  document.addEventListener("toggle", frames, true);
  frames();

  /* A name typed leads to its page; the names are those of the page that lists them all, read when asked for. */
  const place = document.querySelector("form.place");
  if (place) {
    const field = place.elements.q, list = place.querySelector("datalist"), pages = new Map();
    const plain = (name) => name.normalize("NFKD").replace(/[^\p{L}]/gu, "").toLowerCase();
    let asked;
    const ask = () => asked ??= fetch(place.action).then((got) => got.text()).then((html) => {
      const towns = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll(".towns a")];
      const to = (a) => new URL(a.getAttribute("href"), place.action);
      towns.forEach((a) => pages.set(plain(a.textContent), to(a)));
      /* A village leads to its municipality; where two have one of that name, nowhere. */
      const villages = new Map();
      for (const a of towns) for (const name of a.dataset.also?.split("|") ?? []) villages.set(name, villages.has(name) ? null : to(a));
      for (const [name, page] of villages) if (page && !pages.has(plain(name))) pages.set(plain(name), page);
      list.append(...[...towns.map((a) => a.textContent), ...villages.keys()].map((name) => new Option(name)));
    }).catch(() => {});
    field.addEventListener("focus", ask, { once: true });
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      ask().then(() => {
        const to = pages.get(plain(field.value));
        const wanted = new CustomEvent("place", { detail: to, cancelable: true });
        if (place.dispatchEvent(wanted)) location.assign(to ?? place.action);
      });
    });
  }

  /* In the list of contents, the section that is being read. */
  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  if (links.size && "IntersectionObserver" in window) {
    const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
      if (!entry.isIntersecting) return;
      links.forEach((a) => a.removeAttribute("aria-current"));
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }), { rootMargin: "-10% 0px -80% 0px" });
    links.forEach((_, id) => { const at = document.getElementById(id); if (at) seen.observe(at); });
  }
})();
