// The cards of the grid. They are filled again and again, so a card is a few nodes and no more.

const NODES = 9; // of a card, texts included

function makeCard() {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "card";
  button.append(makeFace("img"), ...["caption", "facts", "place"].map((name) => {
    const line = document.createElement("span");
    line.className = name;
    line.dir = "auto";
    line.append("");
    return line;
  }));
  item.append(button);
  return item;
}

function fillCard(item, media, isAlone) {
  const button = item.firstChild;
  const [face, ...lines] = button.children;
  const who = isAlone ? "" : `@${media.user} \u00b7 `;
  const texts = [
    media.caption.slice(0, 200),
    `${who}${media.date} \u00b7 \u2665 ${NUMBER.format(media.likes)} \u00b7 \u{1f5e8}\ufe0e ${NUMBER.format(media.comments)}`,
    media.where?.name ?? "",
  ];
  lines.forEach((line, at) => { line.firstChild.data = texts[at]; });
  button.dataset.kind = media.kind;
  button.setAttribute("aria-label", spoken(media));
  draw(button, media.id);
  showFace(button, face, media.files[0]);
}

function spoken(media) {
  const facts = [
    `${media.kind} by ${media.user}`,
    media.date,
    plural(media.likes, "like"),
    plural(media.comments, "comment"),
  ];
  return `${facts.join(", ")}${media.caption ? `: ${media.caption.slice(0, 120)}` : ""}`;
}

function makeFace(kind) {
  const face = document.createElement(kind);
  face.className = "face";
  if (kind === "video") {
    face.muted = true;
    face.preload = "metadata"; // its first picture
  } else {
    face.alt = "";
    face.decoding = "async";
  }
  // What a browser can't show is drawn.
  face.addEventListener("error", () => face.parentNode?.classList.remove("pictured"));
  return face;
}

function showFace(holder, face, file) {
  holder.classList.toggle("pictured", Boolean(file));
  if (!file) {
    face.removeAttribute("src");
    return;
  }
  const kind = isMoving(file) ? "video" : "img";
  let shown = face;
  if (face.localName !== kind) {
    shown = makeFace(kind);
    face.replaceWith(shown);
  }
  if (shown.getAttribute("src") !== file) shown.setAttribute("src", file);
}

function draw(holder, id) {
  const { hue, sun } = drawn(id);
  holder.style.setProperty("--hue", hue);
  holder.style.setProperty("--sun", `${sun}%`);
}
