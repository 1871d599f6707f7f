// Formatting buttons over a textarea. What they write is plain markdown, the same as typed by hand.
// Offsets count characters, not sides, so that text from right to left needs nothing of its own.

const AROUND = { bold: "**", italic: "_" };
const BEFORE = { list: "- ", quote: "> " };

for (const bar of document.querySelectorAll("[data-toolbar]")) {
  const area = document.getElementById(bar.dataset.toolbar);
  if (!area) continue;
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (button) apply(area, button.dataset.mark);
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const mark = { b: "bold", i: "italic", k: "link" }[event.key.toLowerCase()];
    if (!mark) return;
    event.preventDefault();
    apply(area, mark);
  });
}

// Quoting, naming and reacting come when somebody begins: whoever only reads does not fetch them.
const talk = document.querySelector("[data-talk]")?.dataset.talk;
const BEGINNINGS = ["selectionchange", "focusin", "pointerdown"];
const begin = () => {
  for (const kind of BEGINNINGS) document.removeEventListener(kind, begin);
  import(talk);
};
if (talk) for (const kind of BEGINNINGS) document.addEventListener(kind, begin);

function apply(area, mark) {
  area.focus();
  if (AROUND[mark]) return wrap(area, AROUND[mark]);
  if (BEFORE[mark]) return prefix(area, BEFORE[mark]);
  link(area);
}

// Spaces at the ends stay outside: "** word **" is not bold in markdown.
function wrap(area, sign) {
  const { text, start, end } = selection(area);
  const outside = area.value.slice(start - sign.length, start) === sign && area.value.slice(end, end + sign.length) === sign;
  if (outside) return replace(area, start - sign.length, end + sign.length, text, 0, text.length);
  replace(area, start, end, sign + text + sign, sign.length, text.length);
}

function link(area) {
  const { text, start, end } = selection(area);
  if (/^https?:\/\/\S+$/.test(text)) return replace(area, start, end, `[](${text})`, 1, 0);
  replace(area, start, end, `[${text}](https://)`, text.length + 3, 8);
}

function prefix(area, sign) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const rest = area.value.indexOf("\n", area.selectionEnd);
  const to = rest < 0 ? area.value.length : rest;
  const lines = area.value.slice(from, to).split("\n");
  const all = lines.every((line) => line.startsWith(sign));
  let text = lines.map((line) => (all ? line.slice(sign.length) : sign + line)).join("\n");
  // A list or a quote opens after an empty line.
  const opening = !all && from > 0 && !area.value.slice(0, from).endsWith("\n\n") ? "\n" : "";
  text = opening + text;
  replace(area, from, to, text, text.length, 0);
}

function selection(area) {
  let { selectionStart: start, selectionEnd: end } = area;
  while (start < end && /\s/.test(area.value[start])) start++;
  while (end > start && /\s/.test(area.value[end - 1])) end--;
  return { start, end, text: area.value.slice(start, end) };
}

// insertText keeps the browser's own undo; where it is missing, the value is set.
function replace(area, from, to, text, offset, length) {
  area.setSelectionRange(from, to);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) area.setRangeText(text, from, to, "end");
  area.setSelectionRange(from + offset, from + offset + length);
}

// Keeping drafts is fetched when somebody begins to write, or when words wait in this tab.
const begun = document.querySelector("form[data-draft]");
const fetchDrafts = () => import(begun.dataset.module);
if (begun) {
  if (Object.keys(sessionStorage).some((key) => key.startsWith("draft "))) fetchDrafts();
  else begun.addEventListener("focusin", fetchDrafts, { once: true });
}
