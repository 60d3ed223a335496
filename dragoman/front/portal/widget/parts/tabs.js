// All tabs of one shopper with one brand: one of them leads and holds the stream, the others hear from it.
// The tab that is looked at takes the lead; a browser without locks lets every tab lead, which costs connections only.
class Tabs {
  constructor(name) {
    this.name = name;
    this.leads = false;
    this.ears = {};
  }

  listen(ears) {
    Object.assign(this.ears, ears);
  }

  // `kind` is the name of an ear in the other tabs.
  tell(kind, facts) {
    if (this.channel) this.channel.postMessage({ kind, facts });
  }

  open() {
    const name = this.name();
    if (this.opened === name) return;
    this.leave();
    this.opened = name;
    if (!self.BroadcastChannel) return;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }) => this.ears[data.kind] && this.ears[data.kind](data.facts);
  }

  claim() {
    this.open();
    if (this.leads) return this.ears.lead();
    if (!navigator.locks || !this.channel) return this.take();
    this.request(document.visibilityState === "visible");
  }

  request(steal) {
    const name = this.opened;
    const held = () => {
      if (name !== this.opened) return undefined;
      this.take();
      return new Promise((done) => (this.release = done));
    };
    if (!steal && this.queued === name) return;
    if (!steal) this.queued = name;
    navigator.locks.request(name, steal ? { steal } : {}, held).catch(() => this.lost(name));
  }

  take() {
    this.leads = true;
    this.queued = "";
    this.ears.lead();
  }

  // Another tab is looked at now; when it goes, this one may lead again.
  lost(name) {
    if (name !== this.opened) return;
    this.leads = false;
    this.release = null;
    this.ears.follow();
    this.request(false);
  }

  leave() {
    if (this.release) this.release();
    if (this.channel) this.channel.close();
    this.release = this.channel = null;
    this.opened = this.queued = "";
    this.leads = false;
  }
}
