// A grid of any number of media, of which only those in sight have cards in the page.

const LEAST = 210; // pixels that a card is wide
const GAP = 14;
const TEXT = 88; // pixels of the lines below a picture
const BEYOND = 1; // rows above and below those in sight
const MOST_NODES = 480;

class Grid {
  constructor(list, open) {
    this.list = list;
    this.items = [];
    this.cards = new Map(); // by the number of the media
    this.current = 0;
    this.columns = 1;
    this.waits = false;
    this.isAlone = false;
    addEventListener("scroll", () => this.later(), { passive: true });
    addEventListener("resize", () => this.later());
    new ResizeObserver(() => this.arrange()).observe(list.parentNode);
    list.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (item) open(Number(item.dataset.at));
    });
    list.addEventListener("keydown", (event) => this.key(event));
  }

  show(items, isAlone) {
    this.items = items;
    this.isAlone = isAlone;
    this.current = 0;
    for (const item of this.cards.values()) item.remove();
    this.cards.clear();
    if (scrollY > this.list.offsetTop) scrollTo(0, this.list.offsetTop - GAP);
    this.arrange();
  }

  arrange() {
    const width = this.list.parentNode.clientWidth;
    let columns = Math.max(1, Math.floor((width + GAP) / (LEAST + GAP)));
    while (columns > 1 && this.nodes(width, columns) > MOST_NODES) columns -= 1;
    const top = this.list.offsetTop;
    const first = Math.floor(Math.max(0, scrollY - top) / this.rowHeight) * this.columns;
    const isMoved = this.columns !== columns && first > 0;
    this.columns = columns;
    this.width = this.widthOf(width, columns);
    this.rowHeight = this.width + TEXT + GAP;
    const rows = Math.ceil(this.items.length / columns);
    this.list.style.height = `${Math.max(0, rows * this.rowHeight - GAP)}px`;
    if (isMoved) scrollTo(0, top + Math.floor(first / columns) * this.rowHeight);
    this.render();
  }

  widthOf(width, columns) {
    return Math.floor((width - GAP * (columns - 1)) / columns);
  }

  nodes(width, columns) {
    const height = this.widthOf(width, columns) + TEXT + GAP;
    return (Math.ceil(innerHeight / height) + 1 + 2 * BEYOND) * columns * NODES;
  }

  later() {
    if (this.waits) return;
    this.waits = true;
    requestAnimationFrame(() => {
      this.waits = false;
      this.render();
    });
  }

  render() {
    const top = scrollY - this.list.offsetTop;
    const first = Math.max(0, Math.floor(top / this.rowHeight) - BEYOND) * this.columns;
    const rows = Math.floor((top + innerHeight) / this.rowHeight) + 1 + BEYOND;
    const end = Math.min(this.items.length, rows * this.columns);
    const free = [];
    for (const [at, item] of this.cards) {
      const isUsed = item.contains(document.activeElement); // or the focus would be lost
      if ((at < first || at >= end) && !isUsed) {
        this.cards.delete(at);
        free.push(item);
      }
    }
    for (let at = first; at < end; at += 1) {
      if (!this.cards.has(at)) this.put(at, free.pop() ?? makeCard());
      else this.place(at);
    }
    for (const item of free) item.remove();
  }

  put(at, item) {
    fillCard(item, this.items[at], this.isAlone);
    item.dataset.at = at;
    item.setAttribute("aria-posinset", at + 1);
    item.setAttribute("aria-setsize", this.items.length);
    item.firstChild.tabIndex = at === this.current ? 0 : -1;
    this.cards.set(at, item);
    this.place(at);
    if (!item.isConnected) this.list.append(item);
  }

  place(at) {
    const style = this.cards.get(at).style;
    const column = at % this.columns;
    const row = Math.floor(at / this.columns);
    style.width = `${this.width}px`;
    style.transform = `translate(${column * (this.width + GAP)}px, ${row * this.rowHeight}px)`;
  }

  // Bring a card into sight, and give it the focus.
  focus(wanted) {
    if (!this.items.length) return;
    const at = Math.min(Math.max(0, wanted), this.items.length - 1);
    this.cards.get(this.current)?.firstChild.setAttribute("tabindex", -1);
    this.current = at;
    const top = this.list.offsetTop + Math.floor(at / this.columns) * this.rowHeight;
    if (top < scrollY) scrollTo(0, top - GAP);
    else if (top + this.rowHeight > scrollY + innerHeight) {
      scrollTo(0, top + this.rowHeight - innerHeight);
    }
    this.render();
    const button = this.cards.get(at).firstChild;
    button.tabIndex = 0;
    button.focus({ preventScroll: true });
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = this.columns * Math.max(1, Math.floor(innerHeight / this.rowHeight));
    const steps = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns,
      PageUp: -page, PageDown: page, Home: -Infinity, End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = Number(event.target.closest("li").dataset.at);
    const isOutside = Number.isFinite(step) && Math.abs(step) === this.columns
      && (at + step < 0 || at + step >= this.items.length);
    this.focus(isOutside ? at : at + step);
  }
}
