// A grid of any number of media, of which only those in sight have cards in the page.

class Grid {
  constructor(list, open) {
    this.list = list;
    this.items = [];
    this.cards = new Map(); // by the number of the media
    this.current = 0; // where Tab comes to
    this.layout = { columns: 1, row: 1 };
    this.waits = false;
    this.isAlone = false;
    addEventListener("scroll", () => this.later(), { passive: true });
    addEventListener("resize", () => this.arrange()); // a higher window has more cards
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
    const [first, before] = [this.firstInSight(), this.layout];
    const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = this.list.parentNode.clientWidth;
    this.layout = laidOut(this.items.length, width, innerHeight, letter);
    this.list.style.height = `${Math.max(0, this.layout.high - GAP)}px`;
    const isMoved = this.layout.columns !== before.columns || this.layout.row !== before.row;
    if (isMoved && first > 0) scrollTo(0, this.topOf(first));
    this.render();
  }

  topOf(at) {
    return this.list.offsetTop + Math.floor(at / this.layout.columns) * this.layout.row;
  }

  firstInSight() {
    const { columns, row } = this.layout;
    return Math.floor(Math.max(0, scrollY - this.list.offsetTop) / row) * columns;
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
    const { columns, row } = this.layout;
    const inSight = this.firstInSight();
    const first = Math.max(0, inSight - BEYOND * columns);
    const bottom = scrollY - this.list.offsetTop + innerHeight;
    const rows = Math.max(1, Math.floor(bottom / row) + 1 + BEYOND); // one for Tab at least
    const end = Math.min(this.items.length, rows * columns);
    const free = [];
    for (const [at, item] of this.cards) {
      const isUsed = item.contains(document.activeElement); // or the focus would be lost
      if ((at < first || at >= end) && !isUsed) {
        this.cards.delete(at);
        free.push(item);
      }
    }
    for (let at = end - 1; at >= first; at -= 1) {
      if (!this.cards.has(at)) this.put(at, free.pop() ?? makeCard());
      this.place(at);
    }
    for (const item of free) item.remove();
    if (!this.cards.has(this.current)) this.stop(Math.min(inSight, this.items.length - 1));
  }

  put(at, item) {
    fillCard(item, this.items[at], this.isAlone);
    item.dataset.at = at;
    item.setAttribute("aria-posinset", at + 1);
    item.setAttribute("aria-setsize", this.items.length);
    item.firstChild.tabIndex = at === this.current ? 0 : -1;
    // In the order in which they are seen, for who hears them.
    this.list.insertBefore(item, this.cards.get(at + 1) ?? null);
    this.cards.set(at, item);
  }

  place(at) {
    const { columns, card, row } = this.layout;
    const [left, top] = [(at % columns) * (card + GAP), Math.floor(at / columns) * row];
    const style = this.cards.get(at).style;
    style.width = `${card}px`;
    style.transform = `translate(${left}px, ${top}px)`;
  }

  // Have Tab come to a card.
  stop(at) {
    this.cards.get(this.current)?.firstChild.setAttribute("tabindex", -1);
    this.current = at;
    this.cards.get(at)?.firstChild.setAttribute("tabindex", 0);
  }

  // Bring a card into sight, and give it the focus.
  focus(wanted) {
    if (!this.items.length) return;
    const at = Math.min(Math.max(0, wanted), this.items.length - 1);
    const [top, bottom] = [this.topOf(at), this.topOf(at) + this.layout.row];
    if (top < scrollY) scrollTo(0, top - GAP);
    else if (bottom > scrollY + innerHeight) scrollTo(0, Math.min(top - GAP, bottom - innerHeight));
    this.render();
    this.stop(at);
    this.cards.get(at).firstChild.focus({ preventScroll: true });
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { columns, row } = this.layout;
    const page = columns * Math.max(1, Math.floor(innerHeight / row));
    const steps = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns,
      PageUp: -page, PageDown: page, Home: -Infinity, End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = Number(event.target.closest("li").dataset.at);
    const isOutside = Number.isFinite(step) && Math.abs(step) === columns
      && (at + step < 0 || at + step >= this.items.length);
    this.focus(isOutside ? at : at + step);
  }
}
