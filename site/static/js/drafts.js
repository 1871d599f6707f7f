// Words are kept as a draft while they are typed: on the server, and in this tab until the server has them.
// Nothing is written to the browser for longer than the tab is open, and signing out clears that too.

const PAUSE = 3000; // ms without typing
const AT_LEAST = 30000; // ms, for who never pauses
// What is typed and chosen; files are kept by the server alone, and the rest is the form's own.
const KINDS = ["text", "textarea", "select-one", "radio", "checkbox", "number", "datetime-local"];

const isTicked = (field) => ["radio", "checkbox"].includes(field.type);
const asItIs = (field) => (isTicked(field) ? field.checked : field.value);
const asItCame = (field) => {
  if (isTicked(field)) return field.defaultChecked;
  return field.options ? ([...field.options].find((option) => option.defaultSelected)?.value ?? field.value) : field.defaultValue;
};
const isKept = (field) => field.name && field.name !== "kept" && (KINDS.includes(field.type) || "mentioned" in field.dataset);

for (const form of document.querySelectorAll("form[data-draft]")) begin(form);

function begin(form) {
  const key = `draft ${new URL(form.dataset.draft, location.href).pathname}`;
  const status = form.querySelector("[data-draft-status]");
  let timer = 0, since = 0, sending = false, again = false, stopped = false, kept = typed(asItCame);
  if (typed() === kept) restore();
  else wait();

  form.addEventListener("input", (event) => isKept(event.target) && wait());
  // The line is back: what was typed meanwhile goes now, not with the next letter.
  addEventListener("online", keep);
  // The form itself goes now: nothing overtakes it, and what was in the tab is in it.
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
    sessionStorage.removeItem(key);
  });
  addEventListener("pageshow", (event) => event.persisted && (stopped = false));

  // This module comes when somebody begins to write (js/toolbar.js): a few letters may be there before it.
  function wait() {
    store();
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(keep, Date.now() - since > AT_LEAST ? 0 : PAUSE);
  }

  async function keep() {
    if (stopped || typed() === kept) return;
    if (sending) return (again = true);
    [sending, since] = [true, 0];
    const words = typed(), body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    let answer = null, version = 0;
    try {
      answer = await fetch(form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.ok) {
        form.elements.draft_version.value = version = (await answer.json()).version;
        kept = words;
        if (typed() === words) sessionStorage.removeItem(key);
        else store();
      } else if ([403, 404, 409].includes(answer.status)) stopped = true;
    } catch {
      answer = null;
    }
    // A kind alone, without a word, is no draft yet.
    say(answer?.ok ? (version ? "kept" : "nothing") : answer?.status === 409 ? "conflict" : "failed");
    sending = false;
    if (stopped || (answer?.ok && !again)) return;
    clearTimeout(timer);
    [again, timer] = [false, setTimeout(keep, answer?.ok ? PAUSE : AT_LEAST)];
  }

  function typed(value = asItIs) {
    const fields = [...form.elements].filter(isKept);
    return JSON.stringify(fields.map((field) => [field.name, isTicked(field) ? field.value : "", value(field)]));
  }

  function store() {
    try {
      sessionStorage.setItem(key, JSON.stringify([form.elements.draft_version.value, typed()]));
    } catch { /* full or forbidden: the server has it */ }
  }

  // Typed in this tab and never arrived. Where the server has something newer it says so (409), and "Keep as draft"
  // shows both: these words still name the version they were begun from.
  function restore() {
    const found = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (!found) return;
    const fields = [...form.elements].filter(isKept);
    for (const [name, choice, value] of JSON.parse(found[1])) {
      const field = fields.find((each) => each.name === name && (!isTicked(each) || each.value === choice));
      if (!field) continue;
      if (isTicked(field)) field.checked = value;
      else field.value = value;
      const folded = field.checked && field.closest("details");
      if (folded) folded.open = true;
    }
    form.elements.draft_version.value = found[0];
    timer = setTimeout(keep, PAUSE);
  }

  function say(what) {
    if (status) status.textContent = status.dataset[what] ?? "";
  }
}
