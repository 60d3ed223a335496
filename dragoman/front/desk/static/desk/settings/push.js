// Pushes on this device: what the browser can do, said honestly, and switched by one button.
import { post } from "../beacon.js";

const box = document.querySelector("#push");
const states = JSON.parse(box?.dataset.states ?? "{}");
const word = document.querySelector("#push-state");
const on = document.querySelector("#push-on");
const off = document.querySelector("#push-off");
const tryIt = document.querySelector("#push-try");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const same = (one, two) => one && two && one.byteLength === two.byteLength && new Uint8Array(one).every((byte, at) => byte === new Uint8Array(two)[at]);

function say(name, { canOn = false, canOff = false, words } = {}) {
  word.textContent = words ?? states[name];
  box.dataset.state = name;
  on.hidden = !canOn;
  off.hidden = !canOff;
}

// a browser without a push service behind it never answers
const PATIENCE = 20_000;
const inTime = (promise) =>
  Promise.race([promise, new Promise((_, refuse) => setTimeout(() => refuse(new DOMException("no answer", "TimeoutError")), PATIENCE))]);

const registration = () => navigator.serviceWorker.register("/push-worker.js", { scope: "/" });

async function subscription() {
  const found = await navigator.serviceWorker.getRegistration("/");
  return found?.pushManager.getSubscription();
}

async function look() {
  if (!window.isSecureContext) return say("insecure");
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return say("unsupported");
  if (Notification.permission === "denied") return say("denied");
  const found = await subscription();
  if (found && same(found.options?.applicationServerKey, bytes(box.dataset.key).buffer)) return say("on", { canOff: true });
  return say("off", { canOn: true });
}

async function start() {
  say("asking");
  if ((await Notification.requestPermission()) !== "granted") return look();
  try {
    const worker = await registration();
    await navigator.serviceWorker.ready;
    const old = await worker.pushManager.getSubscription();
    // a subscription made for another key cannot be used with ours
    if (old && !same(old.options?.applicationServerKey, bytes(box.dataset.key).buffer)) await old.unsubscribe();
    const made = await inTime(worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) }));
    const { endpoint, keys } = made.toJSON();
    const answer = await post(box.dataset.subscribe, { endpoint, ...keys });
    if (answer?.status !== 201) {
      await made.unsubscribe();
      return say("failed", { canOn: true });
    }
    window.location.reload();
  } catch (error) {
    say("failed", { canOn: true, words: `${states.failed} (${error.name})` });
  }
}

async function stop() {
  const found = await subscription();
  if (found) {
    await post(box.dataset.unsubscribe, { endpoint: found.endpoint });
    await found.unsubscribe();
  }
  window.location.reload();
}

on?.addEventListener("click", start);
off?.addEventListener("click", stop);
tryIt?.addEventListener("click", async () => {
  tryIt.setAttribute("aria-busy", "true");
  const answer = await post(box.dataset.try, {});
  tryIt.removeAttribute("aria-busy");
  document.querySelector("#push-answer").textContent = answer ? (await answer.json()).words : states.failed;
});
if (box) look();
