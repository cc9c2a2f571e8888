// Shows sentences and articles as text with marks. Everything is set as textContent: nothing is markup.
const element = (tag, name, text) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
};

const marked = (pieces, onEvent) => {
  const line = document.createDocumentFragment();
  for (const piece of pieces) {
    if (!piece.kind) { line.append(piece.text); continue; }
    const mark = element("mark", `k-${piece.kind}`, piece.text);
    if (piece.label) mark.title = piece.label;
    if (piece.event && onEvent) { mark.tabIndex = 0; mark.onclick = () => onEvent(piece.event); }
    line.append(mark);
  }
  return line;
};

const row = (entry, send) => {
  const box = element("article", "row");
  const head = element("div", "head");
  for (const [name, text] of entry.head) head.append(element("span", name, text));
  const quote = element("p", "quote");
  quote.append(marked(entry.pieces));
  const foot = element("div", "foot");
  foot.append(element("span", "source-line", entry.foot));
  const open = element("button", "open", entry.open);
  open.onclick = () => send("picked", { article: entry.article, sentence: entry.sentence });
  foot.append(open);
  if (entry.wrong) {
    const wrong = element("button", "open", "Correct");
    wrong.onclick = () => send("picked", { wrong: entry.wrong });
    foot.append(wrong);
  }
  box.append(head, quote, foot);
  return box;
};

const reader = (data, send) => {
  const box = element("div", "reader");
  for (const part of data.sentences) {
    const span = element("span", part.focus ? "sentence focus" : "sentence");
    span.append(marked(part.pieces, (event) => send("picked", { event })));
    box.append(span);
  }
  return box;
};

// Like scrollIntoView, but only inside the reader's own box: the page itself stays where it is.
const centre = (focus) => {
  let box = focus;
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement ?? box.getRootNode().host;
  if (!box) return;
  const [inner, outer] = [focus.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".sentences");
  const told = JSON.stringify(data);
  if (root.__told === told) return;
  root.__told = told;
  root.replaceChildren(...(data.rows ? data.rows.map((entry) => row(entry, setTriggerValue)) : [reader(data, setTriggerValue)]));
  const focus = root.querySelector(".focus");
  if (focus) setTimeout(() => centre(focus), 50);
}
