// English, for the case that the server cannot be asked; every other word comes with the configuration.
const FALLBACK = {
  title: "{brand} support",
  open: "Open chat",
  minimise: "Minimise chat",
  log: "Messages",
  message: "Message",
  placeholder: "Write a message",
  send: "Send",
  attach: "Attach files",
  language: "Language",
  welcome: "Hello! How can we help?",
  welcome_more: "Write in your own language.",
  on_duty: "We are here now",
  off_duty: "Nobody is on duty right now",
  back_at: "A person answers from {time}",
  leave: "Leave a message and we will answer as soon as we are back.",
  email: "Your e-mail address",
  email_hint: "In case you leave before we answer. Otherwise you find the answer here.",
  email_bad: "This is not a whole e-mail address.",
  stored: "We have your message.",
  sending: "Sending",
  sent: "Sent",
  failed: "Not sent",
  retry: "Try again",
  offline: "No connection. Your messages go out when it is back.",
  uploading: "Uploading, {percent}",
  too_large: "{name} is larger than {limit}.",
  refused_kind: "{name}: files of this kind cannot be sent.",
  too_many: "At most {count} files go with one message.",
  too_long: "At most {count} characters go into one message.",
  remove: "Remove {name}",
  download: "Download {name}",
  drop: "Drop files to attach them",
  machine: "Machine translated",
  show_original: "Show original",
  hide_original: "Hide original",
  unread: "Unread messages: {count}",
  translated_note: "Messages may be translated automatically",
  loading: "Loading your messages",
  connecting: "Connecting",
  more: "More",
  sound: "Sound at an answer",
  copy: "Send me a copy by e-mail",
  closed: "This conversation is closed. Write to open it again.",
  emoji: "Emoji",
  ask_name: "Your name",
  ask_order: "Order number",
  ask_optional: "{label} (optional)",
  ask_need: "{label}: please fill this in.",
  consent: "I agree that what I write is kept to answer me.",
  consent_need: "Please agree first.",
  privacy: "Privacy policy",
  copy_to: "Where should the copy go?",
  copy_send: "Send the copy",
  cancel: "Cancel",
  copy_sent: "A copy is on its way to {email}.",
  copy_confirm: "A mail is on its way to {email}. Confirm your address there, then the copy comes.",
  read: "Read",
  typing: "{name} is typing",
  newer: "New messages",
};

const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/i;

// Puts values into "{slots}"; a slot without a value stays visible, so that a fault is seen.
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (slot, name) => (name in values ? String(values[name]) : slot));
}

function directionOf(locale) {
  return RIGHT_TO_LEFT.test(locale) ? "rtl" : "ltr";
}

// Formats for the reader; a locale that the browser does not know falls back to its own.
function inLocale(locale, make) {
  try {
    return make(locale);
  } catch (unknown) {
    return make(undefined);
  }
}

function clock(locale, moment) {
  return inLocale(locale, (tag) => new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" }).format(moment));
}

function dayAndClock(locale, moment) {
  const style = { weekday: "long", hour: "numeric", minute: "2-digit" };
  if (moment - Date.now() > 6 * 86400e3) Object.assign(style, { day: "numeric", month: "long" });
  return inLocale(locale, (tag) => new Intl.DateTimeFormat(tag, style).format(moment));
}

function percent(locale, share) {
  return inLocale(locale, (tag) => new Intl.NumberFormat(tag, { style: "percent" }).format(share));
}

function bytes(locale, size) {
  const [value, unit] = size < 1048576 ? [size / 1024, "kilobyte"] : [size / 1048576, "megabyte"];
  const style = { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 };
  return inLocale(locale, (tag) => new Intl.NumberFormat(tag, style).format(value));
}
