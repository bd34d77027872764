/* The groups a reader came for: chosen here, kept for other pages of this visit, and in the address so that
   the choice can be sent to somebody. Without this file every group is shown. */
(() => {
  const form = document.querySelector("form.chooser");
  if (!form) return;
  const KEY = "thuis-groups";
  const boxes = [...form.querySelectorAll("input")], said = form.querySelector("[role=status]");
  const partOf = (mark) => mark.slice(0, mark.indexOf("."));
  const stays = new Map([...form.querySelectorAll("fieldset")].map((each) => [each.dataset.part, each.dataset.stays]));
  const about = [...document.querySelectorAll("[data-about]")];
  const rows = about.filter((each) => !each.classList.contains("drawn"));
  const bodies = new Set(rows.filter((each) => each.matches("tr")).map((each) => each.parentNode));
  const drawn = about.filter((each) => each.classList.contains("drawn"));
  const first = new Map(drawn.map((each) => [each, [each.getAttribute("class"), each.getAttribute("y"), each.querySelector("use")?.getAttribute("href")]]));
  const plot = document.querySelector(".trend .plot"), told = plot?.getAttribute("aria-label");
  const grey = document.querySelector(".trend + .trend-legend + .chart-notes .others"), greyFirst = grey?.hidden;

  const kept = () => { try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; } };
  const keep = (marks) => { try { sessionStorage.setItem(KEY, JSON.stringify(marks)); } catch { /* shown, and not kept */ } };
  const elsewhere = (marks) => marks.filter((mark) => !stays.has(partOf(mark)));

  /* A row is shown when each breakdown that was chosen from has one of its groups, or the group all are compared with. */
  function shows(each, wanted) {
    const own = each.dataset.about.split(" ");
    return [...wanted].every(([part, marks]) => {
      const here = own.filter((mark) => partOf(mark) === part);
      return !here.length || here.some((mark) => marks.has(mark) || mark === stays.get(part));
    });
  }

  /* Through time: the chosen in colour, in the order of the list, and the others grey. */
  function colour(wanted) {
    const names = drawn.filter((each) => each.matches("li"));
    const chosen = names.some((each) => [...wanted.keys()].includes(partOf(each.dataset.about)));
    const styles = new Map();
    let next = 0;
    if (chosen) for (const each of names) {
      const mark = each.dataset.about;
      if (mark === stays.get(partOf(mark))) styles.set(mark, "ref");
      else if (next < 4 && shows(each, wanted)) styles.set(mark, String(next++));
    }
    for (const each of drawn) {
      const [dress, y, href] = first.get(each), style = styles.get(each.dataset.about) ?? "";
      each.setAttribute("class", chosen ? `drawn ${each.tagName === "text" ? "t" : "l"}${style}` : dress);
      if (y) each.setAttribute("y", y);
      const shape = chosen ? `#mark-${style === "" ? "small" : style === "ref" ? 0 : style}` : href;
      each.querySelectorAll("use").forEach((use) => use.setAttribute("href", shape));
    }
    if (!chosen || !plot) { if (plot) plot.setAttribute("aria-label", told); if (grey) grey.hidden = greyFirst; return; }
    plot.setAttribute("aria-label", names.filter((each) => styles.has(each.dataset.about)).map((each) => each.dataset.told).join(" "));
    if (grey) grey.hidden = names.every((each) => styles.has(each.dataset.about));
    apart(drawn.filter((each) => each.tagName === "text" && styles.has(each.dataset.about)));
  }

  /* Names beside their last point, none over another. */
  function apart(labels) {
    const at = (label) => parseFloat([...plot.querySelectorAll("g.drawn use")].filter((use) => use.parentNode.dataset.about === label.dataset.about).at(-1)?.getAttribute("y") ?? 0);
    const order = labels.map((label) => [label, at(label)]).sort((a, b) => a[1] - b[1]);
    order.forEach((each, i) => { each[1] = Math.max(each[1], i ? order[i - 1][1] + 7.5 : 2); });
    for (let i = order.length - 1, limit = 98; i >= 0; i--, limit = order[i + 1][1] - 7.5) order[i][1] = Math.min(order[i][1], limit);
    for (const [label, y] of order) label.setAttribute("y", `${y}%`);
  }

  function show() {
    const picked = boxes.filter((each) => each.checked), wanted = new Map();
    for (const { value } of picked) wanted.set(partOf(value), (wanted.get(partOf(value)) ?? new Set()).add(value));
    for (const each of rows) each.toggleAttribute("hidden", !shows(each, wanted));
    for (const body of bodies) body.hidden = [...body.querySelectorAll("tr[data-about]")].every((row) => row.hidden);
    colour(wanted);
    document.body.classList.toggle("chosen", picked.length > 0);
    said.textContent = picked.length ? form.dataset.said.replace("{n}", picked.length).replace("{of}", boxes.length)
      .replace("{names}", () => picked.map((each) => each.parentNode.textContent.trim()).join(", ")) : "";
    form.querySelector("button").hidden = !picked.length;
    const to = new URL(location), marks = [...elsewhere(to.searchParams.getAll("group")), ...picked.map((each) => each.value)];
    to.searchParams.delete("group");
    for (const mark of marks) to.searchParams.append("group", mark);
    history.replaceState(null, "", to);
    const query = picked.map((each) => `group=${encodeURIComponent(each.value)}`).join("&");
    document.querySelectorAll("a.permalink, .formats a[href*='/embed/']").forEach((a) => { a.search = query; });
    const code = document.querySelector("#embed code");
    if (code) code.textContent = code.textContent.replace(/(\/embed\/)[^"]*/, `$1${query && `?${query}`}`);
    if (picked.length) document.querySelectorAll("details.changed").forEach((each) => { each.open = true; });
  }

  function read() {
    const asked = new URLSearchParams(location.search).getAll("group"), before = kept();
    const parts = new Set(asked.map(partOf));
    const marks = [...asked, ...before.filter((mark) => !parts.has(partOf(mark)))];
    if (asked.length) keep(marks);
    for (const each of boxes) each.checked = marks.includes(each.value);
    show();
  }

  form.addEventListener("change", () => { keep([...elsewhere(kept()), ...boxes.filter((each) => each.checked).map((each) => each.value)]); show(); });
  form.querySelector("button").addEventListener("click", () => {
    boxes.forEach((each) => { each.checked = false; });
    keep(elsewhere(kept()));
    show();
    form.querySelector("summary").focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("pageshow", (event) => { if (event.persisted) read(); });
  form.hidden = false;
  read();
})();
