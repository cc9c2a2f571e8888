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

const canvas = document.createElement("canvas").getContext("2d");
const PLACES = [
  ["bottom center", -0.5, 1], ["top center", -0.5, -1], ["middle right", 0, 0], ["middle left", -1, 0],
  ["bottom right", 0, 1], ["bottom left", -1, 1], ["top right", 0, -1], ["top left", -1, -1]];

// Greedy: the first nodes of a trace are the most important and choose first.
const placeLabels = (trace, layout, family) => {
  const taken = [];
  const hits = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const at = trace.x.map((x, i) => [layout.xaxis.l2p(x), layout.yaxis.l2p(trace.y[i]), (trace.marker.size[i] ?? trace.marker.size) / 2]);
  const discs = at.map(([x, y, r]) => [x - r, y - r, x + r, y + r]);
  const text = [], position = [];
  trace.meta.labels.forEach((label, i) => {
    const size = trace.meta.sizes?.[i] ?? 12;
    canvas.font = `${size}px ${family}`;
    const plain = label.replace(/<[^>]+>/g, "").replace(/&\w+;|&#\d+;/g, "x");
    const width = canvas.measureText(plain).width + 4, height = size * 1.25;
    const [x, y, r] = at[i];
    const inside = x >= 0 && y >= 0 && x <= layout.xaxis._length && y <= layout.yaxis._length;
    const found = inside && PLACES.find(([, dx, dy]) => {
      const left = x + dx * width + (dx === 0 ? r + 2 : dx === -1 ? -r - 2 : 0);
      const top = dy === 0 ? y - height / 2 : dy > 0 ? y + r + 1 : y - r - 1 - height;
      const box = [left, top, left + width, top + height];
      const free = box[0] > -30 && box[2] < layout.xaxis._length + 30 && !taken.some((other) => hits(box, other))
        && !discs.some((disc, k) => k !== i && hits(box, disc));
      if (free) taken.push(box);
      return free;
    });
    text.push(found ? label : "");
    position.push(found ? found[0] : "bottom center");
  });
  return { text, textposition: position };
};

const turn = (trace, layout) => trace.meta.directions.map(([dx, dy]) => {
  const px = layout.xaxis.l2p(layout.xaxis.range[0] + dx) , py = layout.yaxis.l2p(layout.yaxis.range[0] + dy) - layout.yaxis.l2p(layout.yaxis.range[0]);
  return Math.atan2(px, -py) * 180 / Math.PI;
});

const settle = async (Plotly, el) => {
  const layout = el._fullLayout;
  for (const [i, trace] of el.data.entries()) {
    if (trace.meta?.labels) {
      const { text, textposition } = placeLabels(trace, layout, layout.font.family);
      await Plotly.restyle(el, { text: [text], textposition: [textposition] }, [i]);
    }
    if (trace.meta?.directions) await Plotly.restyle(el, { "marker.angle": [turn(trace, layout)] }, [i]);
  }
  el.style.opacity = 1;
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const el = parentElement.querySelector(".plot");
  el.setAttribute("aria-label", data.alt);
  el.style.height = `${data.figure.layout.height}px`;
  if (!el.__wired) el.style.opacity = 0;
  const style = getComputedStyle(parentElement.nodeType === 1 ? parentElement : el);
  const figure = themed(data.figure, style);
  const narrow = el.clientWidth < 560;
  const layout = { ...figure.layout, ...(narrow ? figure.layout.meta?.narrow : {}), autosize: true };
  el.__send = setTriggerValue;
  load().then(async (Plotly) => {
    await Plotly.react(el, figure.data, layout, {
      displaylogo: false, responsive: true, scrollZoom: layout.meta?.scrollZoom ?? false,
      modeBarButtonsToRemove: ["lasso2d", "autoScale2d", "toImage"], displayModeBar: narrow ? false : "hover" });
    await settle(Plotly, el);
    if (el.__wired) return;
    el.__wired = true;
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
      if (Object.keys(change).some((name) => name.includes("axis") || name === "autosize")) settle(Plotly, el);
    });
    new ResizeObserver(() => { if (el.clientWidth && el.isConnected) Plotly.Plots.resize(el).then(() => settle(Plotly, el)).catch(() => {}); }).observe(el.parentElement);
  }).catch((problem) => { el.style.opacity = 1; el.textContent = problem.message; });
}
