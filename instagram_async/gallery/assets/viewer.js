// One media, large, with all that is known of it.

class Viewer {
  constructor(choose, moved) {
    this.dialog = byId("viewer");
    this.choose = choose;
    this.moved = moved;
    this.items = [];
    this.at = 0;
    this.part = 0;
    byId("previous").addEventListener("click", () => this.go(this.at - 1));
    byId("next").addEventListener("click", () => this.go(this.at + 1));
    byId("close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close(); // beside it
    });
    // Of the page, as what had the focus may be gone.
    addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => {
      if (this.dialog.open) return; // again, meanwhile
      byId("picture").replaceChildren(); // a video goes on otherwise
      moved(null, this.at);
    });
  }

  open(items, at) {
    this.items = items;
    this.go(at);
    if (!this.dialog.open) this.dialog.showModal();
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  go(at) {
    if (at < 0 || at >= this.items.length) return;
    this.at = at;
    this.part = 0;
    this.show(this.items[at]);
    if (this.dialog.open && !this.dialog.contains(document.activeElement)) byId("next").focus();
    this.moved(this.items[at], at);
  }

  key(event) {
    if (!this.dialog.open || event.target.localName === "video") return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const acts = {
      ArrowLeft: () => this.go(this.at - 1),
      ArrowRight: () => this.go(this.at + 1),
      Home: () => this.go(0),
      End: () => this.go(this.items.length - 1),
      ",": () => this.turn(-1),
      ".": () => this.turn(1),
    };
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  }

  show(media) {
    // None of them is disabled, or the focus would be lost at an end.
    byId("previous").setAttribute("aria-disabled", this.at === 0);
    byId("next").setAttribute("aria-disabled", this.at === this.items.length - 1);
    byId("place-in-list").textContent = `${NUMBER.format(this.at + 1)} of ${NUMBER.format(this.items.length)}`;
    const who = media.user ? [this.label(`@${media.user}`, "person", media.user)] : [];
    byId("who").replaceChildren(...who, ` ${media.name}`);
    byId("facts").textContent = [
      timeOf(media), plural(media.likes, "like"), plural(media.comments, "comment"),
    ].join(" \u00b7 ");
    byId("caption").textContent = media.caption;
    byId("labels").replaceChildren(
      ...(media.where ? [this.label(media.where.name, "place", media.where.key)] : []),
      ...media.tags.map((tag) => this.label(`#${tag}`, "tag", tag)),
      ...media.people.map((name) => this.label(`@${name}`, "person", name)),
    );
    this.link(media.link);
    this.draw(media);
  }

  // A button that shows what else has this label.
  label(text, name, value) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "label";
    button.dir = "auto";
    button.textContent = text;
    button.addEventListener("click", () => {
      this.at = 0; // of what is shown then
      this.dialog.close();
      this.choose({ ...ALL, [name]: value });
    });
    return button;
  }

  link(address) {
    const link = document.createElement("a");
    if (address) {
      link.href = address;
      link.rel = "noopener noreferrer";
      link.textContent = address;
    }
    byId("link").replaceChildren(...(address ? [link] : []));
  }

  draw(media) {
    const [holder, parts] = [byId("picture"), byId("parts")];
    const file = media.files[this.part];
    const face = makeFace(file);
    if (face.localName === "video") Object.assign(face, { controls: true, muted: false });
    else face.alt = spoken(media);
    draw(holder, media.id);
    holder.classList.toggle("pictured", Boolean(file));
    holder.replaceChildren(face);
    const isFocused = parts.contains(document.activeElement);
    parts.hidden = media.files.length < 2;
    parts.replaceChildren(...(parts.hidden ? [] : media.files.map((_, at) => this.dot(media, at))));
    if (isFocused) parts.children[this.part]?.focus();
  }

  dot(media, at) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `Part ${at + 1} of ${media.files.length}`);
    button.setAttribute("aria-pressed", at === this.part);
    button.addEventListener("click", () => this.turn(at - this.part));
    return button;
  }

  turn(step) {
    const media = this.items[this.at];
    const part = this.part + step;
    if (part < 0 || part >= media.files.length) return;
    this.part = part;
    this.draw(media);
  }
}
