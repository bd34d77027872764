/* Search and filters over the list that already stands on the page; map and downloads hold the same answer. */
import { searcher, warmed } from "./directory-search.js";

const form = document.getElementById("offer-form");
const status = document.getElementById("offer-status");
const list = document.getElementById("offer");
const spots = [...document.querySelectorAll("#offer-map .spot")];
const selects = [...form.querySelectorAll("select")];
const heading = document.getElementById("offer-list");
const pages = document.getElementById("offer-pages");
const [before, after] = pages.querySelectorAll("button");
const taken = document.getElementById("offer-taken");
const SIZE = 25;
const items = new Map(Array.from(list.children, (item) => [item.dataset.id, item]));
const marks = new Map();
let file, find, answer, lit = null, allowed = [null, null], page = 1;

function marksOf(id) {
  if (!marks.has(id)) marks.set(id, new Set(items.get(id).dataset.marks.trim().split(/\s+/)));
  return marks.get(id);
}
const codes = (id) => [...marksOf(id)].filter((mark) => mark.startsWith("municipality:")).map((mark) => mark.slice(13));

/* Which records are on the page and have what was chosen: worked out anew only when the choice changes. */
function chosen(wanted) {
  const key = wanted.join(" ");
  if (allowed[0] !== key) allowed = [key, Uint8Array.from(file.records, (id) => items.has(id) && wanted.every((mark) => marksOf(id).has(mark)))];
  return allowed[1];
}

/* One page of the answer: the address says which, so that it can be sent to somebody. */
function turn(to) {
  const last = Math.max(1, Math.ceil(answer.numbers.length / SIZE));
  page = Math.min(Math.max(1, to), last);
  list.replaceChildren(...answer.numbers.slice((page - 1) * SIZE, page * SIZE).map((number) => items.get(file.records[number])));
  list.start = (page - 1) * SIZE + 1;
  pages.hidden = last === 1;
  pages.querySelector("span").textContent = pages.dataset.page.replace("{page}", page).replace("{pages}", last);
  [before.disabled, after.disabled] = [page === 1, page === last];
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  if (page > 1) asked.set("page", page);
  history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
}

/* The map follows when the list has been painted, and only where it changes. */
function light() {
  const shown = new Set(answer.numbers.map((number) => file.records[number]));
  for (const spot of spots) if (!lit || lit.has(spot.dataset.id) !== shown.has(spot.dataset.id)) spot.classList.toggle("aside", !shown.has(spot.dataset.id));
  lit = shown;
}

function show(to = 1) {
  const wanted = selects.filter((each) => each.value).map((each) => `${each.name}:${each.value}`);
  const text = form.elements.q.value.trim(), words = form.dataset;
  answer = find(text, chosen(wanted), codes);
  const size = answer.numbers.length;
  const read = Object.entries(answer.corrected).map(([word, near]) => `${word}: ${words.read} ${near}.`);
  if (answer.without.length) read.push(`${words.without[0].toUpperCase()}${words.without.slice(1)} ${answer.without.join(", ")}.`);
  const count = size ? `${size} ${size === 1 ? words.one : words.found}.` : words.none;
  status.textContent = text || wanted.length ? [...read, answer.partial && size ? words.partial : "", count].join(" ") : "";
  heading.textContent = `${size} ${size === 1 ? words.one : words.found}`;
  taken.hidden = !size;
  turn(to);
  requestAnimationFrame(() => setTimeout(light));
}

/* The lines of a CSV file, those inside quotation marks not counted. */
const lines = (text) => text.match(/(?:"(?:[^"]|"")*"|[^"\n])+/g) ?? [];

/* The published files hold the records in the order of the index, so a number finds each of them. */
const FORMS = {
  csv: (text, numbers) => {
    const [head, ...rows] = lines(text);
    return [head, ...numbers.map((number) => rows[number]), ""].join("\n");
  },
  hsds: (text, numbers) => {
    const all = JSON.parse(text), size = numbers.length;
    return JSON.stringify({ ...all, total_items: size, size, empty: !size, contents: numbers.map((number) => all.contents[number]) });
  },
  geojson: (text, numbers) => {
    const all = JSON.parse(text);
    return JSON.stringify({ ...all, features: numbers.map((number) => all.features[number]) });
  },
  atom: (text, numbers) => {
    const all = new DOMParser().parseFromString(text, "application/xml"), feed = all.documentElement;
    const entries = [...feed.getElementsByTagName("entry")];
    for (const each of entries) each.remove();
    feed.getElementsByTagName("id")[0].textContent = location.href;
    feed.getElementsByTagName("title")[0].textContent = form.elements.q.value.trim() || document.title;
    for (const each of [...feed.getElementsByTagName("link")]) {
      each.setAttribute("rel", "alternate");
      each.setAttribute("href", location.href);
    }
    feed.append(...numbers.map((number) => entries[number]));
    return new XMLSerializer().serializeToString(all);
  },
};
async function made(button) {
  const text = await (await fetch(button.dataset.file)).text();
  return FORMS[button.dataset.form](text, answer.numbers);
}
async function give(event) {
  const button = event.currentTarget, link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([await made(button)], { type: button.dataset.type }));
  link.download = button.dataset.file.split("/").pop();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const index = await fetch(form.dataset.index).catch(() => null);
if (index?.ok) {
  file = await index.json();
  find = searcher(file, new DutchStemmer(), new EnglishStemmer());
  form.hidden = false;
  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") ?? "";
  selects.forEach((each) => { each.value = asked.get(each.name) ?? ""; });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  form.addEventListener("input", () => show());
  for (const [button, step] of [[before, -1], [after, 1]]) button.addEventListener("click", () => { turn(page + step); heading.scrollIntoView(); });
  for (const button of taken.querySelectorAll("button")) button.addEventListener("click", give);
  if (asked.size || items.size > SIZE) show(Number(asked.get("page")) || 1);
  else answer = find("", chosen([]), codes);
  taken.hidden = !items.size;
  setTimeout(() => warmed(find, file.words), 200);
}
globalThis.thuisFind = (text) => {
  const found = find(text, chosen([]), codes);
  return { ...found, ids: found.numbers.map((number) => file.records[number]) };
};
globalThis.thuisMade = (form) => made(taken.querySelector(`[data-form=${form}]`));
