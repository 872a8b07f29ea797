"use strict";
(async () => {
  const byId = id => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  // plotly lies packed in the page; it is unpacked here, nothing is fetched.
  const packed = Uint8Array.from(atob(byId("plotly").textContent), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const code = await new Response(stream).text();
  await new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    script.onload = done; script.onerror = failed;
    document.head.append(script);
  });
  byId("plotly").remove();

  let lang = data.first, place = 0;
  const el = (name, css, text) => { const e = document.createElement(name); if (css) e.className = css; if (text !== undefined) e.textContent = text; return e; };
  const now = () => data[lang];
  const screens = () => [{ kind: "figures" }, ...now().screens.map(s => ({ kind: "chart", ...s })), { kind: "missing" }, { kind: "notes" }];

  function figures(stage) {
    stage.append(el("p", "sub", now().lead));
    const cards = el("div", "cards");
    for (const f of now().figures) {
      const card = el("div", "card");
      card.style.setProperty("--hue", f.hue);
      card.append(el("div", "label", f.label), el("div", "value", f.value), el("div", "note", f.note));
      cards.append(card);
    }
    stage.append(cards);
  }

  // The frame's title and notes are said by the screen; the map's legend stays.
  function figureOf(screen, box) {
    const figure = structuredClone(screen.figure), layout = figure.layout;
    for (const trace of figure.data) if (typeof trace.geojson === "string") trace.geojson = data.layers[trace.geojson];
    delete layout.title; delete layout.width; delete layout.height;
    const below = layout.margin.b, own = (screen.map ? 0 : layout.margin.t - 92);
    layout.margin.t = Math.max(own, 4);
    layout.margin.b = screen.map ? 44 : Math.max(below - 112, 0) + 8;
    layout.annotations = (layout.annotations || []).filter(a => !(a.yref === "paper" && a.y === 0 && a.yanchor === "top" && (!screen.map || a.font.color === "#66727F")));
    layout.width = box.clientWidth; layout.height = box.clientHeight;
    const grow = Math.min(1.6, Math.max(1, box.clientHeight / 620));
    const scale = o => { if (o && typeof o.size === "number") o.size = Math.round(o.size * grow); };
    for (const trace of figure.data) if (trace.type !== "scattergeo") scale(trace.textfont);
    for (const name of ["xaxis", "yaxis"]) if (layout[name]) scale(layout[name].tickfont);
    if (!screen.map) for (const a of layout.annotations) scale(a.font);
    return figure;
  }

  function chart(stage, screen) {
    const finding = el("p", "finding");
    finding.append(el("b", "", screen.finding), document.createTextNode(screen.caveat));
    const box = el("div", "chart");
    stage.append(finding, el("p", "sub", screen.title), box);
    const figure = figureOf(screen, box);
    const config = { displayModeBar: false, scrollZoom: false, topojsonURL: data.topojson, locale: "en" };
    Plotly.newPlot(box, figure.data, figure.layout, config).then(() => {
      box.on("plotly_click", event => {
        const point = event.points[0];
        const unit = point.location || (Array.isArray(point.customdata) ? point.customdata[0] : point.customdata);
        if (now().units[unit]) panel(unit);
      });
      document.body.dataset.ready = String(place);
    });
  }

  function list(stage, title, items, css) {
    const finding = el("p", "finding");
    finding.append(el("b", "", title));
    const names = el("ol", "names " + css);
    for (const item of items) names.append(el("li", "", item));
    stage.append(finding, names);
  }

  function panel(unit) {
    const box = byId("panel"), found = now().units[unit];
    box.replaceChildren();
    const close = el("button", "", now().words.close);
    close.onclick = () => { box.hidden = true; };
    const table = el("table");
    for (const [label, value, note] of found.rows) {
      const row = el("tr"), name = el("td", "", label);
      name.append(el("small", "", note));
      row.append(name, el("td", "", value));
      table.append(row);
    }
    box.append(close, el("h2", "", found.name), el("div", "sub", found.state), table);
    box.dataset.unit = unit;
    box.hidden = false;
  }

  function draw() {
    const all = screens(), stage = byId("stage"), screen = all[place];
    const old = stage.querySelector(".chart");
    if (old) Plotly.purge(old);
    stage.replaceChildren();
    byId("panel").hidden = true;
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = byId("title").textContent = now().title;
    byId("mark").textContent = now().sample ? now().mark : "";
    byId("count").textContent = (place + 1) + " / " + all.length;
    byId("lang").textContent = now().words.lang;
    byId("full").textContent = now().words.full;
    byId("back").setAttribute("aria-label", now().words.previous);
    byId("on").setAttribute("aria-label", now().words.next);
    byId("stamp").replaceChildren(el("span", "", now().stamp), el("span", "", now().words.keys));
    delete document.body.dataset.ready;
    if (screen.kind === "chart") chart(stage, screen);
    else {
      if (screen.kind === "figures") figures(stage);
      else if (screen.kind === "missing") list(stage, now().missing.title, now().missing.names, "");
      else list(stage, now().notes.title, now().notes.items, "one");
      document.body.dataset.ready = String(place);
    }
  }

  const go = step => { place = Math.min(Math.max(place + step, 0), screens().length - 1); draw(); };
  const full = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {});
  byId("back").onclick = () => go(-1);
  byId("on").onclick = () => go(1);
  byId("lang").onclick = () => { lang = lang === "zh" ? "en" : "zh"; draw(); };
  byId("full").onclick = full;
  addEventListener("keydown", event => {
    const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -999, End: 999 };
    if (event.key in steps && !(event.key === " " && event.target.tagName === "BUTTON")) { event.preventDefault(); go(steps[event.key]); }
    else if (event.key === "f" || event.key === "F") full();
    else if (event.key === "Escape") {
      byId("panel").hidden = true;
      if (document.fullscreenElement) document.exitFullscreen();
    }
  });
  let timer;
  addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(draw, 150); });
  draw();
})();
