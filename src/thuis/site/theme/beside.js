/* Up to two municipalities beside this one: read from their own pages, and named in the address. */
(() => {
  const form = document.querySelector(".beside-form"), table = document.querySelector("table.beside");
  const said = form.querySelector("[role=status]"), field = form.elements.q, MOST = 2;
  let chosen = [];

  const own = (page) => page.querySelector("table.beside .own[data-code]");
  const after = (row) => [...row.querySelectorAll(".own, .picked")].at(-1);

  function verdict(row, cell, code) {
    if (!row.dataset.tested || !cell.querySelector("b") || !row.querySelector(".own b")) return;
    const found = document.createElement("small");
    found.className = "verdict";
    found.textContent = table.dataset[JSON.parse(row.dataset.tested)[code] ?? "untested"];
    cell.append(found);
  }

  function add(slug, page) {
    const name = own(page).textContent.trim(), code = own(page).dataset.code;
    const head = document.createElement("th"), link = document.createElement("a"), away = document.createElement("button");
    head.scope = "col";
    head.className = "num picked";
    link.href = `../${slug}/`;
    link.textContent = name;
    away.type = "button";
    away.textContent = "×";
    away.setAttribute("aria-label", table.dataset.remove.replace("{name}", () => name));
    away.addEventListener("click", () => { chosen = chosen.filter((each) => each !== slug); said.textContent = ""; show(); field.focus(); });
    head.append(link, " ", away);
    after(table.tHead.rows[0]).after(head);
    table.querySelectorAll("tr[data-figure]").forEach((row) => {
      const theirs = page.querySelector(`tr[data-figure="${CSS.escape(row.dataset.figure)}"] .own`);
      const cell = theirs ? document.importNode(theirs, true) : document.createElement("td");
      cell.className = "num picked";
      verdict(row, cell, code);
      after(row).after(cell);
    });
    return name;
  }

  /* The columns that were chosen, in place of those nearby. */
  async function show() {
    const pages = await Promise.all(chosen.map((slug) => fetch(`../${slug}/`).then((got) => (got.ok ? got.text() : "")).catch(() => "")));
    table.querySelectorAll(".picked").forEach((each) => each.remove());
    const names = chosen.map((slug, i) => {
      const page = new DOMParser().parseFromString(pages[i], "text/html");
      return own(page) && add(slug, page);
    });
    chosen = chosen.filter((_, i) => names[i]);
    table.querySelectorAll(".near").forEach((each) => { each.hidden = chosen.length > 0; });
    const wide = [...table.tHead.rows[0].cells].filter((each) => !each.hidden).length;
    table.querySelectorAll("tr.group th").forEach((each) => { each.colSpan = wide; });
    const to = new URL(location);
    to.searchParams.delete("with");
    chosen.forEach((slug) => to.searchParams.append("with", slug));
    history.replaceState(null, "", to);
    return names.at(-1);
  }

  form.addEventListener("place", async (event) => {
    event.preventDefault();
    const slug = event.detail?.pathname.split("/").filter((part) => part && part !== "index.html").at(-1);
    if (!slug) said.textContent = said.dataset.unknown;
    else if (chosen.length === MOST && !chosen.includes(slug)) said.textContent = said.dataset.most;
    else {
      if (!chosen.includes(slug) && !location.pathname.split("/").includes(slug)) chosen.push(slug);
      const name = await show();
      said.textContent = name ? said.dataset.added.replace("{name}", () => name) : "";
      field.value = "";
    }
  });
  form.hidden = false;
  chosen = [...new Set(new URLSearchParams(location.search).getAll("with"))].filter((slug) => /^[a-z0-9-]+$/.test(slug)).slice(0, MOST);
  if (chosen.length) show();
})();
