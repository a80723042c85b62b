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
  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

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
  const received = { articles: [], sentences: [], entities: [], speakers: [], words: [], classes: [] };
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

  // Marks of figures lead where the cells of the tables lead; for the keyboard the tables are there.
  for (const mark of document.querySelectorAll("svg [data-href]")) {
    mark.addEventListener("click", () => location.assign(mark.dataset.href));
  }
  // On paper everything is open.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of closed) part.open = false; });

  // The list behind a number: its filters are in the address.
  const selection = $("selection");
  if (selection) {
    const words = selection.dataset, said = $("selection-said"), chosen = $("selection-filters");
    const found = $("selection-found"), more = $("selection-more"), step = 200;
    const keys = JSON.parse(words.keys), names = JSON.parse(words.names), terms = JSON.parse(words.terms);
    const PAGE = 0, TITLE = 1, OUTLET = 2, DAY = 3, MONTH = 4, KIND = 5, ACCESS = 6, WIRE = 7, CLUSTER = 8, ONCE = 9, SHARD = 10, THEMES = 11, VARIABLES = 12, DATE = 13;
    const wanted = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const subsets = {
      all: () => true, no_wire: (row) => !row[WIRE], whole: (row) => row[ACCESS] !== "partial",
      no_wire_whole: (row) => !row[WIRE] && row[ACCESS] !== "partial",
    };
    // name=value, or name= for those that have none of this name.
    const varies = (row, wanted) => wanted.endsWith("=") ? !row[VARIABLES].some((one) => one.startsWith(wanted)) : row[VARIABLES].includes(wanted);
    const units = { sentence: (place) => `${place[0]} ${place[1]}`, paragraph: (place) => `${place[0]} ${place[2]}`, article: (place) => `${place[0]}` };
    const loaded = new Map();
    const need = (name) => {
      if (!loaded.has(name)) loaded.set(name, script(`data/${name}.js`));
      return loaded.get(name);
    };
    const passes = (want) => {
      const sizes = new Map(), days = (outlet) => {
        const first = new Map();  // cluster -> the outlet's first day in it
        for (const row of received.articles) if (row[OUTLET] === outlet) {
          const known = [first.get(row[CLUSTER]), row[DATE]].filter(Boolean).sort();
          first.set(row[CLUSTER], known[0] || "");
        }
        return first;
      };
      if (want.family) for (const row of received.articles) sizes.set(row[CLUSTER], (sizes.get(row[CLUSTER]) || 0) + 1);
      const [one, other] = want.beside === undefined ? [] : [days(want.outlet), days(want.beside)];
      const shared = (key) => {
        if (!one.has(key) || !other.has(key)) return false;
        const [a, b] = want.first === want.beside ? [other.get(key), one.get(key)] : [one.get(key), other.get(key)];
        return want.first === undefined || Boolean(a && b && a < b);
      };
      return (row) => (one ? [want.outlet, want.beside].includes(row[OUTLET]) && shared(row[CLUSTER])
        : !want.outlet || row[OUTLET] === want.outlet) && (!want.kind || row[KIND] === want.kind) &&
        (!want.month || row[MONTH] === want.month) && (!want.year || row[MONTH].split("-")[0] === want.year) &&
        (!want.access || row[ACCESS] === want.access) && (!want.wire || row[WIRE]) && (!want.variable || varies(row, want.variable)) &&
        (subsets[want.subset] || subsets.all)(row) && (!want.once || row[ONCE]) &&
        (!want.family || sizes.get(row[CLUSTER]) > 1);
    };
    // Sentences of a source as [article, sentence, …]; several sources are what they share.
    const places = async (want) => {
      const of = async (kind, key) => { await need(kind); return (received[kind].find((row) => row[0] === key) || ["", "", []])[2]; };
      const unit = units[want.scope] || units.article;
      const inside = (list, other, by) => { const known = new Set(other.map(by)); return list.filter((place) => known.has(by(place))); };
      if (want.speaker !== undefined) {
        const about = keys.indexOf(want.about);
        return (await of("speakers", want.speaker)).filter((place) =>
          (!want.quoted || place[3] === want.quoted) && (want.about === undefined || place[4].includes(about)));
      }
      if (want.word !== undefined) {
        const list = await of("words", want.word);
        return want.class === undefined ? list : inside(list, await of("classes", want.class), units.sentence);
      }
      if (want.class !== undefined) return of("classes", want.class);
      const one = await of("entities", want.entity);
      if (want.with === undefined) return one;
      const other = await of("entities", want.with);
      return [...inside(one, other, unit), ...inside(other, one, unit)];
    };
    const label = (want) => {
      const name = (kind, key) => (received[kind].find((row) => row[0] === key) || [key, key])[1];
      const list = [];
      for (const [key, value] of Object.entries(want)) {
        if (key === "list" || (key === "subset" && value === "all")) continue;
        const shown = ["theme", "also", "about"].includes(key) ? names[keys.indexOf(value)] || value
          : key === "entity" || key === "with" ? name("entities", value)
          : key === "speaker" ? name("speakers", value)
          : key === "year" && value === "unknown" ? terms.month_unknown
          : terms[`${key}_${value}`] || value;
        list.push(terms[key] ? `${terms[key]}${french ? "\u00a0:" : ":"} ${shown}` : shown);
      }
      return list;
    };
    // The word that is looked for, as it is written in the sentences; without one, nothing.
    const spelled = (word) => {
      const row = received.words.find((row) => row[0] === word);
      return row ? new RegExp(`(?<![\\p{L}\\p{N}])(${row[1].map(escape).join("|")})(?![\\p{L}\\p{N}])`, "iu") : /(?!)/;
    };
    let rows = [], shownRows = 0, hit = spelled();
    const origin = (parent, row, target) => {
      const line = add(parent, "p", "", { class: "origin" });
      add(line, "a", row[TITLE], { href: target });
      line.append(`, ${row[OUTLET]}, ${row[DAY]}`);
      return line;
    };
    const draw = () => {
      for (const entry of rows.slice(shownRows, shownRows + step)) {
        const item = add(found, "li");
        if (entry.text) {
          const sentence = add(item, "p", "", { lang: "fr" });
          for (const [n, piece] of entry.text.split(hit).entries()) {
            if (n % 2) add(sentence, "mark", piece, { class: "hit" });
            else sentence.append(piece);
          }
        }
        const line = origin(item, entry.row, entry.target);
        if (entry.note) line.append(` · ${entry.note}`);
      }
      shownRows += step;
      more.hidden = shownRows >= rows.length;
    };
    const count = (template, n) => {
      const form = JSON.parse(template)[(french ? n < 2 : n === 1) ? 0 : 1];
      return `${n.toLocaleString(words.language)} ${form}`;
    };
    const run = async () => {
      const want = wanted();
      said.textContent = words.loading;
      found.replaceChildren();
      chosen.replaceChildren();
      more.hidden = true;
      await need("articles");
      const themes = [want.theme, want.also].filter((key) => key !== undefined).map((key) => keys.indexOf(key));
      const pass = passes(want);
      const source = ["word", "class", "speaker", "entity"].some((key) => want[key] !== undefined);
      const counts = [];
      if (source || want.list === "sentences") {
        const listed = source ? (await places(want)).filter((place) => pass(received.articles[place[0]])) : null;
        const files = new Set((listed ? listed.map((place) => received.articles[place[0]]) : received.articles.filter(pass)).map((row) => row[SHARD]));
        for (const file of files) if (file !== null) await need(`sentences-${file}`);
        const texts = new Map(received.sentences.map((row) => [units.sentence(row), row]));
        const kept = (listed || received.sentences.filter((row) => pass(received.articles[row[0]]))).filter((place) => {
          const coded = (texts.get(units.sentence(place)) || [0, 0, "", []])[3];
          return themes.every((theme) => coded.includes(theme)) && (!want.coded || coded.length);
        });
        const seen = new Map(kept.map((place) => [units.sentence(place), place]));
        const hits = [...seen.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        rows = hits.map((place) => {
          const row = received.articles[place[0]], text = (texts.get(units.sentence(place)) || [0, 0, ""])[2];
          return { row, text, target: `${row[PAGE]}#s${place[1]}`, note: text ? "" : `${terms.sentence} ${place[1]}` };
        });
        if (want.with !== undefined) counts.push(count(words.pairs, new Set(kept.map(units[want.scope] || units.article)).size));
        else if (want.speaker !== undefined) counts.push(count(words.quotations, new Set(kept.map((place) => place[2])).size));
        else if (want.class !== undefined) {
          const segment = new Map((await places({ class: want.class })).map((place) => [units.sentence(place), place[2]]));
          counts.push(count(words.segments, new Set(kept.map((place) => segment.get(units.sentence(place)))).size));
        } else if (want.word !== undefined) counts.push(count(words.places, kept.reduce((sum, place) => sum + place[2], 0)));
        else if (want.entity !== undefined) counts.push(count(words.mentions, kept.length));
        counts.push(count(words.sentences, hits.length));
      } else {
        rows = received.articles.filter((row) => pass(row) && themes.every((theme) => row[THEMES][theme])).map((row) => {
          const coded = row[THEMES][themes[0]];
          return { row, target: coded ? `${row[PAGE]}#s${coded[1]}` : row[PAGE], note: coded ? count(words.sentences, coded[0]) : "" };
        });
      }
      counts.push(count(words.articles, new Set(rows.map((entry) => entry.row)).size));
      counts.push(count(words.clusters, new Set(rows.map((entry) => entry.row[CLUSTER])).size));
      hit = spelled(want.word);
      for (const line of label(want)) add(chosen, "li", line);
      said.textContent = counts.join(", ");
      shownRows = 0;
      draw();
    };
    const start = () => run().catch(() => { said.textContent = words.failed; });
    more.addEventListener("click", draw);
    addEventListener("hashchange", start);
    start();
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
