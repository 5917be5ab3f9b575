// The end of the address. It says what is shown; a media that was picked is a step of its own,
// which the browser takes back.

const [ENTERED, LEFT] = ["entered", "left"]; // a step with the media open, and closed again
const HELD = 300; // milliseconds; browsers refuse an address that changes as often as a held key

class Address {
  constructor(gone) {
    this.waiting = 0;
    this.state = history.state;
    addEventListener("popstate", () => {
      const before = this.state;
      this.state = history.state;
      const isStep = gone(); // what was closed already is none
      if (!isStep && before === LEFT && !history.state) history.back();
    });
  }

  write(hash, state = null) {
    clearTimeout(this.waiting);
    this.state = state;
    history.replaceState(state, "", hash);
  }

  writeLater(hashOf) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.write(hashOf(), history.state), HELD);
  }

  enter(hash) {
    if (!this.state) history.pushState(ENTERED, "", hash);
    this.write(hash, ENTERED);
  }

  leave(hash) {
    this.write(hash, history.state === ENTERED ? LEFT : null);
  }
}
