// Passkeys (WebAuthn): forms with data-passkey ask the browser for a key and post its answer as JSON.
// "create" and "get" carry the server's wishes in data-options; "login" asks the server for them first.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const isNumericHost = /^[\d.]+$|^\[/.test(location.hostname);
const canUseKeys = window.isSecureContext && "PublicKeyCredential" in window && !isNumericHost;

const withBytes = (keys) => keys?.map((key) => ({ ...key, id: toBytes(key.id) }));

function creationWishes({ publicKey }, passwordless) {
  const selection = { ...publicKey.authenticatorSelection };
  selection.residentKey = passwordless ? "required" : "discouraged";
  selection.requireResidentKey = passwordless;
  if (passwordless) selection.userVerification = "required";
  return {
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: selection,
    },
  };
}

function requestWishes({ publicKey }) {
  const allowed = withBytes(publicKey.allowCredentials);
  return { publicKey: { ...publicKey, challenge: toBytes(publicKey.challenge), allowCredentials: allowed } };
}

function asJson(credential) {
  const given = credential.response;
  const response = { clientDataJSON: toText(given.clientDataJSON) };
  if (given.attestationObject) {
    response.attestationObject = toText(given.attestationObject);
    response.transports = given.getTransports?.() ?? [];
  } else {
    response.authenticatorData = toText(given.authenticatorData);
    response.signature = toText(given.signature);
    response.userHandle = given.userHandle ? toText(given.userHandle) : null;
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function keyFor(form) {
  if (form.dataset.passkey === "create") {
    const alone = form.elements.passwordless?.checked ?? false;
    return navigator.credentials.create(creationWishes(JSON.parse(form.dataset.options), alone));
  }
  if (form.dataset.passkey === "get") {
    return navigator.credentials.get(requestWishes(JSON.parse(form.dataset.options)));
  }
  // allauth answers in JSON only to what looks like a script
  const asked = await fetch(form.action, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  if (!asked.ok) throw new DOMException("no challenge", "NetworkError");
  const { request_options: options } = await asked.json();
  return navigator.credentials.get(requestWishes(options));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button[type=button]");
  if (!canUseKeys) {
    form.querySelector("[data-impossible]")?.removeAttribute("hidden");
    button.disabled = true;
    continue;
  }
  form.hidden = false;
  const failed = form.querySelector("[data-failed]");
  const ask = async () => {
    failed.hidden = true;
    button.setAttribute("aria-busy", "true");
    try {
      form.elements.credential.value = asJson(await keyFor(form));
      form.submit();
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      failed.hidden = false;
    } finally {
      button.removeAttribute("aria-busy");
    }
  };
  button.addEventListener("click", ask);
  form.addEventListener("submit", (event) => {
    // Enter in the name field: there is nothing to post before the key has answered
    event.preventDefault();
    ask();
  });
}
