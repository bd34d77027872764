/* Search and filters over the list that already stands on the page. */
import { searcher } from "./directory-search.js";

const form = document.getElementById("offer-form");
const status = document.getElementById("offer-status");
const list = document.getElementById("offer");
const items = new Map([...list.children].map((item) => [item.dataset.id, { item, marks: new Set(item.dataset.marks.trim().split(/\s+/)) }]));
const spots = [...document.querySelectorAll("#offer-map .spot")];
const selects = [...form.querySelectorAll("select")];
const heading = document.getElementById("offer-list");
let find;

const codes = (id) => [...items.get(id).marks].filter((mark) => mark.startsWith("municipality:")).map((mark) => mark.slice(13));

function show() {
  const wanted = selects.filter((each) => each.value).map((each) => `${each.name}:${each.value}`);
  const text = form.elements.q.value.trim();
  const allows = (id) => items.has(id) && wanted.every((mark) => items.get(id).marks.has(mark));
  const answer = find(text, allows, codes);
  const shown = new Set(answer.ids);
  list.replaceChildren(...answer.ids.map((id) => items.get(id).item));
  spots.forEach((spot) => spot.classList.toggle("aside", !shown.has(spot.dataset.id)));
  const words = form.dataset;
  const read = Object.entries(answer.corrected).map(([word, near]) => `${word}: ${words.read} ${near}.`);
  const count = shown.size ? `${shown.size} ${shown.size === 1 ? words.one : words.found}.` : words.none;
  status.textContent = text || wanted.length ? [...read, answer.partial && shown.size ? words.partial : "", count].join(" ") : "";
  heading.textContent = `${shown.size} ${shown.size === 1 ? words.one : words.found}`;
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
}

const answer = await fetch(form.dataset.index).catch(() => null);
if (answer?.ok) {
  find = searcher(await answer.json(), new DutchStemmer(), new EnglishStemmer());
  form.hidden = false;
  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") ?? "";
  selects.forEach((each) => { each.value = asked.get(each.name) ?? ""; });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  form.addEventListener("input", show);
  if (asked.size) show();
}
globalThis.thuisFind = (text) => find(text, (id) => items.has(id), codes);
