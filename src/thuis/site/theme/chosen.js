/* What a reader saves of a figure with chosen groups holds those groups: CSV, XLSX, SVG and PNG, named so.
   Without this file, or without a choice, every link saves the whole figure. */
(() => {
  const form = document.querySelector("form.chooser");
  if (!form) return;
  const WAYS = ["csv", "xlsx", "svg", "png"], NS = "http://www.w3.org/2000/svg";
  const kindOf = (link) => link.pathname.split(".").pop().toLowerCase();
  const links = () => [...document.querySelectorAll(".figure-block .formats a[download]")].filter((each) => WAYS.includes(kindOf(each)));

  /* Breakdown -> the chosen groups and the one that all are compared with. */
  function wanted() {
    const found = new Map();
    for (const part of form.querySelectorAll("fieldset")) {
      const marks = [...part.querySelectorAll("input:checked")].map((each) => each.value);
      if (marks.length) found.set(part.dataset.part, new Set([...marks, part.dataset.stays].map((each) => each.slice(each.indexOf(".") + 1))));
    }
    return found;
  }

  function cells(text) {
    const rows = [[]];
    let field = "", quoted = false;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if (quoted) {
        if (c !== '"') field += c;
        else if (text[i + 1] === '"') { field += c; i++; } else quoted = false;
      } else if (c === '"') quoted = true;
      else if (c === "," || c === "\n") { rows.at(-1).push(field); field = ""; if (c === "\n") rows.push([]); }
      else if (c !== "\r") field += c;
    }
    if (field || rows.at(-1).length) rows.at(-1).push(field); else rows.pop();
    return rows;
  }

  async function rowsOf(section) {
    const link = [...section.querySelectorAll(".formats a[download]")].find((each) => kindOf(each) === "csv");
    const [head, ...rows] = cells(await (await fetch(link.href)).text());
    const at = [...wanted()].map(([part, ids]) => [head.findIndex((each) => each.replace("\ufeff", "") === part), ids]).filter(([column]) => column >= 0);
    return [head, ...rows.filter((row) => at.every(([column, ids]) => ids.has(row[column])))];
  }

  const csv = async (section) => new Blob([(await rowsOf(section)).map((row) => row.map((each) => /[",\r\n]/.test(each) ? `"${each.replaceAll('"', '""')}"` : each).join(",")).join("\n") + "\n"], { type: "text/csv" });

  const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

  async function xlsx(section) {
    const number = /^-?\d+(\.\d+)?(e-?\d+)?$/;
    const cell = (text) => number.test(text) ? `<c><v>${text}</v></c>` : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
    const rows = (await rowsOf(section)).map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
    const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', of = "http://schemas.openxmlformats.org/";
    return zip([
      ["[Content_Types].xml", `${head}<Types xmlns="${of}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`],
      ["_rels/.rels", `${head}<Relationships xmlns="${of}package/2006/relationships"><Relationship Id="r1" Type="${of}officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
      ["xl/workbook.xml", `${head}<workbook xmlns="${of}spreadsheetml/2006/main" xmlns:r="${of}officeDocument/2006/relationships"><sheets><sheet name="${escaped(form.dataset.files.slice(0, 31))}" sheetId="1" r:id="r1"/></sheets></workbook>`],
      ["xl/_rels/workbook.xml.rels", `${head}<Relationships xmlns="${of}package/2006/relationships"><Relationship Id="r1" Type="${of}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`],
      ["xl/worksheets/sheet1.xml", `${head}<worksheet xmlns="${of}spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`],
    ]);
  }

  /* Files as they are, one after the other, with what says where each stands. */
  function zip(files) {
    const table = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0; });
    const sum = (bytes) => { let crc = -1; for (const each of bytes) crc = table[(crc ^ each) & 255] ^ (crc >>> 8); return (crc ^ -1) >>> 0; };
    const record = (...parts) => { const bytes = []; for (const [value, size] of parts) for (let i = 0; i < size; i++) bytes.push((value >>> (8 * i)) & 255); return new Uint8Array(bytes); };
    const made = [], index = [];
    let at = 0;
    for (const [name, text] of files) {
      const path = new TextEncoder().encode(name), body = new TextEncoder().encode(text);
      const about = [[20, 2], [0, 2], [0, 2], [0, 2], [33, 2], [sum(body), 4], [body.length, 4], [body.length, 4], [path.length, 2], [0, 2]];
      made.push(record([0x04034b50, 4], ...about), path, body);
      index.push(record([0x02014b50, 4], [20, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), path);
      at += 30 + path.length + body.length;
    }
    const size = index.reduce((total, each) => total + each.length, 0);
    return new Blob([...made, ...index, record([0x06054b50, 4], [0, 4], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2])], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
  }

  /* The frame of the whole figure, with the rows that are on the screen in the place of its own. */
  async function drawing(section) {
    const link = [...section.querySelectorAll(".formats a[download]")].find((each) => kindOf(each) === "svg");
    const table = section.querySelector(":scope > table.bars");
    const svg = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "image/svg+xml").documentElement;
    const on = [...svg.querySelectorAll("text")].filter((each) => each.getAttribute("text-anchor") === "middle").map((each) => [each.textContent, +each.getAttribute("x")]);
    const here = [...table.querySelectorAll("thead .axis text")].map((each) => [each.textContent.trim(), parseFloat(each.getAttribute("x"))]);
    const same = here.filter(([label]) => on.some(([other]) => other === label)).map(([label, x]) => [x, on.find(([other]) => other === label)[1]]);
    const [[a, from], [b, to]] = [same[0], same.at(-1)], at = (percent) => from + (parseFloat(percent) - a) / (b - a) * (to - from);
    const grid = [...svg.querySelectorAll("line")].filter((each) => each.getAttribute("x1") === each.getAttribute("x2") && +each.getAttribute("y2") - +each.getAttribute("y1") > 100);
    const top = +grid[0].getAttribute("y1"), bottom = +grid[0].getAttribute("y2");
    for (const each of [...svg.children]) {
      const y = +(each.getAttribute("y") ?? each.getAttribute("cy") ?? each.getAttribute("y1") ?? 0);
      if (y > top && y <= bottom + 12 && !grid.includes(each) && each.tagName !== "rect") each.remove();
    }
    const add = (tag, text, of) => { const made = document.createElementNS(NS, tag); for (const [key, value] of Object.entries(of)) made.setAttribute(key, value); made.textContent = text; svg.append(made); };
    const rows = [...table.querySelectorAll("tr[data-about]:not([hidden])")].filter((each) => each.querySelector(".dot-range"));
    const step = Math.min(60, (bottom - top) / Math.max(rows.length, 1));
    add("text", form.querySelector("[role=status]").textContent, { x: 48, y: 148, "font-size": 17, fill: "#1c2126" });
    const told = rows.map((row, i) => {
      const y = top + step * (i + 0.55), bar = row.querySelector(".dot-range"), mark = row.querySelector("use"), grey = mark.classList.contains("mref");
      const said = (query) => row.querySelector(query)?.textContent.trim() ?? "", color = grey ? "#6f6f6f" : "#14707f";
      const name = row.querySelector("th").firstChild.textContent.trim();
      add("text", name.length > 30 ? `${name.slice(0, 29)}…` : name, { x: 48, y: y + 7, "font-size": 20, fill: "#1c2126" });
      add("line", "", { x1: at(bar.getAttribute("x1")), x2: at(bar.getAttribute("x2")), y1: y, y2: y, stroke: color, "stroke-width": 6, "stroke-opacity": ".4", "stroke-linecap": "round" });
      add("circle", "", { cx: at(mark.getAttribute("x")), cy: y, r: 6, fill: mark.classList.contains("hollow") ? "#ffffff" : color, stroke: color, "stroke-width": 2 });
      add("text", said(".value"), { x: 1056, y: y + 7, "font-size": 20, "font-weight": "bold", "text-anchor": "end", fill: "#1c2126" });
      add("text", said(".interval"), { x: 1066, y: y + 7, "font-size": 13.6, fill: "#565c63" });
      return `${name}: ${said(".value")} (${said(".interval")})`;
    });
    const desc = svg.querySelector("desc");
    if (desc) desc.textContent = `${told.join("; ")}. ${section.querySelector(".source")?.textContent.trim() ?? ""}`;
    return new XMLSerializer().serializeToString(svg);
  }

  const svg = async (section) => new Blob([await drawing(section)], { type: "image/svg+xml" });

  async function png(section) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await drawing(section))}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 1200, height: 675 });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return new Promise((done) => { canvas.toBlob(done, "image/png"); });
  }

  const MAKERS = { csv, xlsx, svg, png };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.(".figure-block .formats a[download]");
    if (!link || link.href.startsWith("blob:") || !MAKERS[kindOf(link)] || !wanted().size) return;
    event.preventDefault();
    const kind = kindOf(link), section = link.closest(".figure-block");
    const stem = [...section.querySelectorAll(".formats a[download]")].find((each) => kindOf(each) === "csv").pathname.split("/").slice(-2).join("-").replace(/\.csv$/, "");
    let made;
    try { made = await MAKERS[kind](section); } catch { location.assign(link.href); return; }
    const to = Object.assign(document.createElement("a"), { href: URL.createObjectURL(made), download: `${stem}-${form.dataset.files.replaceAll(" ", "-")}.${kind}` });
    to.click();
    setTimeout(() => { URL.revokeObjectURL(to.href); }, 10000);
  });

  /* Who does not see the choice hears in the name of each link what it saves. */
  function told() {
    document.querySelectorAll(".chosen-files").forEach((each) => { each.remove(); });
    if (!wanted().size) return;
    for (const link of links()) link.append(Object.assign(document.createElement("span"), { className: "visually-hidden chosen-files", textContent: `, ${form.dataset.files}` }));
    for (const list of new Set(links().map((each) => each.closest(".formats")))) list.insertAdjacentElement("afterend", Object.assign(document.createElement("p"), { className: "small chosen-files", textContent: form.dataset.saved }));
  }
  new MutationObserver(told).observe(form.querySelector("[role=status]"), { childList: true });
  told();
})();
