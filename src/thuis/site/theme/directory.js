/* Search and filters over the list that already stands on the page. */
import { searcher } from "./directory-search.js";

const form = document.getElementById("offer-form");
const status = document.getElementById("offer-status");
const list = document.getElementById("offer");
const items = new Map([...list.children].map((item) => [item.dataset.id, { item, marks: new Set(item.dataset.marks.trim().split(/\s+/)) }]));
const spots = [...document.querySelectorAll("#offer-map .spot")];
const selects = [...form.querySelectorAll("select")];
const heading = document.getElementById("offer-list");
const pages = document.getElementById("offer-pages");
const [before, after] = pages.querySelectorAll("button");
const SIZE = 25;
let find, answer, page = 1;

const codes = (id) => [...items.get(id).marks].filter((mark) => mark.startsWith("municipality:")).map((mark) => mark.slice(13));

/* One page of the answer: the address says which, so that it can be sent to somebody. */
function turn(to) {
  const last = Math.max(1, Math.ceil(answer.ids.length / SIZE));
  page = Math.min(Math.max(1, to), last);
  list.replaceChildren(...answer.ids.slice((page - 1) * SIZE, page * SIZE).map((id) => items.get(id).item));
  list.start = (page - 1) * SIZE + 1;
  pages.hidden = last === 1;
  pages.querySelector("span").textContent = pages.dataset.page.replace("{page}", page).replace("{pages}", last);
  [before.disabled, after.disabled] = [page === 1, page === last];
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  if (page > 1) asked.set("page", page);
  history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
}

function show(to = 1) {
  const wanted = selects.filter((each) => each.value).map((each) => `${each.name}:${each.value}`);
  const text = form.elements.q.value.trim();
  const allows = (id) => items.has(id) && wanted.every((mark) => items.get(id).marks.has(mark));
  answer = find(text, allows, codes);
  const shown = new Set(answer.ids);
  spots.forEach((spot) => spot.classList.toggle("aside", !shown.has(spot.dataset.id)));
  const words = form.dataset;
  const read = Object.entries(answer.corrected).map(([word, near]) => `${word}: ${words.read} ${near}.`);
  const count = shown.size ? `${shown.size} ${shown.size === 1 ? words.one : words.found}.` : words.none;
  status.textContent = text || wanted.length ? [...read, answer.partial && shown.size ? words.partial : "", count].join(" ") : "";
  heading.textContent = `${shown.size} ${shown.size === 1 ? words.one : words.found}`;
  turn(to);
}

const index = await fetch(form.dataset.index).catch(() => null);
if (index?.ok) {
  find = searcher(await index.json(), new DutchStemmer(), new EnglishStemmer());
  form.hidden = false;
  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") ?? "";
  selects.forEach((each) => { each.value = asked.get(each.name) ?? ""; });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  form.addEventListener("input", () => show());
  for (const [button, step] of [[before, -1], [after, 1]]) button.addEventListener("click", () => { turn(page + step); heading.scrollIntoView(); });
  if (asked.size || items.size > SIZE) show(Number(asked.get("page")) || 1);
}
globalThis.thuisFind = (text) => find(text, (id) => items.has(id), codes);
