"use strict";
(async () => {
  const byId = id => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const el = (name, css, text) => { const e = document.createElement(name); if (css) e.className = css; if (text !== undefined) e.textContent = text; return e; };
  let lang = data.first, place = 0, isDark = data.ground === "dark", opened = "";
  const built = new Map();
  const now = () => data[lang];
  const screens = () => now().screens;
  // Of the screens asked for the first that there is; else the first of all.
  for (const key of JSON.parse(byId("begin").textContent).reverse()) place = Math.max(screens().findIndex(screen => screen.key === key), 0) || place;
  const colour = value => (isDark && data.dark[value]) || value;

  // plotly lies packed in the page; it is unpacked here while the first screen is seen, nothing is fetched.
  async function unpack() {
    const packed = await fetch("data:application/octet-stream;base64," + byId("plotly").textContent);
    const code = await new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).text();
    await new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      script.onload = done; script.onerror = failed;
      document.head.append(script);
    });
    byId("plotly").remove();
  }
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const plotting = painted().then(unpack);

  // The text smaller until it fits, down to what can still be read.
  function fit(box, sized, least, isLine) {
    for (let size = parseFloat(getComputedStyle(sized).fontSize); (!isLine && box.scrollHeight > box.clientHeight + 1) || box.scrollWidth > box.clientWidth + 1; ) {
      size *= .94;
      if (size < least) break;
      sized.style.fontSize = size + "px";
    }
  }

  // A label on a light class reads as on the light ground; on a dark one, on no data or beside a circle it takes the dark inks.
  function inked(font, borne) {
    const pick = (value, i) => Array.isArray(value) ? value[i] : value;
    const inks = (borne || [""]).map((ink, i) => {
      const color = pick(font.color, i), shadow = pick(font.shadow, i);
      return ink !== data.ink && shadow.includes("#fff") ? [data.dark[data.ink], shadow.replaceAll("#fff", data.dark[data.paper])] : [color, shadow.replace(/#[0-9A-F]{6}/g, c => data.dark[c] || c)];
    });
    const [colours, shadows] = [inks.map(ink => ink[0]), inks.map(ink => ink[1])];
    return { ...font, color: borne ? colours : colours[0], shadow: borne ? shadows : shadows[0] };
  }

  function recoloured(value) {
    if (typeof value === "string") return data.dark[value] || value;
    if (Array.isArray(value)) return value.map(recoloured);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => {
      if (name === "textfont" && item.shadow) return [name, inked(item, Array.isArray(value.meta) ? value.meta : null)];
      return [name, ["text", "hovertext", "geojson", "meta"].includes(name) ? item : recoloured(item)];
    }));
  }

  // Pixels per degree of a map that fills so much room; labels grow with it.
  function pixels(geo, width, height) {
    const up = lat => Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360)) * 180 / Math.PI;
    const [[west, east], [south, north], [left, right]] = [geo.lonaxis.range, geo.lataxis.range, geo.domain.x];
    return Math.min(width * (right - left) / (east - west), height / (up(north) - up(south)));
  }

  function figureOf(screen, box) {
    let figure = structuredClone(screen.figure);
    if (isDark) figure = recoloured(figure);
    const layout = figure.layout, isMap = "geo" in layout, width = box.clientWidth, height = box.clientHeight;
    const grow = isMap ? pixels(layout.geo, width, height) / pixels(layout.geo, ...data.labelFrame) : Math.max(.9, Math.min(2.1, height / layout.height, 1.25 * width / 1000));
    const scale = (o, name) => { if (o && o[name] !== undefined) o[name] = Array.isArray(o[name]) ? o[name].map(v => v * grow) : o[name] * grow; };
    const family = getComputedStyle(document.body).fontFamily;
    layout.font.family = family;
    for (const trace of figure.data) {
      if (trace.textfont) trace.textfont.family = family;
      if (typeof trace.geojson === "string") trace.geojson = data.layers[trace.geojson];
      scale(trace.textfont, "size");
      if (trace.textfont && trace.textfont.shadow) trace.textfont.shadow = [].concat(trace.textfont.shadow).map(s => s.replace(/(\d+)px/g, (_, px) => (px * grow * (isDark ? .65 : .8)).toFixed(1) + "px"));
      scale(trace.line, "width");
      if (trace.marker) { scale(trace.marker, "size"); scale(trace.marker.line, "width"); }
    }
    for (const name of Object.keys(layout)) if (/^[xy]axis/.test(name)) { scale(layout[name].tickfont, "size"); scale(layout[name], "ticklabelstandoff"); }
    if (layout.legend) scale(layout.legend.font, "size");
    for (const note of layout.annotations || []) { note.font = note.font || {}; scale(note.font, "size"); scale(note, "xshift"); }
    for (const side of ["l", "r", "t", "b"]) scale(layout.margin, side);
    layout.hoverlabel = { ...layout.hoverlabel, font: { ...layout.hoverlabel.font, size: 13 * Math.max(grow, 1.3) } };
    return { data: figure.data, layout: { ...layout, width, height } };
  }

  function chart(screen, section) {
    const box = el("div", "chart");
    section.append(box);
    if (screen.legend.length) {
      const legend = el("p", "legend");
      for (const swatch of screen.legend) {
        const entry = el("span", "", swatch.label), mark = el("i", swatch.kind);
        if (swatch.kind === "box") mark.style.background = colour(swatch.colour);
        if (swatch.kind === "zero") mark.style.borderColor = colour(swatch.colour);
        if (swatch.kind !== "words") entry.prepend(mark);
        legend.append(entry);
      }
      section.append(legend);
    }
    return box;
  }

  // What would lie on others or be cut is left out, the value before the name: a click tells it. Districts go before zones.
  function part(box) {
    const kept = [...box.querySelectorAll("path.point")].map(e => ({ ...shrunk(e.getBoundingClientRect(), 4) }));
    const texts = [...box.querySelectorAll(".scatterlayer text")].filter(e => e.textContent.trim());
    const rank = e => e.closest(".trace").querySelector("path.point") ? 1 : 0;
    const isFree = text => {
      const own = shrunk(text.getBoundingClientRect(), 2, leading(text));
      const frame = text.closest("g.geo").querySelector(".frame path"), edge = frame && frame.getBoundingClientRect();
      const isCut = edge && edge.width && (own.left + 1 < edge.left || own.right - 1 > edge.right || own.top + 6 < edge.top || own.bottom - 6 > edge.bottom);
      return !isCut && kept.every(k => own.right <= k.left || own.left >= k.right || own.bottom <= k.top || own.top >= k.bottom) && kept.push(own);
    };
    for (const text of texts.sort((one, other) => rank(one) - rank(other))) {
      if (isFree(text)) continue;
      const value = text.querySelectorAll("tspan.line")[1];
      if (value) value.style.display = "none";
      if (!value || !isFree(text)) text.style.display = "none";
    }
  }
  // A line's box is higher than its letters, by a share of the type: what only touches there does not lie on another.
  const leading = text => Math.max(2, LEADING * parseFloat(getComputedStyle(text).fontSize));
  const LEADING = .16;
  const shrunk = (r, x, y = x) => ({ left: r.left + x, right: r.right - x, top: r.top + y, bottom: r.bottom - y });

  async function draw(screen, section, box) {
    await plotting;
    if (!section.isConnected) return;
    const figure = figureOf(screen, box);
    const config = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false, topojsonURL: data.topojson, locale: "en" };
    return Plotly.newPlot(box, figure.data, figure.layout, config).then(() => {
      if (!section.isConnected) return;
      box.on("plotly_click", event => {
        const point = event.points[0];
        toggle(point.location || (Array.isArray(point.customdata) ? point.customdata[0] : point.customdata), event.event);
      });
      if ("geo" in figure.layout) part(box);
      section.dataset.drawn = "1";
    });
  }

  function cards(screen, section) {
    const box = el("div", "cards");
    for (const card of screen.cards) {
      const item = el("div", "card");
      item.style.setProperty("--hue", colour(card.colour));
      item.append(el("div", "label", card.label), el("div", "value", card.value), el("div", "about", card.note));
      box.append(item);
    }
    section.append(box);
    return () => { for (const value of box.querySelectorAll(".value")) fit(value, value, 16, true); fit(box, box, 12); };
  }

  function rates(screen, section) {
    const box = el("div", "rates");
    for (const rate of screen.rates) {
      const track = el("div", "track"), bar = el("i");
      bar.style.width = (rate.share || 0) + "%";
      track.append(bar);
      const name = el("div", "", rate.label);
      name.append(el("div", "about", rate.note));
      box.append(name, track, el("div", "shown", rate.shown));
    }
    section.append(box);
    return () => fit(box, box, 14);
  }

  function table(screen, section) {
    const box = el("div", "grid"), made = el("table");
    const row = (texts, name) => { const line = el("tr"); texts.forEach((text, n) => line.append(el(name, screen.table.numbers[n] ? "number" : "", text))); return line; };
    made.append(row(screen.table.heads, "th"), ...screen.table.rows.map(texts => row(texts, "td")));
    box.append(made);
    section.append(box);
    return () => fit(box, made, 12);
  }

  function lines(screen, section) {
    const box = el("ol", "lines"), named = screen.lines.some(line => line.name);
    screen.lines.forEach((line, n) => {
      const item = el("li");
      if (line.name) {
        const name = el("b", "", line.name);
        name.dataset.unit = line.unit_id;
        item.append(name);
      } else item.append(el("span", "no", String(n + 1)));
      item.append(el("span", "", line.text));
      box.append(item);
    });
    if (screen.more.length) box.append(el("li", "head", screen.moreTitle), ...screen.more.map(text => el("li", "more", text)));
    section.append(box);
    if (named && screen.lines.length > 6) box.style.columnCount = screen.lines.length > 24 ? 3 : 2;
    return () => fit(box, box, 14);
  }

  function build(n) {
    const key = lang + n;
    if (built.has(key)) return built.get(key);
    const screen = screens()[n], section = el("section");
    built.set(key, section);
    const finding = el("p", "finding");
    // In Chinese a line breaks after a mark, never between a number and its word.
    const kept = text => lang === "zh" ? text.replaceAll(" ", "\u00a0") : text;
    finding.append(el("b", "", kept(screen.finding)), document.createTextNode(kept(screen.caveat)));
    section.append(el("p", "what", screen.title), finding);
    let settle = () => {}, box = null;
    if (screen.figure) box = chart(screen, section);
    else if (screen.cards.length) settle = cards(screen, section);
    else if (screen.rates.length) settle = rates(screen, section);
    else if (screen.table) settle = table(screen, section);
    else settle = lines(screen, section);
    if (screen.note) section.append(el("p", "note", screen.note));
    byId("stage").append(section);
    // One statement takes a quarter of the screen at most.
    for (let size = parseFloat(getComputedStyle(finding).fontSize); finding.clientHeight > section.clientHeight * .25 && size > 16; ) finding.style.fontSize = (size *= .95) + "px";
    settle();
    if (box) draw(screen, section, box).then(() => { if (n === place) ready(); });
    else section.dataset.drawn = "1";
    return section;
  }

  function ready() { document.body.dataset.ready = lang + (isDark ? "-dark-" : "-light-") + place; }

  function show() {
    const section = build(place), all = screens();
    for (const other of built.values()) other.classList.toggle("on", other === section);
    close();
    byId("count").textContent = (place + 1) + " / " + all.length;
    delete document.body.dataset.ready;
    if (section.dataset.drawn) ready();
    later();
  }

  // The screens that are likely next are drawn while nobody waits.
  const idle = window.requestIdleCallback || (work => setTimeout(work, 60));
  function later() {
    const n = screens().map((_, i) => (place + 1 + i) % screens().length).find(i => !built.has(lang + i));
    if (n !== undefined) plotting.then(() => idle(() => { if (n < screens().length && !built.has(lang + n)) { build(n); later(); } }));
  }

  function renew() {
    for (const section of built.values()) { const plot = section.querySelector(".js-plotly-plot"); if (plot) Plotly.purge(plot); section.remove(); }
    built.clear();
    const words = now().words;
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.documentElement.classList.toggle("dark", isDark);
    document.title = byId("title").textContent = now().title;
    byId("mark").textContent = now().mark;
    byId("reported").textContent = now().reported;
    byId("stamp").textContent = now().stamp;
    byId("keys").textContent = words.keys;
    for (const [id, word] of [["lang", "lang"], ["full", "full"], ["ground", "ground"], ["leave", "leave"]]) byId(id).textContent = words[word];
    byId("back").setAttribute("aria-label", words.previous);
    byId("on").setAttribute("aria-label", words.next);
    byId("leave").hidden = !data.inApp;
    show();
  }

  function close() {
    byId("panel").hidden = true;
    opened = "";
    for (const path of document.querySelectorAll("path.chosen")) path.classList.remove("chosen");
  }

  // A click opens a unit, a second one closes it.
  function toggle(unit, event) {
    const found = now().units[unit], again = unit === opened;
    close();
    if (!found || again) return;
    opened = unit;
    const box = byId("panel"), button = el("button", "", now().words.close), list = el("dl");
    button.onclick = close;
    for (const [label, value, note] of found.rows) {
      const shown = el("dd", value.length > 14 ? "long" : "", value);
      if (note) shown.append(el("small", "", note));
      list.append(el("dt", "", label), shown);
    }
    box.replaceChildren(button, el("h2", "", found.name), el("p", "what", found.state), list);
    box.dataset.unit = unit;
    const isRight = event && event.clientX > innerWidth / 2;
    box.style.left = isRight ? "3vw" : "auto";
    box.style.right = isRight ? "auto" : "3vw";
    box.style.top = document.querySelector("section.on .finding").getBoundingClientRect().bottom + "px";
    box.hidden = false;
    const hit = event && document.elementsFromPoint(event.clientX, event.clientY).find(e => e.closest && e.closest(".choroplethlayer"));
    if (hit) { hit.classList.add("chosen"); hit.parentNode.append(hit); }
  }

  const go = target => { unblank(); place = Math.min(Math.max(target, 0), screens().length - 1); show(); };
  const full = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {});
  const turn = () => { isDark = !isDark; renew(); };
  const speak = () => { lang = lang === "zh" ? "en" : "zh"; place = Math.min(place, screens().length - 1); renew(); };
  const leave = () => { if (data.inApp) parent.postMessage({ atlas: "leave", ground: isDark ? "dark" : "light", lang }, "*"); };
  const escape = () => { if (!byId("panel").hidden) close(); else if (document.fullscreenElement) document.exitFullscreen(); else leave(); };
  byId("back").onclick = () => go(place - 1);
  byId("on").onclick = () => go(place + 1);
  byId("lang").onclick = speak;
  byId("ground").onclick = turn;
  byId("full").onclick = full;
  byId("leave").onclick = leave;
  byId("stage").addEventListener("click", event => { if (event.target.dataset.unit) toggle(event.target.dataset.unit, event); });

  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1 };
  // A presenter's remote starts with F5; a reload would end the presentation where the network is gone.
  const start = () => { if (!document.fullscreenElement) full(); };
  const blank = () => document.body.classList.add("blank");
  const unblank = () => document.body.classList.remove("blank");  // any key brings the screen back; one that steps steps as well
  const acts = { f: full, f5: start, d: turn, l: speak, b: blank, ".": blank, escape };
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if ((event.key === " " || event.key === "Enter") && event.target.tagName === "BUTTON") return;
    const wasBlank = document.body.classList.contains("blank");
    const act = wasBlank ? unblank : acts[event.key.toLowerCase()];
    if (event.key in steps) go(place + steps[event.key]);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(screens().length - 1);
    else if (act) act();
    else return;
    event.preventDefault();
  });

  let quiet, resized;
  const wake = ms => { document.body.classList.add("active"); clearTimeout(quiet); quiet = setTimeout(() => document.body.classList.remove("active"), ms); };
  addEventListener("pointermove", event => { if (event.movementX || event.movementY) wake(2500); });
  addEventListener("pointerdown", () => wake(2500));
  addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(renew, 150); });
  // The app's fonts are taken in now: later the network may be gone.
  const fonts = data.inApp ? Promise.allSettled(["400", "700"].map(weight => document.fonts.load(weight + " 20px AtlasSans", "数aA"))) : Promise.resolve();
  const inTime = await Promise.race([fonts.then(() => true), new Promise(done => setTimeout(done, 400))]);
  renew();
  if (!inTime) fonts.then(renew);
  wake(6000);
})();
