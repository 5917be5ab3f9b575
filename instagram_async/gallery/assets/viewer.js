// One media, large, with all that is known of it.

const byId = (id) => document.getElementById(id);

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
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => {
      byId("picture").replaceChildren(); // a video goes on otherwise
      moved(null, this.at);
    });
  }

  open(items, at) {
    this.items = items;
    this.go(at);
    if (!this.dialog.open) this.dialog.showModal();
  }

  go(at) {
    if (at < 0 || at >= this.items.length) return;
    this.at = at;
    this.part = 0;
    this.show(this.items[at]);
    this.moved(this.items[at], at);
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.localName === "video") return;
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
    byId("previous").disabled = this.at === 0;
    byId("next").disabled = this.at === this.items.length - 1;
    byId("place-in-list").textContent = `${NUMBER.format(this.at + 1)} of ${NUMBER.format(this.items.length)}`;
    byId("who").replaceChildren(this.label(`@${media.user}`, "person", media.user), ` ${media.name}`);
    const facts = [
      `${media.date}, ${media.clock} UTC`, plural(media.likes, "like"), plural(media.comments, "comment"),
    ];
    byId("facts").textContent = facts.join(" \u00b7 ");
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
    const holder = byId("picture");
    const file = media.files[this.part];
    draw(holder, media.id);
    const face = makeFace(file && isMoving(file) ? "video" : "img");
    if (face.localName === "video") face.controls = true;
    else face.alt = spoken(media);
    holder.replaceChildren(face);
    showFace(holder, face, file);
    const parts = byId("parts");
    parts.hidden = media.files.length < 2;
    parts.replaceChildren(...(parts.hidden ? [] : media.files.map((_, at) => this.dot(media, at))));
  }

  dot(media, at) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `Part ${at + 1} of ${media.files.length}`);
    button.setAttribute("aria-pressed", at === this.part);
    button.addEventListener("click", () => {
      this.part = at;
      this.draw(media);
      byId("parts").children[at].focus();
    });
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
