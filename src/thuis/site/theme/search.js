/* The search page: Pagefind's index, our own markup, results announced. */
const form = document.getElementById("search-form");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const input = form.elements.q;
const engine = import(new URL(form.dataset.index, location.href)).catch(() => null);
let turn = 0;

async function search(words) {
  const mine = ++turn;
  const pagefind = await engine;
  const found = words && pagefind ? await pagefind.search(words) : { results: [] };
  const loaded = await Promise.all(found.results.slice(0, 60).map(async (each) => ({ score: each.score, page: await each.data() })));
  const pages = loaded.map(({ score, page }) => ({ page, weight: score * Number(page.meta.rank ?? 1) }))
    .sort((one, other) => other.weight - one.weight).map(({ page }) => page)
    .filter((page) => meant(page, words)).slice(0, 40);
  if (mine !== turn) return;
  list.replaceChildren(...pages.map(item));
  status.textContent = !words ? "" : pages.length
    ? `${pages.length} ${form.dataset.some} ‘${words}’` : `${form.dataset.none} ‘${words}’`;
}

/* Pagefind shortens a word until something fits; a hit on a mere beginning is not what was meant. */
function meant(page, words) {
  const hidden = (page.meta.words ?? "").toLowerCase().split(" ");
  if (words.toLowerCase().split(/\s+/).some((word) => hidden.includes(word))) return true;
  const marked = [...page.excerpt.matchAll(/<mark>(.*?)<\/mark>/g)].map((each) => each[1].replace(/\W+$/u, ""));
  return !marked.length || words.split(/\s+/).some((word) =>
    marked.some((each) => each.length >= Math.min(4, 0.6 * word.length)));
}

function item(page) {
  const line = document.createElement("li");
  const kind = Object.assign(document.createElement("span"), { className: "kicker", textContent: page.meta.kind ?? "" });
  const link = Object.assign(document.createElement("a"), { href: page.url, textContent: page.meta.title });
  const text = document.createElement("p");
  text.innerHTML = page.excerpt;
  line.append(kind, link, text);
  return line;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?q=${encodeURIComponent(input.value.trim())}`);
  search(input.value.trim());
});
input.addEventListener("input", () => search(input.value.trim()));
engine.then((pagefind) => {
  if (!pagefind) return;
  form.hidden = false;
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) search(input.value);
});
