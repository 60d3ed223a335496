// Two soft notes for an answer. Silent until the shopper turns it on: that click is also what browsers ask for.
class Sound {
  constructor(store) {
    this.store = store;
  }

  get isOn() {
    return this.store.get("sound") === true;
  }

  toggle() {
    this.store.set("sound", !this.isOn);
    if (this.isOn) this.play();
  }

  play() {
    const Context = self.AudioContext || self.webkitAudioContext;
    if (!this.isOn || !Context) return;
    this.context = this.context || new Context();
    this.context.resume().catch(() => {});
    [660, 880].forEach((pitch, place) => this.note(pitch, this.context.currentTime + place * 0.12));
  }

  note(pitch, at) {
    const [tone, loudness] = [this.context.createOscillator(), this.context.createGain()];
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.08, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
    tone.connect(loudness).connect(this.context.destination);
    tone.start(at);
    tone.stop(at + 0.32);
  }
}
