// What the reader chooses with: the form, and the list of places.

const MOST_OPTIONS = 1000;
const FEW = 8;
const PAUSE = 120; // milliseconds after a letter

class Controls {
  constructor(all, places, choose) {
    this.form = byId("filters");
    this.names = new Map(places.map((place) => [place.key, place.name]));
    const placed = counted(all, (media) => (media.where ? [media.where.key] : []));
    this.offer("tag", counted(all, (media) => media.tags), (tag) => `#${tag}`);
    this.offer("place", placed, (key) => this.names.get(key) ?? key);
    this.offer("person", counted(all, (media) => media.persons), (name) => `@${name}`);
    this.offer("kind", counted(all, (media) => [media.kind]), (kind) => kind);
    for (const name of ["from", "to"]) {
      const field = this.form.elements.namedItem(name);
      field.min = all.at(-1)?.day ?? "";
      field.max = all[0]?.day ?? "";
    }
    this.listen(choose);
    this.list(placed, choose);
  }

  listen(choose) {
    let waiting = 0;
    this.form.addEventListener("input", (event) => {
      clearTimeout(waiting);
      const act = () => choose(Object.fromEntries(new FormData(this.form)));
      waiting = setTimeout(act, event.target.name === "q" ? PAUSE : 0);
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      choose(ALL);
    });
  }

  offer(name, some, shown) {
    const counts = some.filter(([value]) => value); // nothing is what "any" is chosen by
    const select = this.form.elements.namedItem(name);
    select.append(...counts.slice(0, MOST_OPTIONS).map(([value, count]) => (
      new Option(`${shown(value)} (${NUMBER.format(count)})`, value)
    )));
    select.disabled = !counts.length;
    if (counts.length > MOST_OPTIONS) {
      const rest = new Option(`and ${NUMBER.format(counts.length - MOST_OPTIONS)} more: search for them`, "");
      rest.disabled = true;
      select.append(rest);
    }
  }

  list(placed, choose) {
    byId("where").hidden = !placed.length;
    this.places = placed.slice(0, MOST_OPTIONS).map(([key, count]) => {
      const [item, button] = ["li", "button"].map((name) => document.createElement(name));
      button.type = "button";
      button.dataset.key = key;
      button.dir = "auto";
      button.textContent = `${this.names.get(key) ?? key} (${NUMBER.format(count)})`;
      button.addEventListener("click", () => {
        const isChosen = button.getAttribute("aria-pressed") === "true";
        choose({ place: isChosen ? "" : key });
      });
      item.append(button);
      return item;
    });
    const [more, isCut] = [byId("more-places"), this.places.length < placed.length];
    const showSome = (isAll) => {
      byId("places").replaceChildren(...this.places.slice(0, isAll ? undefined : FEW));
      more.textContent = isAll ? "fewer" : `${isCut ? "first" : "all"} ${NUMBER.format(this.places.length)}`;
      more.setAttribute("aria-expanded", isAll);
    };
    more.hidden = placed.length <= FEW;
    more.addEventListener("click", () => showSome(more.getAttribute("aria-expanded") !== "true"));
    showSome(false);
  }

  show(chosen) {
    for (const [name, value] of Object.entries(chosen)) {
      const field = this.form.elements.namedItem(name);
      if (field.value !== value) field.value = value;
      if (field.value !== value && field.localName === "select") {
        field.add(new Option(value, value)); // one that was too rare to be offered
        field.value = value;
      }
    }
    for (const item of this.places) {
      item.firstChild.setAttribute("aria-pressed", item.firstChild.dataset.key === chosen.place);
    }
  }
}
