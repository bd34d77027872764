/* The same search as thuis.directory.find, over directory-search.json; the stemmers are Snowball's. */
const WEIGHT = { FEW: 3, ENOUGH: 10, LEAST: 0.4, LESS: 0.3, LOOSE: [0.5, 0.35, 0.35, 0.35] };
const AND = new Set(["of", "en", "or", "and", "nor"]);
const BEFORE = ["in", "te", "gemeente", "rond", "bij", "near", "naar"];
const ARTICLES = ["de", "het", "t", "den"];
const LINKS = ["s", "e", "en", "er", "n"];
const ENDINGS = ["s", "en", "e", "je", "jes", "n"];
const SMALL = ["je", "[tpk]je", "etje"].map((end) => new RegExp(`(?<=[a-z]{3})${end}s?$`));

export const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

export function words(text) {
  const plain = fold(text).replace(/(?<=[\p{L}\p{N}_])['’](?=s(?![\p{L}\p{N}_])|tje)/gu, "")
    .replace(/(?<=\d\d)\s?\+(?:-?ers?\b|-?plussers?\b)/g, "plussers")
    .replace(/(?<=\d\d)\s?(?:\+|-plus|\splus)(?:-?(?=\w)|\b|(?=\W|$))/g, "plus ");
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const letters = (text) => fold(text).replaceAll("ij", "y").replace(/[^a-z]/g, "");

const codes = (word) => Int32Array.from(word, (letter) => letter.codePointAt(0));
let [older, last, row] = [0, 0, 0].map(() => new Int32Array(64));

/* How many letters differ, of two words as numbers; two that changed places are one. More than the limit is
   told as one more. */
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  if (row.length <= b.length) [older, last, row] = [0, 0, 0].map(() => new Int32Array(2 * b.length));
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    let least = row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      let far = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      if (last[j] < far) far = last[j] + 1;
      if (row[j - 1] < far) far = row[j - 1] + 1;
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && older[j - 2] < far) far = older[j - 2] + 1;
      row[j] = far;
      if (far < least) least = far;
    }
    if (least > limit) return limit + 1;
    [older, last, row] = [last, row, older];
  }
  return last[b.length];
}

const mask = (word) => word.reduce((bits, letter) => bits | 1 << (letter & 31), 0);
function bits(n) {
  let count = 0;
  for (; n; n &= n - 1) count++;
  return count;
}

/* Words by length with the letters they have: few pairs are left to compare letter by letter. */
function neighbours(all) {
  const lengths = [];
  all.forEach((word, i) => {
    const written = codes(word);
    (lengths[written.length] ??= []).push({ word, written, letters: mask(written), i });
  });
  return (word, limit) => {
    const written = codes(word), own = mask(written), found = [];
    for (let n = Math.max(0, written.length - limit); n <= written.length + limit; n++) for (const each of lengths[n] ?? []) {
      if (bits(own ^ each.letters) > 2 * limit) continue;
      const far = distance(written, each.written, limit);
      if (far <= limit) found.push([each.word, far, each.i]);
    }
    return found.sort((a, b) => a[1] - b[1] || a[2] - b[2]);
  };
}

const MANY = 2 ** 20;
const LETTERS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((each, i) => [each.charCodeAt(0), i]));
const VALUE = Uint8Array.from({ length: 128 }, (_, i) => LETTERS.get(i) ?? 0);
const NONE = { ids: new Int32Array(0), weights: new Float64Array(0) };

/* The records of a term with their weights, out of the letters that thuis.directory.index.packed wrote. */
function unpacked(text, weights) {
  const ids = new Int32Array(text.length), found = new Float64Array(text.length);
  let at = 0, size = 0;
  const next = () => {
    let number = 0;
    for (let shift = 0; ; shift += 5) {
      const value = VALUE[text.charCodeAt(at++)];
      number |= (value & 31) << shift;
      if (value < 32) return number;
    }
  };
  while (at < text.length) {
    const weight = weights[next()];
    for (let left = next(), id = 0; left > 0; left--) {
      ids[size] = id += next();
      found[size++] = weight;
    }
  }
  return { ids: ids.slice(0, size), weights: found.slice(0, size) };
}

export function searcher(file, dutch, english) {
  const stop = new Set(file.stop), parts = new Set(file.parts), known = new Set(file.words);
  const ordinary = new Set(file.ordinary);
  const groupsOf = new Map(Object.entries(file.groups)), phrases = new Map(Object.entries(file.phrases));
  const places = new Map(Object.entries(file.places));
  const villages = new Map();
  for (const [code, names] of Object.entries(file.villages)) for (const name of names.split(" ")) villages.set(name, [...villages.get(name) ?? [], code]);
  const weak = new Set(file.weak), whole = new Set(file.whole), broader = new Map(Object.entries(file.broader));
  const [excepting, without, but] = file.refusals.map((each) => new Set(each));
  const runTogether = new Map(Array.from(phrases, ([run, group]) => [run.replaceAll(" ", ""), [run, group]]));
  let towns;
  const stemmed = new Map(), read = new Map();
  const around = neighbours(file.words);
  const size = file.records.length, all = Uint8Array.from(file.records, () => 1);
  const marked = new Uint8Array(size), sums = new Float64Array(size);

  const has = (term) => Object.hasOwn(file.terms, term);
  function records(term) {
    if (!has(term)) return NONE;
    if (!read.has(term)) read.set(term, unpacked(file.terms[term], file.weights));
    return read.get(term);
  }

  function stems(word) {
    if (word.length < 4 || /\d/.test(word)) return [word];
    if (stemmed.has(word)) return stemmed.get(word);
    const bases = new Set([word, ...SMALL.map((small) => word.replace(small, ""))]);
    const found = new Set([english.stemWord(word), ...[...bases].map((base) => dutch.stemWord(base))]);
    for (const [end, other] of [[/z$/, "s"], [/v$/, "f"]]) for (const each of [...found]) found.add(each.replace(end, other));
    const kept = [...found].filter((each) => each.length > 3).sort();
    stemmed.set(word, kept.length ? kept : [word]);
    return stemmed.get(word);
  }
  const shortest = (word) => stems(word).reduce((a, b) => (b.length < a.length ? b : a));
  const groups = (word) => groupsOf.get(word) ?? [...new Set(stems(word).flatMap((stem) => groupsOf.get(`~${stem}`) ?? []))].sort();
  const above = (below) => [...new Set(below.flatMap((each) => broader.get(each) ?? []))].filter((each) => !below.includes(each)).sort();
  function meant(word) {
    const found = groups(word), wide = new Set(found.flatMap((each) => broader.get(each) ?? []));
    const kept = found.filter((each) => !wide.has(each)).sort();
    return kept.length ? kept : [...found].sort();
  }
  const knows = (word) => parts.has(word) || groups(word).length > 0;

  function part(piece, inner) {
    if (parts.has(piece)) return piece;
    if (inner) for (const link of LINKS) if (piece.startsWith(link) && parts.has(piece.slice(link.length))) return piece.slice(link.length);
    for (const end of ENDINGS) {
      const base = piece.slice(0, -end.length);
      if (piece.endsWith(end) && base.length > 2 && parts.has(base)) return base;
    }
    return null;
  }
  function split(word) {
    if (word.length < 7 || whole.has(word)) return [];
    const best = new Map([[0, []]]), size = (row) => row.reduce((sum, each) => sum + each.length ** 2, 0);
    for (let end = 3; end <= word.length; end++) for (let start = Math.max(0, end - 14); start < end - 2; start++) {
      if (!best.has(start) || best.get(start).length > 3 || (start === 0 && end === word.length)) continue;
      const one = part(word.slice(start, end), start > 0);
      if (!one) continue;
      const found = [...best.get(start), one], other = best.get(end);
      if (!other || found.length < other.length || (found.length === other.length && size(found) > size(other))) best.set(end, found);
    }
    const found = best.get(word.length) ?? [];
    return found.length > 1 ? found : [];
  }
  function ends(word) {
    if (word.length < 7) return [];
    const found = [];
    for (let i = word.length - 4; i > 3; i--) if (parts.has(word.slice(0, i))) { found.push(word.slice(0, i)); break; }
    for (let i = 3; i < word.length - 3; i++) if (parts.has(word.slice(i))) { found.push(word.slice(i)); break; }
    return found;
  }

  const bestOf = (part) => (meant(part).length ? `#${meant(part)[0]}` : `+${shortest(part)}`);
  const unique = (row) => [...new Set(row)];
  /* The ways in which all parts of a compound are there. */
  const both = (pieces) => [[0.7, unique(pieces.map(bestOf))], [0.85, unique(pieces.map((each) => `+${shortest(each)}`))],
    [0.8, unique(pieces.map(shortest))]];

  function asked(word) {
    const own = meant(word), pieces = split(word);
    const ways = [[1.2, [`=${word}`]], ...stems(word).map((stem) => [1, [stem]]),
      ...stems(word).map((stem) => [0.85, [`+${stem}`]]), ...own.map((group) => [0.7, [`#${group}`]])];
    const rest = pieces.filter((each) => !weak.has(each));
    let telling = [];
    if (pieces.length) {
      ways.push(...both(pieces));
      if (rest.length && rest.length < pieces.length) telling = [[0.6, unique(rest.map(shortest))], [0.4, unique(rest.map(bestOf))]];
    }
    const loose = [];
    (rest.length ? rest : pieces.length ? pieces : own.length ? [] : ends(word)).slice(0, 4).forEach((each, i) => {
      for (const [weight, needs] of asked(each).ways) if (!needs.includes(`=${each}`)) loose.push([weight * WEIGHT.LOOSE[i], needs]);
    });
    loose.push(...aboveWays(own));
    return { text: word, ways, loose, weak: weak.has(word), telling };
  }
  /* The meanings above those given: one of them, or better, the nearest of them all. */
  function aboveWays(own) {
    const every = above(own), further = above(every), nearby = every.filter((each) => !further.includes(each)).map((each) => `#${each}`);
    const alone = every.map((each) => [0.2, [`#${each}`]]);
    return nearby.length > 1 ? [...alone, [0.3, nearby]] : alone;
  }
  /* What a run of words with one meaning asks for: the meaning, or all the words. */
  function phrase(run, group) {
    const content = run.split(" ").filter((word) => !stop.has(word)), ways = content.length ? [[1, unique(content.map(shortest))]] : [];
    return { text: run, ways: [...ways, [0.9, [`#${group}`]]], loose: aboveWays([group]), weak: false, telling: [] };
  }

  function place(piece, before) {
    const row = words(piece), key = letters(piece);
    if (!row.length || ["in", "te", "voor"].includes(row[0])) return [];
    const article = row.length === 2 && ARTICLES.includes(row[0]), last = row.at(-1);
    const word = stop.has(last) || knows(last) || ordinary.has(letters(last)) || last.length < 4;
    const told = /^\p{Lu}/u.test(article ? piece.split(" ").at(-1) : piece) || (BEFORE.includes(before.toLowerCase()) && !article);
    return (article || row.length === 1) && word && !told ? [] : places.get(key) ?? [];
  }
  /* A name that is a word as well needs "in" before it, or a capital; not that of the first word. */
  function village(piece, before) {
    const row = words(piece), key = letters(piece), one = row.length === 1;
    if (!row.length || ["in", "te", "voor"].includes(row[0]) || (one && stop.has(row[0]))) return [];
    const word = ordinary.has(`/${key}`) || (one && (knows(row[0]) || row[0].length < 4));
    const told = (before && /^\p{Lu}/u.test(piece.split(" ").at(-1))) || (one && BEFORE.includes(before.toLowerCase()));
    return word && !told ? [] : villages.get(key) ?? [];
  }
  function question(text) {
    const pieces = text.split(/\s+/).filter(Boolean), rest = [], named = [], there = [];
    for (let i = 0; i < pieces.length;) {
      let size = Math.min(5, pieces.length - i), codes = [];
      for (; size > 0; size--) {
        const piece = pieces.slice(i, i + size).join(" "), before = pieces[i - 1] ?? "";
        if ((codes = place(piece, before)).length) {
          const key = letters(piece);
          if (villages.has(key) && !codes.some((code) => letters(file.names[code]) === key)) there.push([piece, codes]);
          break;
        }
        if ((codes = village(piece, before)).length) { there.push([piece, codes]); break; }
      }
      if (codes.length) { named.push(...codes); i += size; } else rest.push(pieces[i++]);
    }
    const row = words(rest.join(" ")), found = [], away = [];
    let refusing = false;
    for (let i = 0; i < row.length;) {
      const [one, size] = next(row, i);
      if (!one) refusing ||= refuses(row, i, found);
      else {
        (refusing ? away : found).push(refusing ? narrowed(one, found) : one);
        refusing = refusing && AND.has(row[i + size]);
      }
      i += size;
    }
    return { asked: found, places: [...new Set(named)], without: away, there };
  }
  /* What is refused, less the meanings that are asked for: "dancing but no salsa" refuses salsa alone. */
  function narrowed(one, found) {
    const wanted = new Set(found.flatMap((each) => each.ways.flatMap(([, needs]) => needs.filter((need) => need[0] === "#"))));
    return { ...one, ways: one.ways.filter(([, needs]) => !needs.some((need) => wanted.has(need))) };
  }
  /* What stands at a place of a query, and how many words it has; null for a word that asks for nothing. */
  function next(row, i) {
    const size = [4, 3, 2].find((n) => i + n <= row.length && phrases.has(row.slice(i, i + n).join(" ")));
    if (!size) return [stop.has(row[i]) ? null : asked(row[i]), 1];
    const run = row.slice(i, i + size).join(" ");
    return [phrase(run, phrases.get(run)), size];
  }
  /* Whether what follows is not wanted: "but no", "except", or "no" before a narrower word than one asked for. */
  function refuses(row, i, found) {
    if (!found.length || i + 1 >= row.length) return false;
    if (excepting.has(row[i]) || (without.has(row[i]) && but.has(row[i - 1]))) return true;
    if (!without.has(row[i])) return false;
    const [one] = next(row, i + 1);
    const wanted = new Set(found.flatMap((each) => each.ways.flatMap(([, needs]) => needs.filter((need) => need[0] === "#"))));
    return Boolean(one) && above(meant(one.text)).some((each) => wanted.has(`#${each}`));
  }

  const isKnown = (word) => word.length < 4 || known.has(word) || knows(word) || split(word).length > 0
    || stems(word).some(has);
  function nearest(word, alone) {
    if (word.length < 5 && !alone) return null;
    const limit = word.length < 8 ? 1 : 2;
    const found = around(word, limit).slice(0, 8);
    const rank = ([each, far]) => [far, each[0] === word[0] ? 0 : 1, -records(`=${each}`).ids.length];
    const less = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
    return found.length ? found.reduce((a, b) => (less(rank(b), rank(a)) < 0 ? b : a))[0] : inParts(word);
  }
  function inParts(word) {
    for (let cut = 4; cut < word.length - 3; cut++) {
      const head = word.slice(0, cut), tail = word.slice(cut);
      for (const [sure, other, turned] of [[head, tail, false], [tail, head, true]]) {
        if (!parts.has(sure) || other.length < 6) continue;
        const near = around(other, 1)[0];
        if (near?.[1]) return turned ? near[0] + sure : sure + near[0];
      }
    }
    return null;
  }

  /* What a word is read as: words, and municipalities. */
  function mended(each, alone) {
    const word = each.text;
    if (word.includes(" ") || isKnown(word)) return [[each], []];
    if (runTogether.has(word)) return [[phrase(...runTogether.get(word))], []];
    const near = nearest(word, alone);
    if (near === null || distance(codes(word), codes(near), 1) > 1) {
      const found = cut(word);
      if (found) return found;
    }
    const there = near !== null && !groupsOf.has(near) ? places.get(letters(near)) ?? [] : [];
    if (there.length) return [[], there];
    if (near !== null) return [[asked(near)], []];
    const town = nearestTown(word);
    return town.length ? [[], town] : [[each], []];
  }
  /* Two words, or a word and a municipality, that were written as one. */
  function cut(word) {
    for (let at = word.length - 4; at > 3; at--) {
      const head = word.slice(0, at), tail = word.slice(at);
      if (known.has(head) && known.has(tail)) return [[asked(head), asked(tail)], []];
      for (const [one, other] of [[head, tail], [tail, head]]) {
        const there = other.length > 4 ? places.get(letters(other)) ?? [] : [];
        if (there.length && known.has(one)) return [[asked(one)], there];
      }
    }
    return null;
  }
  /* The municipalities whose name is one letter away, two in a name of nine letters or more. */
  function nearestTown(word) {
    const written = letters(word);
    if (written.length < 6) return [];
    towns ??= neighbours([...places.keys()]);
    const found = towns(written, written.length < 9 ? 1 : 2).slice(0, 8), least = found[0]?.[1];
    return unique(found.filter(([, far]) => far === least).flatMap(([name]) => places.get(name)));
  }
  /* Two words that are mostly written as one ask for that one too. */
  function joined(row) {
    const found = [];
    for (let i = 0; i < row.length;) {
      const made = i + 1 < row.length ? joinedPair(row[i], row[i + 1]) : null;
      found.push(made ?? row[i]);
      i += made ? 2 : 1;
    }
    return found;
  }
  function joinedPair(one, other) {
    const word = one.text + other.text;
    if (word.includes(" ") || Math.min(one.text.length, other.text.length) < 3) return null;
    if (!known.has(word) && !stems(word).some(has)) return null;
    const every = asked(word), telling = [one, other].filter((each) => !each.weak);
    return { text: `${one.text} ${other.text}`, ways: [...every.ways, ...both([one.text, other.text])],
      loose: [...every.loose, ...telling.flatMap((each) => each.loose)], weak: !telling.length,
      telling: telling.length === 1 ? telling[0].ways : every.telling };
  }

  /* The records that have every term, and the mean of their weights. */
  function together(needs) {
    const rows = needs.map(records).sort((a, b) => a.ids.length - b.ids.length);
    if (rows.length < 2) return rows[0] ?? NONE;
    rows.forEach(({ ids, weights }, turn) => ids.forEach((id, k) => {
      if (marked[id] !== turn) return;
      marked[id]++;
      sums[id] += weights[k];
    }));
    const ids = rows[0].ids.filter((id) => marked[id] === rows.length);
    const weights = Float64Array.from(ids, (id) => sums[id] / rows.length);
    for (const id of rows[0].ids) marked[id] = sums[id] = 0;
    return { ids, weights };
  }
  const rarity = (number) => Math.log(1 + (size - number + 0.5) / (number + 0.5));
  /* Arrays of a number for each record are lent to a query and cleared for the next: making them anew left so
     much behind that the browser stopped to clear up in the midst of a query. */
  const spare = [], lent = [];
  function lend() {
    const best = spare.pop() ?? new Float64Array(size), ids = [];
    lent.push([best, ids]);
    return [best, ids];
  }
  function back() {
    for (const [best, ids] of lent.splice(0)) {
      for (const id of ids) best[id] = 0;
      spare.push(best);
    }
  }
  /* The best way in which each record satisfies one word: its score, and the records that have any. */
  function scores(ways) {
    const [best, ids] = lend();
    for (const [weight, needs] of ways) {
      const least = Math.min(...needs.map((term) => records(term).ids.length));
      const found = together(needs), rare = rarity(least);
      for (let k = 0; k < found.ids.length; k++) {
        const id = found.ids[k], score = weight * found.weights[k] * rare;
        if (best[id] === 0) ids.push(id);
        if (score > best[id]) best[id] = score;
      }
    }
    return { best, ids };
  }
  const sum = (rows, id) => rows.reduce((total, row) => total + row.best[id], 0);
  const inAll = (rows) => rows.reduce((a, b) => (b.ids.length < a.ids.length ? b : a)).ids
    .filter((id) => rows.every((row) => row.best[id] > 0));

  /* Records by score, the best first; those with one score as they stand in the file. */
  function ordered(ids, score) {
    const keys = new Float64Array(ids.length), found = new Array(ids.length);
    for (let k = 0; k < ids.length; k++) keys[k] = ids[k] - MANY * (Math.round(score(ids[k]) * file.decay[ids[k]] * 1e6) + 1);
    keys.sort();
    for (let k = 0; k < ids.length; k++) found[k] = MANY - 1 - (-1 - keys[k]) % MANY;
    return found;
  }

  /* allowed: 1 for each record that the filters let through, of all when left out; at(id): the municipalities of
     an initiative. The answer holds numbers of records. */
  return function find(text, allowed = all, at = () => []) {
    back();
    const query = question(text), name = (code) => file.names[code] ?? code;
    const corrected = Object.fromEntries(query.there.map(([piece, codes]) => [piece, codes.map(name).join(" / ")]));
    const first = new Set(query.there.flatMap(([piece]) => [...together(unique(words(piece).filter((each) => !stop.has(each)).map((each) => `=${each}`))).ids]));
    const named = [...query.places], alone = query.asked.length === 1;
    const mend = (row) => row.flatMap((each) => {
      const [found, there] = mended(each, alone);
      if (found[0] !== each || there.length) corrected[each.text] = [...found.map((one) => one.text), ...there.map(name)].join(" ");
      named.push(...there);
      return found;
    });
    const wanted = joined(mend(query.asked)), away = mend(query.without), told = [...new Set(named)];
    const fits = new Uint8Array(allowed), refused = away.flatMap((each) => scores(each.ways).ids);
    for (const i of refused) fits[i] = 0;
    const there = new Set(told.flatMap((code) => [...records(`@${code}`).ids]));
    const local = [...there].filter((i) => allowed[i] && at(file.records[i]).some((code) => told.includes(code)));
    if (local.length) {
      const here = new Uint8Array(size);
      for (const i of local) here[i] = fits[i];
      fits.set(here);
    }
    const found = new Uint8Array(size), stages = [];
    const count = () => stages.reduce((total, stage) => total + stage.length, 0);
    const add = (ids, score) => {
      const fresh = ids.filter((i) => fits[i] && !found[i]);
      for (const i of fresh) found[i] = 1;
      const [near, far] = first.size ? [fresh.filter((i) => first.has(i)), fresh.filter((i) => !first.has(i))] : [[], fresh];
      stages.push(ordered(near, score).concat(ordered(far, score)));
    };
    if (!wanted.length) add(local.length ? local.toSorted((a, b) => a - b) : Array.from(all.keys()), () => 0);
    else {
      const strict = wanted.map((each) => scores(each.ways));
      add(inAll(strict), (id) => sum(strict, id));
      if (count() < WEIGHT.ENOUGH) {
        const rows = wanted.map((each, i) => (each.telling.length ? scores([...each.ways, ...each.telling]) : strict[i]))
          .filter((_, i) => !wanted[i].weak);
        if (rows.length && (rows.length < wanted.length || wanted.some((each) => each.telling.length))) add(inAll(rows), (id) => sum(rows, id));
        else stages.push([]);
      } else stages.push([]);
      if (count() < WEIGHT.FEW) add(...inSome(wanted, strict, (i) => fits[i] && !found[i]));
    }
    if (!count() && local.length) add(local, () => 0);
    const partial = wanted.length > 0 && !stages[0].length && !stages[1].length;
    return { numbers: [].concat(...stages), corrected, partial: partial || (told.length > 0 && !local.length), places: told,
      without: away.map((each) => each.text) };
  };

  /* Records with some of the words: a rare word says more than one that many records have. */
  function inSome(words, strict, free) {
    const [share, ids] = lend(), [total, also] = lend();
    words.forEach((each, i) => {
      const row = strict[i], loose = scores([...each.telling, ...each.loose]);
      const worth = (each.weak ? 0.2 : 1) * rarity(row.ids.length || loose.ids.length);
      for (const id of new Set([...row.ids, ...loose.ids])) {
        if (!free(id)) continue;
        if (share[id] === 0) { ids.push(id); also.push(id); }
        share[id] += worth * (row.best[id] > 0 ? 1 : WEIGHT.LESS);
        total[id] += Math.max(row.best[id], loose.best[id]);
      }
    });
    const least = WEIGHT.LEAST * ids.reduce((most, id) => Math.max(most, share[id]), 0) - 1e-9;
    return [ids.filter((id) => share[id] >= least), (id) => 100 * share[id] + total[id]];
  }
}

/* Queries that nobody sees, so that the first one that somebody makes is as quick as the next. */
export function warmed(find, words) {
  const step = Math.ceil(words.length / 40);
  for (let i = 0; i < words.length; i += step) find(`${words[i]} ${words[i].slice(0, 3)}${words[i].slice(4)}`);
}
