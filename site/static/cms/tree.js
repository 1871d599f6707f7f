// Keeps the progress of a tree going (no worker) or up to date (with one), without the person doing anything.
const PAUSE = 2000; // milliseconds

async function step() {
  const tree = document.getElementById("tree");
  if (tree?.dataset.open !== "yes") return;
  const form = tree.querySelector("form");
  const works = tree.dataset.foreground === "yes" && form;
  const body = works ? new FormData(form) : undefined;
  body?.set("verb", "go-on");
  const answer = await fetch(location.href, { method: works ? "POST" : "GET", body });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("tree");
  const focused = tree.contains(document.activeElement) && document.activeElement.value;
  if (next) tree.replaceWith(next);
  if (focused) next?.querySelector(`button[value="${focused}"]`)?.focus();
  setTimeout(step, works ? 50 : PAUSE);
}

setTimeout(step, 300);
