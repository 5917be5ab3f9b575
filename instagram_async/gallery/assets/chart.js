// How many were posted in each month, or in each year if the months would be too many.

const MOST_MONTHS = 180;

class Chart {
  constructor(all, choose) {
    this.box = byId("chart");
    const days = all.map((media) => media.day);
    const [first, last] = [days.at(-1), days[0]];
    this.isYears = monthsFrom(first, last).length > MOST_MONTHS;
    this.spans = this.isYears ? yearsFrom(first, last) : monthsFrom(first, last);
    this.length = this.isYears ? 4 : 7;
    this.bars = this.spans.map((span) => this.bar(span, choose));
    this.box.replaceChildren(...this.bars);
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.bars[0].tabIndex = 0;
    byId("chart-name").textContent = `Posts per ${this.isYears ? "year" : "month"}`;
    byId("axis").replaceChildren(...[...new Set([this.spans[0], this.spans.at(-1)])].map((span) => {
      const end = document.createElement("span");
      end.textContent = span;
      return end;
    }));
  }

  bar(span, choose) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.addEventListener("click", () => {
      const isChosen = button.getAttribute("aria-pressed") === "true";
      choose(isChosen ? { from: "", to: "" } : { from: `${this.firstDay(span)}`, to: this.lastDay(span) });
    });
    return button;
  }

  firstDay(span) {
    return this.isYears ? `${span}-01-01` : `${span}-01`;
  }

  lastDay(span) {
    if (this.isYears) return `${span}-12-31`;
    const [year, month] = span.split("-").map(Number);
    const last = new Date(Date.UTC(2000, month, 0));
    last.setUTCFullYear(year, month, 0); // years before 100 are themselves
    return last.toISOString().slice(0, 10);
  }

  // Of those that pass all else that was chosen; what lies in the chosen days is marked.
  show(some, chosen) {
    const counts = new Map();
    for (const media of some) {
      const span = media.day.slice(0, this.length);
      counts.set(span, (counts.get(span) ?? 0) + 1);
    }
    const most = Math.max(1, ...counts.values());
    this.spans.forEach((span, at) => {
      const [bar, count] = [this.bars[at], counts.get(span) ?? 0];
      const [first, last] = [this.firstDay(span), this.lastDay(span)];
      bar.style.setProperty("--part", count / most);
      bar.title = `${span}: ${plural(count, "post")}`;
      bar.setAttribute("aria-label", bar.title);
      bar.setAttribute("aria-pressed", chosen.from === first && chosen.to === last);
      const isOut = (chosen.from && last < chosen.from) || (chosen.to && first > chosen.to);
      bar.classList.toggle("out", Boolean(isOut));
    });
  }

  key(event) {
    const at = this.bars.indexOf(event.target);
    const to = {
      ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: this.bars.length - 1,
    }[event.key];
    if (at < 0 || to === undefined || !this.bars[to]) return;
    event.preventDefault();
    this.bars[at].tabIndex = -1;
    this.bars[to].tabIndex = 0;
    this.bars[to].focus();
  }
}

function yearsFrom(first, last) {
  const years = [];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
    years.push(String(year).padStart(4, "0"));
  }
  return years;
}

function monthsFrom(first, last) {
  const [from, to] = [first.slice(0, 7), last.slice(0, 7)];
  return yearsFrom(first, last)
    .flatMap((year) => Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}`))
    .filter((month) => month >= from && month <= to);
}
