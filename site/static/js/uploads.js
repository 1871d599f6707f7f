// Several files in one form: chosen, dragged in or pasted, listed, large photos made smaller, sent with a progress bar.
// Without this module it is a plain form. The words and the list are in components/uploads.html; js/page.js brings it.

const LONGEST = 1600; // px
const SHRUNK = ["image/jpeg", "image/png", "image/webp"];

function enhance(input, panel) {
  const words = panel.dataset;
  const [list, original, bar, said, acts] = panel.querySelectorAll("ul, label, progress, [role=status], .acts");
  const [stop, again] = acts.children;
  let chosen = [];
  let sending = null;
  let button = null;
  words.ready = "1";
  panel.hidden = false;

  const say = (text) => {
    if (said.textContent !== text) said.textContent = text;
  };

  // The input itself always holds what is listed: a form that is sent without us sends the same files.
  function hold(files) {
    const carried = new DataTransfer();
    for (const file of files) carried.items.add(file);
    chosen = files;
    input.files = carried.files;
    list.replaceChildren(...files.map(row));
    list.hidden = !files.length;
    original.hidden = !files.some((file) => SHRUNK.includes(file.type));
  }

  function row(file) {
    const item = panel.querySelector("template").content.firstElementChild.cloneNode(true);
    const [name, size, out] = item.querySelectorAll("bdi, small, button");
    name.textContent = out.lastElementChild.textContent = file.name;
    size.textContent = sized(file.size);
    out.addEventListener("click", () => {
      if (sending) return;
      hold(chosen.filter((each) => each !== file));
      input.focus();
    });
    return item;
  }

  function add(files) {
    if (sending) return;
    const fresh = [...files].filter((file) => !chosen.some((each) => same(each, file)));
    const refused = fresh.filter((file) => !takes(input, file));
    say(refused.length ? `${words.refused} ${refused.map((file) => file.name).join(", ")}` : "");
    hold([...chosen, ...fresh.filter((file) => !refused.includes(file))]);
  }

  // Of the form that the input is in now: an answer with errors brings a new one.
  function listen(form) {
    form.addEventListener("submit", (event) => {
      if (sending) return event.preventDefault();
      if (event.defaultPrevented || !chosen.length) return;
      event.preventDefault();
      button = event.submitter;
      send(form);
    });
    for (const kind of ["dragover", "dragleave", "drop"]) {
      form.addEventListener(kind, (event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        panel.classList.toggle("over", kind === "dragover");
        if (kind === "drop") add(event.dataTransfer.files);
      });
    }
    form.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      add(event.clipboardData.files);
    });
  }

  async function send(form) {
    const request = (sending = new XMLHttpRequest());
    const filled = new FormData(form, button);
    show(true, words.preparing);
    const isOriginal = form.querySelector("[data-original]:checked");
    const data = new FormData(); // in the order of the fields: what comes last says that all has come
    for (const [name, value] of filled) {
      if (name !== input.name) data.append(name, value);
      else data.append(name, isOriginal ? value : await shrunk(value), value.name);
    }
    if (request !== sending) return; // stopped meanwhile
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = loaded / total;
      // In tens: a screen reader is not interrupted at every packet.
      say(loaded < total ? `${words.sending} ${percent(Math.floor((loaded / total) * 10) / 10)}` : words.checking);
    });
    request.addEventListener("load", () => answered(form, request));
    request.addEventListener("error", () => failed(words.failed));
    request.addEventListener("timeout", () => failed(words.failed));
    // "Keep as draft" goes elsewhere than "Publish".
    request.open("POST", button?.formAction || form.action);
    request.setRequestHeader("X-Follow", "no");
    request.send(data);
  }

  function show(isSending, text) {
    bar.hidden = stop.hidden = !isSending;
    again.hidden = isSending;
    acts.hidden = false;
    bar.value = 0;
    for (const each of input.form.querySelectorAll("button:not([type=button])")) each.toggleAttribute("aria-disabled", isSending);
    say(text);
  }

  function failed(text) {
    sending = null;
    show(false, text);
  }

  function answered(form, request) {
    const next = request.getResponseHeader("X-Location");
    if (next) return lead(form, next);
    const isPage = [200, 403, 404, 409, 422, 429].includes(request.status) && /html/.test(request.getResponseHeader("Content-Type"));
    if (!isPage) return failed(words.failed);
    sending = null;
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.querySelector("main");
    // What was refused is kept, to be put right; what was taken is over, and the next form begins empty.
    const fresh = main.querySelector("[role=alert]") && page.getElementById(input.id)?.form;
    // What the server holds already is listed by the new form itself: sent again, it would come twice.
    if (fresh?.querySelector("[name=kept]")) hold([]);
    if (fresh) keepControls(form, fresh);
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
    if (fresh) {
      show(false, "");
      acts.hidden = true;
      listen(fresh);
    } else begin();
    (main.querySelector("[role=alert]") || main).scrollIntoView();
    (main.querySelector("[role=alert] a") || main).focus({ preventScroll: true });
  }

  // To a place on this very page nothing is fetched by itself, and what was just sent would not be there.
  function lead(form, next) {
    const isHere = new URL(next, location.href).href.split("#")[0] === location.href.split("#")[0];
    if (isHere) form.reset();
    location.assign(next);
    if (isHere) location.reload();
  }

  // The very fields that were filled in, files and formatting buttons with them, take the places of the new ones.
  function keepControls(form, fresh) {
    for (const now of [...fresh.querySelectorAll("[id]:is(input, textarea, select), [data-toolbar], [data-uploads-of]")]) {
      const old = now.id ? document.getElementById(now.id) : form.querySelector(now.dataset.toolbar ? "[data-toolbar]" : "[data-uploads-of]");
      if (!old || now.type === "hidden") continue;
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (now.hasAttribute(name)) old.setAttribute(name, now.getAttribute(name));
        else old.removeAttribute(name);
      }
      now.replaceWith(old);
    }
  }

  input.addEventListener("change", () => add(input.files));
  stop.addEventListener("click", () => {
    sending?.abort();
    failed(words.stopped);
  });
  again.addEventListener("click", () => input.form.requestSubmit(button));
  listen(input.form);
  if (input.files.length) add(input.files); // kept by the browser over a reload
}

const same = (one, other) => ["name", "size", "lastModified"].every((key) => one[key] === other[key]);

function takes(input, file) {
  const taken = input.accept.toLowerCase().split(",").map((each) => each.trim()).filter(Boolean);
  const ends = taken.some((each) => each.startsWith(".") && file.name.toLowerCase().endsWith(each));
  return !taken.length || ends || taken.includes(file.type);
}

// Latin digits in every language, as the site writes them.
const number = (value, options) =>
  new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { maximumFractionDigits: 1, ...options }).format(value);
const percent = (part) => number(part, { style: "percent" });

function sized(bytes) {
  const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
  return number(bytes < 1e6 ? Math.ceil(bytes / 1e3) : bytes / 1e6, { style: "unit", unit });
}

// The photo itself where it is small already, cannot be read here, or would not become lighter.
async function shrunk(file) {
  if (!SHRUNK.includes(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = LONGEST / Math.max(picture.width, picture.height);
    if (scale >= 1) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const smaller = await new Promise((done) => canvas.toBlob(done, file.type, 0.85));
    return smaller && smaller.type === file.type && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  }
}

function begin() {
  for (const panel of document.querySelectorAll("[data-uploads-of]")) {
    const input = document.getElementById(panel.dataset.uploadsOf);
    if (input && !panel.dataset.ready) enhance(input, panel);
  }
}

begin();
