/* The same search as thuis.directory.find, over directory-search.json; the stemmers are Snowball's. */
const WEIGHT = { FEW: 3, LOOSE: [0.5, 0.35, 0.35, 0.35] };
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

/* How many letters differ; two that changed places are one. More than the limit is told as one more. */
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [], last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      least = Math.min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

const mask = (word) => [...word].reduce((bits, letter) => bits | 1 << (letter.charCodeAt(0) & 31), 0);
function bits(n) {
  let count = 0;
  for (; n; n &= n - 1) count++;
  return count;
}

/* Words by length with the letters they have: few pairs are left to compare letter by letter. */
function neighbours(all) {
  const lengths = new Map();
  for (const [i, word] of all.entries()) {
    if (!lengths.has(word.length)) lengths.set(word.length, []);
    lengths.get(word.length).push([word, mask(word), i]);
  }
  return (word, limit) => {
    const own = mask(word), found = [];
    for (let n = word.length - limit; n <= word.length + limit; n++) for (const [each, letters, i] of lengths.get(n) ?? []) {
      if (bits(own ^ letters) > 2 * limit) continue;
      const far = distance(word, each, limit);
      if (far <= limit) found.push([each, far, i]);
    }
    return found.sort((a, b) => a[1] - b[1] || a[2] - b[2]);
  };
}

export function searcher(file, dutch, english) {
  const stop = new Set(file.stop), parts = new Set(file.parts), known = new Set(file.known);
  const ordinary = new Set(file.ordinary);
  const terms = new Map(Object.entries(file.terms).map(([term, row]) => [term, new Map(row)]));
  const groupsOf = new Map(Object.entries(file.groups)), phrases = new Map(Object.entries(file.phrases));
  const places = new Map(Object.entries(file.places));
  const none = new Map(), stemmed = new Map();
  const curated = [...new Set([...known, ...parts, ...[...groupsOf.keys()].filter((word) => !word.startsWith("~"))])]
    .filter((word) => word.length > 3 && !stop.has(word)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const around = neighbours(curated);

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
    if (word.length < 7) return [];
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

  function asked(word) {
    const ways = [[1.2, [`=${word}`]], ...stems(word).map((stem) => [1, [stem]]),
      ...stems(word).map((stem) => [0.85, [`+${stem}`]]), ...groups(word).map((group) => [0.7, [`#${group}`]])];
    const pieces = split(word), set = (row) => [...new Set(row)];
    if (pieces.length) {
      ways.push([0.7, set(pieces.map((each) => (groups(each).length ? `#${[...groups(each)].sort()[0]}` : `+${shortest(each)}`)))]);
      ways.push([0.85, set(pieces.map((each) => `+${shortest(each)}`))], [0.8, set(pieces.map(shortest))]);
    }
    const loose = [];
    (pieces.length ? pieces : ends(word)).slice(0, 4).forEach((each, i) => {
      for (const [weight, needs] of asked(each).ways) if (!needs.includes(`=${each}`)) loose.push([weight * WEIGHT.LOOSE[i], needs]);
    });
    return { text: word, ways, loose };
  }

  function place(piece, before) {
    const row = words(piece), key = letters(piece);
    if (!row.length || ["in", "te", "voor"].includes(row[0])) return [];
    const word = row.length === 1 && (stop.has(row[0]) || knows(row[0]) || ordinary.has(key));
    const told = ["in", "te", "gemeente", "rond", "bij", "near", "naar"].includes(before.toLowerCase()) || /^\p{Lu}/u.test(piece);
    return (word || (row.length === 1 && row[0].length < 4)) && !told ? [] : places.get(key) ?? [];
  }
  function question(text) {
    const pieces = text.split(/\s+/).filter(Boolean), rest = [], named = [];
    for (let i = 0; i < pieces.length;) {
      let size = Math.min(5, pieces.length - i), codes = [];
      for (; size > 0 && !(codes = place(pieces.slice(i, i + size).join(" "), pieces[i - 1] ?? "")).length; size--);
      if (codes.length) { named.push(...codes); i += size; } else rest.push(pieces[i++]);
    }
    const row = words(rest.join(" ")), found = [];
    for (let i = 0; i < row.length;) {
      const size = [4, 3, 2].find((n) => i + n <= row.length && phrases.has(row.slice(i, i + n).join(" ")));
      if (size) {
        const run = row.slice(i, i + size).join(" ");
        found.push({ text: run, ways: [[0.9, [`#${phrases.get(run)}`]]], loose: [] });
        i += size;
      } else if (!stop.has(row[i++])) found.push(asked(row[i - 1]));
    }
    return { asked: found, places: [...new Set(named)] };
  }

  const isKnown = (word) => word.length < 4 || known.has(word) || knows(word) || split(word).length > 0
    || stems(word).some((stem) => terms.has(stem));
  function nearest(word, alone) {
    if (word.length < 5 && !alone) return null;
    const limit = word.length < 8 ? 1 : 2;
    const found = around(word, limit).slice(0, 8);
    const rank = ([each, far]) => [far, each[0] === word[0] ? 0 : 1, -(terms.get(`=${each}`)?.size ?? 0)];
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

  function has(needs) {
    const rows = needs.map((term) => terms.get(term) ?? none).sort((a, b) => a.size - b.size);
    if (rows.length < 2) return rows[0] ?? none;
    const found = new Map();
    for (const i of rows[0].keys()) if (rows.every((row) => row.has(i))) found.set(i, rows.reduce((sum, row) => sum + row.get(i), 0) / rows.length);
    return found;
  }
  function scores(ways) {
    const best = new Map(), n = file.records.length;
    for (const [weight, needs] of ways) {
      const least = Math.min(...needs.map((term) => terms.get(term)?.size ?? 0));
      const rarity = Math.log(1 + (n - least + 0.5) / (least + 0.5));
      for (const [i, here] of has(needs)) best.set(i, Math.max(best.get(i) ?? 0, weight * here * rarity));
    }
    return best;
  }
  const all = (rows) => [...rows[0].keys()].filter((i) => rows.every((row) => row.has(i)))
    .map((i) => [i, rows.reduce((sum, row) => sum + row.get(i), 0)]);

  /* allows(id): whether the filters let an initiative through; at(id): its municipalities. */
  return function find(text, allows, at) {
    const query = question(text), corrected = {};
    const read = query.asked.map((each) => {
      const near = each.text.includes(" ") || isKnown(each.text) ? null : nearest(each.text, query.asked.length === 1);
      if (near) corrected[each.text] = near;
      return near ? asked(near) : each;
    });
    const numbers = file.records.map((_, i) => i).filter((i) => allows(file.records[i]));
    const local = query.places.length ? numbers.filter((i) => at(file.records[i]).some((code) => query.places.includes(code))) : [];
    const fits = new Set(local.length ? local : numbers), found = new Map();
    const add = (rows, stage) => rows.forEach(([i, score]) => { if (fits.has(i) && !found.has(i)) found.set(i, [stage, score]); });
    if (!read.length) add([...fits].map((i) => [i, 0]), 0);
    else {
      add(all(read.map((each) => scores(each.ways))), 0);
      const wide = found.size < WEIGHT.FEW ? read.map((each) => scores([...each.ways, ...each.loose])) : [];
      if (wide.length) add(all(wide), 1);
      if (found.size < WEIGHT.FEW) {
        const some = new Set(wide.flatMap((row) => [...row.keys()]));
        add([...some].map((i) => {
          const rows = wide.filter((row) => row.has(i));
          return [i, 100 * rows.length + rows.reduce((sum, row) => sum + row.get(i), 0)];
        }), 2);
      }
    }
    const score = (i) => Math.round(found.get(i)[1] * file.decay[i] * 1e6) / 1e6;
    const order = [...found.keys()].sort((a, b) => found.get(a)[0] - found.get(b)[0] || score(b) - score(a) || a - b);
    const partial = read.length > 0 && order.every((i) => found.get(i)[0] > 0);
    return { ids: order.map((i) => file.records[i]), corrected, partial: partial || (query.places.length > 0 && !local.length), places: query.places };
  };
}
