// wagtail-localize's editor: opened at one passage (/cms/pages/7/edit/#passage-42), each field with its language and
// a name, and beside each passage that the source has changed what it said before. Its own fields have no names.
const ROWS = "li.complete, li.incomplete, li.errored";
const wanted = /^#passage-(\d+)$/.exec(location.hash);
const editor = document.querySelector(".js-translation-editor");

if (editor) {
  const props = JSON.parse(editor.dataset.props);
  const strings = props.segments.filter((each) => each.type === "string");
  const segment = wanted && strings.find((each) => each.id === Number(wanted[1]));
  if (segment) whenDrawn(() => open(segment, strings));
  const notes = notesBySource(strings);
  const codes = [props.sourceLocale.code, props.locale.code];
  // It draws its rows anew whenever it likes.
  const dress = () => rows().forEach((row, number) => dressed(row, number, notes, codes));
  new MutationObserver(dress).observe(editor, { childList: true, subtree: true });
}

function rows() {
  return [...editor.querySelectorAll(ROWS)];
}

function sourceOf(row) {
  return row.querySelector(":scope > p");
}

function notesBySource(strings) {
  const sources = new Map(strings.map((each) => [String(each.id), each.source]));
  const notes = [...document.querySelectorAll("template.js-passage-before")];
  return new Map(notes.map((each) => [sources.get(each.dataset.segment), each.content.firstElementChild]));
}

function dressed(row, number, notes, [from, into]) {
  const source = sourceOf(row);
  if (!source) return;
  set(source, { id: `passage-source-${number}`, lang: from, dir: "auto" });
  for (const words of row.querySelectorAll("textarea, :scope > div:not(.passage-before) > p")) {
    set(words, { lang: into, dir: "auto" });
  }
  let note = row.querySelector(":scope > .passage-before");
  if (!note && notes.has(source.textContent)) {
    note = notes.get(source.textContent).cloneNode(true);
    note.id = `passage-before-${number}`;
    source.after(note);
  }
  const field = row.querySelector("textarea");
  if (field) set(field, { "aria-labelledby": source.id, ...(note && { "aria-describedby": note.id }) });
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function whenDrawn(then, tries = 50) {
  if (rows().length) then();
  else if (tries) setTimeout(whenDrawn, 100, then, tries - 1);
}

function open(segment, strings) {
  // The same words may stand in several places: the n-th row with these words belongs to the n-th such segment.
  const same = strings.filter((each) => each.source === segment.source);
  const row = rows().filter((each) => sourceOf(each)?.textContent === segment.source)[same.indexOf(segment)];
  if (!row) return;
  row.querySelector("button")?.click();
  requestAnimationFrame(() => {
    row.scrollIntoView({ block: "center" });
    row.querySelector("textarea")?.focus();
  });
}
