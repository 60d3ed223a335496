// The console's behaviours, one file each. Without this file the pages still work: links, forms, Preview, Send.
import "./menus.js";
import "./toasts.js";
import "./list.js";
import "./density.js";
import "./picking.js";
import "./search.js";
import "./thread.js";
import "./previews.js";
import "./composer.js";
import "./elbow.js";
import "./caret.js";
import "./terms.js";
import "./keys.js";
import "./palette.js";
import "./live.js";
import "./messages.js";
import "./viewer.js";
import "./mentions.js";
import "./notifications.js";
import "./presence.js";

document.documentElement.classList.add("scripted");
