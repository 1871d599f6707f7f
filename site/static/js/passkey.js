// Passkeys: the browser asks its owner, the form carries the answer. Without this module the pages offer a code.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const CARRIED = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function decoded(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const each of [...(options.excludeCredentials || []), ...(options.allowCredentials || [])]) each.id = bytes(each.id);
  return options;
}

function encoded(credential) {
  const response = {};
  for (const name of CARRIED) if (credential.response[name]) response[name] = text(credential.response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function asked(form) {
  const options = form.dataset.options
    ? JSON.parse(form.dataset.options)
    : (await (await fetch(form.action, { headers: { Accept: "application/json" } })).json()).request_options;
  const publicKey = decoded(options.publicKey);
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
  // One that is found without an address and opens by itself: kept on the device, unlocked by its owner.
  publicKey.authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return navigator.credentials.create({ publicKey });
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const words = form.querySelector("[role=status]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      words.textContent = "";
      try {
        form.elements.credential.value = encoded(await asked(form));
        form.submit();
      } catch {
        words.textContent = form.dataset.failed;
      }
    });
  }
  for (const note of document.querySelectorAll("[data-without-passkey]")) note.hidden = true;
}
