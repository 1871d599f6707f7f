// Words are kept as a draft while they are typed: on the server, and in this tab until the server has them.
// Nothing is written to the browser for longer than the tab is open, and signing out clears that too.

const PAUSE = 3000; // ms without typing
const AT_LEAST = 30000; // ms, for who never pauses
const NAMES = ["subject", "content", "language"];

const asItCame = (field) =>
  field.options ? ([...field.options].find((option) => option.defaultSelected)?.value ?? field.value) : field.defaultValue;

for (const form of document.querySelectorAll("form[data-draft]")) begin(form);

function begin(form) {
  const key = `draft ${new URL(form.dataset.draft, location.href).pathname}`;
  const status = form.querySelector("[data-draft-status]");
  let timer = 0, since = 0, sending = false, again = false, stopped = false, kept = typed(asItCame);
  if (typed() === kept) restore();
  else wait();

  form.addEventListener("input", (event) => NAMES.includes(event.target.name) && wait());
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
    let answer = null;
    try {
      answer = await fetch(form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.ok) {
        form.elements.draft_version.value = (await answer.json()).version;
        kept = words;
        if (typed() === words) sessionStorage.removeItem(key);
        else store();
      } else if ([403, 404, 409].includes(answer.status)) stopped = true;
    } catch {
      answer = null;
    }
    say(answer?.ok ? "kept" : answer?.status === 409 ? "conflict" : "failed");
    sending = false;
    if (again && !stopped) [again, timer] = [false, setTimeout(keep, PAUSE)];
  }

  function typed(value = (field) => field.value) {
    return JSON.stringify(NAMES.map((name) => (form.elements[name] ? value(form.elements[name]) : "")));
  }

  function store() {
    try {
      sessionStorage.setItem(key, JSON.stringify([form.elements.draft_version.value, typed()]));
    } catch { /* full or forbidden: the server has it */ }
  }

  // Typed in this tab and never arrived: only where the server has nothing newer.
  function restore() {
    const found = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (!found || found[0] !== form.elements.draft_version.value) return;
    JSON.parse(found[1]).forEach((value, place) => {
      const field = form.elements[NAMES[place]];
      if (field) field.value = value;
    });
    timer = setTimeout(keep, PAUSE);
  }

  function say(what) {
    if (status) status.textContent = status.dataset[what];
  }
}
