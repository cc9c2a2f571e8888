// Draws a figure with Plotly.react, so that zoom and element survive new data. Text arrives escaped.
const load = () => window.Plotly ? Promise.resolve(window.Plotly) : (window.__plotly ??= new Promise((ok, no) => {
  const script = document.createElement("script");
  script.src = new URL("assets/plotly.min.js", document.baseURI).href;
  script.onload = () => ok(window.Plotly);
  script.onerror = () => { window.__plotly = undefined; no(new Error("Plotly could not be loaded.")); };
  document.head.appendChild(script);
}));

const themed = (value, style) => {
  if (typeof value === "string") {
    return value.includes("var(--") ? value.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim() || "#888") : value;
  }
  if (Array.isArray(value)) return value.map((one) => themed(one, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, themed(one, style)]));
  }
  return value;
};

// Outlines of countries come from this server once: code -> their rings, as Plotly draws them (null lifts the pen).
const outlines = () => window.__outlines ??= fetch(new URL("assets/outlines.json", document.baseURI))
  .then((answer) => answer.json())
  .then(({ features }) => features.map(({ id, geometry }) => {
    const rings = geometry.coordinates.flat();
    return { id, x: rings.flatMap((ring) => [...ring.map(([x]) => x), null]), y: rings.flatMap((ring) => [...ring.map(([, y]) => y), null]) };
  }))
  .catch((problem) => { window.__outlines = undefined; throw problem; });

// A trace with `meta.outline` gets the outlines of these countries (true: of all) for its points.
const outlined = async (traces) => {
  if (!traces.some((trace) => trace.meta?.outline)) return traces;
  const countries = await outlines();
  return traces.map((trace) => {
    const wanted = trace.meta?.outline;
    if (!wanted) return trace;
    const drawn = wanted === true ? countries : countries.filter(({ id }) => wanted.includes(id));
    return { ...trace, x: drawn.flatMap(({ x }) => x), y: drawn.flatMap(({ y }) => y) };
  });
};

// Where both axes have one scale, widen the range that is too narrow for the element, as Plotly would afterwards.
const fitted = (layout, width) => {
  const ratio = layout.yaxis?.scaleanchor && (layout.yaxis.scaleratio ?? 1);
  const { l, r, t, b } = layout.margin;
  if (!ratio || width <= l + r) return layout;
  const [x0, x1] = layout.xaxis.range, [y0, y1] = layout.yaxis.range;
  const w = width - l - r, h = layout.height - t - b, unit = Math.min(w / (x1 - x0), h / (ratio * (y1 - y0)));
  const around = (low, high, span) => [(low + high - span) / 2, (low + high + span) / 2];
  return { ...layout, xaxis: { ...layout.xaxis, range: around(x0, x1, w / unit) },
    yaxis: { ...layout.yaxis, range: around(y0, y1, h / unit / ratio) } };
};

const canvas = document.createElement("canvas").getContext("2d");
const PLACES = [
  ["bottom center", -0.5, 1], ["top center", -0.5, -1], ["middle right", 0, 0], ["middle left", -1, 0],
  ["bottom right", 0, 1], ["bottom left", -1, 1], ["top right", 0, -1], ["top left", -1, -1]];

// Greedy: the first nodes of a trace are the most important and choose first.
const placeLabels = (trace, scale, family) => {
  const taken = [];
  const hits = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const at = trace.x.map((x, i) => [scale.x.at(x), scale.y.at(trace.y[i]), (trace.marker.size[i] ?? trace.marker.size) / 2]);
  const discs = at.map(([x, y, r]) => [x - r, y - r, x + r, y + r]);
  const text = [], position = [];
  trace.meta.labels.forEach((label, i) => {
    const size = trace.meta.sizes?.[i] ?? 12;
    canvas.font = `${size}px ${family}`;
    const plain = label.replace(/<[^>]+>/g, "").replace(/&\w+;|&#\d+;/g, "x");
    const width = canvas.measureText(plain).width + 4, height = size * 1.25;
    const [x, y, r] = at[i];
    const inside = x >= 0 && y >= 0 && x <= scale.x.length && y <= scale.y.length;
    const first = PLACES.filter(([name]) => name === trace.meta.prefer?.[i]);
    const found = inside && [...first, ...PLACES].find(([, dx, dy]) => {
      const left = x + dx * width + (dx === 0 ? r + 2 : dx === -1 ? -r - 2 : 0);
      const top = dy === 0 ? y - height / 2 : dy > 0 ? y + r + 1 : y - r - 1 - height;
      const box = [left, top, left + width, top + height];
      const free = box[0] > -6 && box[2] < scale.x.length + 6 && !taken.some((other) => hits(box, other))
        && !discs.some((disc, k) => k !== i && hits(box, disc));
      if (free) taken.push(box);
      return free;
    });
    text.push(found ? label : "");
    position.push(found ? found[0] : "bottom center");
  });
  return { text, textposition: position };
};

const turn = (trace, scale) => trace.meta.directions.map(([dx, dy]) =>
  Math.atan2(dx * scale.x.perUnit, dy * scale.y.perUnit) * 180 / Math.PI);

// Pixels per unit and from a value to pixels, as Plotly will draw these ranges in this many pixels.
const scaleOf = (layout, width, range) => {
  const { l, r, t, b } = layout.margin, [x0, x1] = range?.x ?? layout.xaxis.range, [y0, y1] = range?.y ?? layout.yaxis.range;
  const w = width - l - r, h = layout.height - t - b;
  return {
    x: { length: w, perUnit: w / (x1 - x0), at: (x) => (x - x0) * w / (x1 - x0) },
    y: { length: h, perUnit: h / (y1 - y0), at: (y) => h - (y - y0) * h / (y1 - y0) } };
};

// Labels and arrows for a scale, before anything is drawn: one drawing instead of three.
const settled = (traces, scale, family) => traces.map((trace) => {
  if (trace.meta?.labels) return { ...trace, ...placeLabels(trace, scale, family) };
  if (trace.meta?.directions) return { ...trace, marker: { ...trace.marker, angle: turn(trace, scale) } };
  return trace;
});

const resettle = (Plotly, el) => {
  const { traces, layout } = el.__figure;
  if (!traces.some((trace) => trace.meta?.labels)) return;
  const { xaxis, yaxis } = el._fullLayout;
  const scale = scaleOf(layout, el.clientWidth, { x: xaxis.range, y: yaxis.range });
  Plotly.react(el, settled(traces, scale, el.__family), structuredClone(layout), el.__config);
};

// The marks that can be chosen, as the keyboard goes through them: the last trace, which lies on top, first.
const marksOf = (traces) => traces.map((trace, curve) => ({ trace, curve })).reverse().flatMap(({ trace, curve }) =>
  trace.type === "heatmap" || trace.meta?.directions || !trace.customdata ? [] : trace.customdata.flatMap((data, point) =>
    data && trace.hovertext?.[point] ? [{ curve, point, data, text: trace.hovertext[point] }] : []));

const spoken = (html) => new DOMParser().parseFromString(html.replaceAll("<br>", "; "), "text/html").body.textContent;

// Arrow keys go from mark to mark and show its words, Enter chooses it, Escape lets go.
const listen = (Plotly, el) => {
  const heard = el.parentElement.querySelector(".heard");
  let at = -1;
  el.addEventListener("keydown", (event) => {
    const marks = marksOf(el.__figure.traces), step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !marks.length) return;
    if (step) {
      at = at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length;
      Plotly.Fx.hover(el, [{ curveNumber: marks[at].curve, pointNumber: marks[at].point }]);
      heard.textContent = spoken(marks[at].text);
    } else if ((event.key === "Enter" || event.key === " ") && marks[at]) {
      el.__send("picked", marks[at].data);
    } else if (event.key === "Escape") {
      at = -1;
      Plotly.Fx.unhover(el);
    } else return;
    event.preventDefault();
  });
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const el = parentElement.querySelector(".plot");
  el.setAttribute("aria-label", `${data.alt} Arrow keys go from mark to mark, Enter chooses.`);
  el.style.height = `${data.figure.layout.height}px`;
  const style = getComputedStyle(el);
  const figure = themed(data.figure, style);
  const narrow = el.clientWidth < 560;
  const layout = { ...fitted(figure.layout, el.clientWidth), autosize: true };
  el.__send = setTriggerValue;
  el.__family = style.getPropertyValue("--st-font") || "sans-serif";
  el.__config = {
    displaylogo: false, scrollZoom: layout.meta?.scrollZoom ?? false, displayModeBar: narrow ? false : "hover",
    // Named one by one: Plotly's own choice has a button that uploads the chart to its makers.
    modeBarButtons: [["zoomIn2d", "zoomOut2d", "resetScale2d"]], showSendToCloud: false, plotlyServerURL: "" };
  Promise.all([load(), outlined(figure.data)]).then(async ([Plotly, data]) => {
    el.__figure = { traces: data, layout };
    const labelled = data.some((trace) => trace.meta?.labels);
    const kept = labelled && el._fullLayout && { x: el._fullLayout.xaxis.range, y: el._fullLayout.yaxis.range };
    const traces = labelled ? settled(data, scaleOf(layout, el.clientWidth, kept), el.__family) : data;
    // A copy: Plotly writes the user's zoom into what it gets, and must find our own range again to keep that zoom.
    await Plotly.react(el, traces, structuredClone(layout), el.__config);
    if (el.__wired) return;
    el.__wired = true;
    el.__width = el.clientWidth;
    listen(Plotly, el);
    el.on("plotly_click", (event) => {
      const point = event.points.find((one) => one.customdata);
      if (point) el.__send("picked", point.customdata);
    });
    el.on("plotly_selected", (event) => {
      const range = event?.range?.x ?? (event?.selections?.[0] && [event.selections[0].x0, event.selections[0].x1]);
      if (!range) return;
      el.__send("picked", { brush: range.map(String) });
      Plotly.relayout(el, { selections: [] });
    });
    el.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((name) => name.startsWith("xaxis"))) resettle(Plotly, el);
    });
    new ResizeObserver(() => {  // heights are ours; only a new width needs a new drawing
      if (!el.isConnected || !el.clientWidth || Math.abs(el.clientWidth - el.__width) < 2) return;
      el.__width = el.clientWidth;
      Plotly.Plots.resize(el).then(() => resettle(Plotly, el)).catch(() => {});
    }).observe(el);
  }).catch((problem) => { el.textContent = problem.message; });
}
