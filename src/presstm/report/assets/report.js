"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const add = (parent, tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent.append(element);
    return element;
  };
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’ʼ]/g, "'");

  // Light or dark: the system decides until the reader does; the choice is kept where the browser allows it.
  const stored = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("presstm-theme", value);
      return localStorage.getItem("presstm-theme");
    } catch { return null; }
  };
  const theme = () => document.documentElement.dataset.theme ||
    (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const chosen = stored();
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  const french = document.documentElement.lang === "fr";
  const header = document.querySelector("header.top");
  if (header) {
    const toggle = add(header, "button", french ? "Clair / sombre" : "Light / dark", { type: "button", class: "theme-toggle" });
    toggle.setAttribute("aria-pressed", String(theme() === "dark"));
    toggle.addEventListener("click", () => {
      document.documentElement.dataset.theme = theme() === "dark" ? "light" : "dark";
      stored(theme());
      toggle.setAttribute("aria-pressed", String(theme() === "dark"));
    });
  }
  for (const form of document.querySelectorAll(".needs-script")) form.hidden = false;

  // Files of data are scripts that call presstm.load: a page opened from disk may not fetch.
  const received = { articles: [], sentences: [] };
  globalThis.presstm = { load: (kind, rows) => { for (const row of rows) received[kind].push(row); } };
  const script = (source) => new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = source;
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error(source)));
    document.head.append(element);
  });

  const search = $("search-form");
  if (search) {
    const said = $("search-said"), found = $("search-found"), most = 200;
    let folded = null, loading = null;
    const load = async () => {
      await script("data/articles.js");
      for (let n = 0; n < Number(search.dataset.shards); n += 1) await script(`data/sentences-${n}.js`);
      folded = received.sentences.map((row) => spread(row[2]));
    };
    // A folded text, and for each of its characters its place in the text as it stands.
    const spread = (text) => {
      const plain = fold(text);
      if (plain.length === text.length) return { plain, at: null };
      let out = "";
      const at = [];
      for (let i = 0; i < text.length; i += 1) {
        const piece = fold(text[i]);
        for (const character of piece) { out += character; at.push(i); }
      }
      at.push(text.length);
      return { plain: out, at };
    };
    const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const pattern = (words) => {
      const exact = /^\s*["«“](.*)["»”]\s*$/.exec(words);
      const parts = fold(exact ? exact[1] : words).trim().split(/\s+/).map(escape);
      if (!parts[0]) return null;
      const body = parts.join(exact ? "[^\\p{L}\\p{N}]+" : "[\\p{L}\\p{N}]*[^\\p{L}\\p{N}]+");
      return new RegExp(`(?<![\\p{L}\\p{N}])${body}${exact ? "(?![\\p{L}\\p{N}])" : "[\\p{L}\\p{N}]*"}`, "u");
    };
    const show = (row, hit, at) => {
      const [page, title, outlet, day] = received.articles[row[0]];
      const start = at ? at[hit.index] : hit.index;
      const last = hit.index + hit[0].length;
      const end = at ? at[last] : last;
      const item = add(found, "li");
      const sentence = add(item, "p", "", { lang: "fr" });
      sentence.append(row[2].slice(0, start));
      add(sentence, "mark", row[2].slice(start, end), { class: "hit" });
      sentence.append(row[2].slice(end));
      const origin = add(item, "p", "", { class: "origin" });
      add(origin, "a", title, { href: `${page}#s${row[1]}` });
      origin.append(`, ${outlet}, ${day}`);
    };
    const run = () => {
      const wanted = pattern($("search-words").value);
      found.replaceChildren();
      if (!wanted) { said.textContent = search.dataset.none; return; }
      const theme = $("search-theme").value, outlet = $("search-outlet").value;
      let count = 0;
      received.sentences.forEach((row, i) => {
        if (theme && !row[3].includes(Number(theme))) return;
        if (outlet && received.articles[row[0]][2] !== outlet) return;
        const hit = wanted.exec(folded[i].plain);
        if (!hit) return;
        count += 1;
        if (count <= most) show(row, hit, folded[i].at);
      });
      const number = (n) => n.toLocaleString(search.dataset.language);
      said.textContent = count
        ? search.dataset.count.replace("{n}", number(count)).replace("{shown}", number(Math.min(count, most)))
        : search.dataset.none;
    };
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      if (folded) { run(); return; }
      said.textContent = search.dataset.loading;
      loading ??= load();
      loading.then(run, () => { loading = null; said.textContent = search.dataset.failed; });
    });
  }

  // The network: places come from the page; the script finds, lights up, moves and scales.
  const svg = $("chart-network");
  if (svg) {
    const said = $("network-said"), words = document.querySelector(".network").dataset;
    const whole = svg.getAttribute("viewBox").split(" ").map(Number);
    let view = [...whole];
    const circles = [...svg.querySelectorAll("circle[data-node]")];
    const lines = [...svg.querySelectorAll("line[data-a]")];
    const names = new Map(circles.map((circle) => [circle.dataset.node, circle.dataset.name]));
    const look = () => svg.setAttribute("viewBox", view.join(" "));
    const light = (node) => {
      const near = new Map([[node, 0]]);
      for (const line of lines) {
        const touches = line.dataset.a === node || line.dataset.b === node;
        line.classList.toggle("dimmed", node !== null && !touches);
        if (touches) near.set(line.dataset.a === node ? line.dataset.b : line.dataset.a, 1);
      }
      for (const shape of svg.querySelectorAll("[data-node]")) {
        shape.classList.toggle("dimmed", node !== null && !near.has(shape.dataset.node));
        shape.classList.toggle("lit", shape.tagName === "circle" && shape.dataset.node === node);
      }
      near.delete(node);
      said.textContent = node === null ? "" :
        `${words.links.replace("{name}", names.get(node))} ${[...near.keys()].map((key) => names.get(key)).sort().join(", ") || "–"}`;
    };
    for (const circle of circles) circle.addEventListener("click", () => light(circle.dataset.node));
    $("network-find").addEventListener("input", (event) => {
      const wanted = fold(event.target.value).trim();
      if (!wanted) { light(null); return; }
      const hit = circles.find((circle) => fold(circle.dataset.name).startsWith(wanted)) ||
        circles.find((circle) => fold(circle.dataset.name).includes(wanted));
      if (hit) light(hit.dataset.node);
      else { light(null); said.textContent = words.unknown; }
    });
    $("network-find").form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => {
        const factor = Number(button.dataset.zoom);
        if (!factor) { view = [...whole]; $("network-find").value = ""; light(null); look(); return; }
        const [x, y, width, height] = view;
        view = [x + width / 2 - width / factor / 2, y + height / 2 - height / factor / 2, width / factor, height / factor];
        look();
      });
    }
    let grip = null;
    svg.addEventListener("pointerdown", (event) => { grip = [event.clientX, event.clientY, ...view]; });
    addEventListener("pointerup", () => { grip = null; });
    svg.addEventListener("pointermove", (event) => {
      if (!grip || event.pointerType === "touch") return;
      const scale = view[2] / svg.getBoundingClientRect().width;
      view = [grip[2] - (event.clientX - grip[0]) * scale, grip[3] - (event.clientY - grip[1]) * scale, view[2], view[3]];
      look();
    });
  }
})();
