// A refusal by the server: `final` means that sending the same again is no use.
class Refused extends Error {
  constructor(status, detail, retryAfter) {
    super(detail);
    this.status = status;
    this.final = status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
    this.retryAfter = retryAfter;
  }
}

// The calls to our own origin; no cookie ever goes along.
class Api {
  constructor(origin, brand) {
    this.base = origin + "/chat/" + encodeURIComponent(brand);
    this.locale = "en";
    this.market = "";
  }

  headers(session, more) {
    const all = { Accept: "application/json", "Accept-Language": this.locale, ...more };
    if (session) all.Authorization = "Bearer " + session;
    return all;
  }

  async call(path, { session, body } = {}) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 20000);
    try {
      const answer = await fetch(this.base + path, {
        method: body ? "POST" : "GET",
        mode: "cors",
        credentials: "omit",
        cache: body || session ? "no-store" : "default",
        headers: this.headers(session, body && { "Content-Type": "application/json" }),
        body: body && JSON.stringify(body),
        signal: stop.signal,
      });
      // A page that is not our JSON, with whatever status, comes from something in between: worth another try.
      const facts = await answer.json().catch(() => null);
      if (answer.ok && facts) return facts;
      if (!facts) throw new Error("no answer");
      throw new Refused(answer.status, facts.detail || "", Number(answer.headers.get("Retry-After")) || 0);
    } finally {
      clearTimeout(timer);
    }
  }

  // Who reads: what the server chooses words by.
  get reader() {
    return "?locale=" + encodeURIComponent(this.locale) + (this.market ? "&market=" + encodeURIComponent(this.market) : "");
  }

  config() {
    return this.call("/config" + this.reader);
  }

  search(session, words) {
    return this.call("/search" + this.reader, { session, body: { words } });
  }

  read(session, id) {
    return this.call("/read" + this.reader, { session, body: { id } });
  }

  suggest(words) {
    return this.call("/suggest" + this.reader, { body: { words } });
  }

  order(facts) {
    return this.call("/order" + this.reader, { body: facts });
  }

  orders(session) {
    return this.call("/orders" + this.reader, { session });
  }

  session(facts) {
    return this.call("/session", { body: facts });
  }

  send(session, message) {
    return this.call("/messages", { session, body: message });
  }

  messages(session, after) {
    return this.call("/messages?after=" + encodeURIComponent(after || ""), { session });
  }

  survey(session, facts) {
    return this.call("/survey" + this.reader, { session, body: facts });
  }

  receipts(session, facts) {
    return this.call("/receipts", { session, body: facts });
  }

  // `doing`: "typing" or "still".
  typing(session, doing) {
    return this.call("/typing", { session, body: { doing } });
  }

  transcript(session, facts) {
    return this.call("/transcript", { session, body: facts });
  }

  liveUrl(session) {
    return this.base + "/live?session=" + encodeURIComponent(session);
  }

  // XMLHttpRequest, because fetch cannot tell how much has gone up.
  upload(session, file, onProgress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("file", file, file.name || "file");
      request.open("POST", this.base + "/files");
      for (const [name, value] of Object.entries(this.headers(session))) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onerror = request.ontimeout = request.onabort = () => reject(new Error("network"));
      request.onload = () => {
        let facts = {};
        try {
          facts = JSON.parse(request.responseText);
        } catch (broken) {
          // A proxy's page instead of our answer; the status says enough.
        }
        if (request.status < 300 && facts.token) resolve(facts);
        else if (request.status < 300) reject(new Error("no answer"));
        else reject(new Refused(request.status, facts.detail || "", Number(request.getResponseHeader("Retry-After")) || 0));
      };
      request.send(form);
    });
  }
}
