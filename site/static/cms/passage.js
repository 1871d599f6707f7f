// Opens wagtail-localize's editor at one passage: /cms/pages/7/edit/#passage-42. Its own fields have no names.
const wanted = /^#passage-(\d+)$/.exec(location.hash);
const editor = document.querySelector(".js-translation-editor");

if (wanted && editor) {
  const { segments } = JSON.parse(editor.dataset.props);
  const segment = segments.find((each) => each.type === "string" && each.id === Number(wanted[1]));
  if (segment) whenDrawn(() => open(segment, segments));
}

function whenDrawn(then, tries = 50) {
  if (editor.querySelector("li.complete, li.incomplete, li.errored")) then();
  else if (tries) setTimeout(whenDrawn, 100, then, tries - 1);
}

function open(segment, segments) {
  // The same words may stand in several places: the n-th row with these words belongs to the n-th such segment.
  const same = segments.filter((each) => each.type === "string" && each.source === segment.source);
  const rows = [...editor.querySelectorAll("li.complete, li.incomplete, li.errored")].filter((row) =>
    [...row.children].some((part) => part.textContent === segment.source),
  );
  const row = rows[same.indexOf(segment)];
  if (!row) return;
  row.querySelector("button")?.click();
  requestAnimationFrame(() => {
    row.scrollIntoView({ block: "center" });
    row.querySelector("textarea")?.focus();
  });
}
