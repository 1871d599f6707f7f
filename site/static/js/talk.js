// What makes writing to one another quick: quoting a selection, naming people, reacting. All of it works without.

// Quoting ---------------------------------------------------------------------------------------------------------
// Select words in a post: a button appears that puts them into the answer as a quotation, with their author and
// the way back. Without this script the menu of a post quotes it whole.

const box = document.querySelector("#reply textarea");
const bar = document.querySelector("template#quote-bar")?.content.firstElementChild;

if (box && bar) {
  document.body.append(bar);
  const button = bar.querySelector("button");
  let found = null;

  document.addEventListener("selectionchange", () => {
    found = chosen();
    bar.hidden = !found;
  });
  // The press itself would take the selection away.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => found && put(found));
}

// The words and their post, when a selection lies within one body alone.
function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const at = range.commonAncestorContainer;
  const body = (at.nodeType === 1 ? at : at.parentElement)?.closest(".post-body");
  const text = selection.toString().trim();
  return body && text ? { post: body.closest("[data-post]"), text } : null;
}

function put({ post, text }, area = box) {
  const name = `@${post.querySelector(".by b").textContent.trim()} `;
  const lines = `${name}[↩](#p${post.dataset.post})\n\n${text}`.split("\n").map((line) => `> ${line}`);
  const before = area.value.trim() ? `${area.value.trimEnd()}\n\n` : "";
  area.focus();
  area.setSelectionRange(0, area.value.length);
  const whole = `${before}${lines.join("\n")}\n\n`;
  if (!document.execCommand("insertText", false, whole)) area.value = whole;
  const answers = area.form.elements.answers_to;
  if (!answers.value) answers.value = post.dataset.post;
  getSelection().removeAllRanges();
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  area.scrollIntoView({ block: "center" });
}

// Naming ----------------------------------------------------------------------------------------------------------
// Behind an @, the people of the space whose name begins so. What is written is their name, as typed by hand; which
// of two people of the same name was meant is said beside the text, in a hidden field.

const WAIT = 200; // ms

for (const form of document.querySelectorAll("form[data-people]")) {
  const area = form.querySelector("textarea[data-markdown]");
  const hidden = form.querySelector("[data-mentioned]");
  if (area && hidden) watch(area, hidden, form.dataset.people);
}

function watch(area, hidden, address) {
  const list = Object.assign(document.createElement("ul"), { id: `${area.id}-people`, className: "people", hidden: true });
  list.setAttribute("role", "listbox");
  area.after(list);
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");
  let timer, asked, at = 0;

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    area.removeAttribute("aria-activedescendant");
  };

  const mark = (to) => {
    at = (to + list.children.length) % list.children.length;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    area.setAttribute("aria-activedescendant", list.children[at].id);
  };

  const take = (item) => {
    const end = area.selectionStart;
    const start = end - begun(area).length;
    const name = `${item.textContent} `;
    area.focus();
    area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, name)) area.setRangeText(name, start, end, "end");
    if (item.dataset.id) hidden.value += ` ${item.dataset.id}`;
    close();
  };

  const ask = async () => {
    const word = begun(area);
    if (!word) return close();
    asked = word;
    const answer = await fetch(`${address}?q=${encodeURIComponent(word)}`).catch(() => null);
    const { people } = answer?.ok ? await answer.json() : { people: [] };
    if (asked !== begun(area)) return;
    close();
    people.forEach(({ id, name }, place) => {
      const item = Object.assign(document.createElement("li"), { id: `${list.id}-${place}`, textContent: name, dir: "auto" });
      item.dataset.id = id;
      item.setAttribute("role", "option");
      list.append(item);
    });
    list.hidden = !people.length;
    if (people.length) mark(0);
  };

  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  area.addEventListener("blur", () => setTimeout(close, WAIT));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) take(item);
  });
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(at + step);
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// What stands between an @ that begins a word and the caret: up to three words of a name.
function begun(area) {
  const before = area.value.slice(Math.max(0, area.selectionStart - 60), area.selectionStart);
  return before.match(/(?:^|[^\p{L}\p{N}@/.])@(\p{L}[\p{L}\p{M}\p{N}'’-]*(?: [\p{L}\p{M}\p{N}'’-]+){0,2})$/u)?.[1] ?? "";
}

// Reacting --------------------------------------------------------------------------------------------------------
// What stands below the post comes back as it is now; where that fails, the form is sent as without a script.

const form = document.getElementById("react");
form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  const place = button?.closest(".said");
  if (!place) return;
  event.preventDefault();
  const answer = await fetch(button.formAction, {
    method: "POST",
    headers: { "X-Fragment": "1" },
    body: new FormData(form, button),
  }).catch(() => null);
  if (!answer?.ok || answer.redirected) return resend(button);
  place.innerHTML = await answer.text();
  (place.querySelector(`[value="${button.value}"]`) ?? place.querySelector("summary"))?.focus();
});

function resend(button) {
  const again = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
  form.append(again);
  form.action = button.formAction;
  form.submit();
}
