// Small comforts for every page. Everything works without them.

// A form is sent once in ten seconds. The button is only marked: a disabled one would not send its own name and value.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  setTimeout(ready, 10000, form);
});

function ready(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

// Coming back with the browser's own button finds the form ready again.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(ready));

// Where tabs are wider than the screen, the one of this page is in view.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Menus close on Escape, which gives the focus back, and when something else is pressed.
const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// Quick exit: the page empties at once, and its place in the history is taken by where one goes. Escape three times
// within two seconds does the same as the link.
const exit = document.querySelector("a.exit");
const leave = () => {
  document.title = "…";
  document.body.replaceChildren();
  location.replace(exit.href);
};
exit?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
let escapes = [];
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat || !exit) return;
  escapes = [...escapes, event.timeStamp].slice(-3);
  if (escapes.length === 3 && event.timeStamp - escapes[0] <= 2000) leave();
}, true);

// The reader's time zone, for dates; written only when it is not what the site knows already.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.split("; ").includes(`tz=${zone}`)) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `tz=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
}

// What only somebody who writes needs comes when they begin.
for (const panel of document.querySelectorAll("[data-module]")) {
  const load = () => import(panel.dataset.module);
  for (const kind of ["focusin", "change", "dragenter"]) panel.closest("form").addEventListener(kind, load, { once: true });
}
