// The cards of the grid. They are filled again and again, so a card is a few nodes and no more.

const NODES = 9; // of a card, texts included

function makeCard() {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "card";
  button.append(makeFace(), ...["caption", "facts", "place"].map((name) => {
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
  const [likes, comments] = [media.likes, media.comments].map((number) => NUMBER.format(number));
  const who = media.user && !isAlone ? [`@${media.user}`] : [];
  const texts = [
    media.caption.slice(0, 200),
    `${dateOf(media)} \u00b7 \u2665 ${likes} \u00b7 \u{1f5e8}\ufe0e ${comments}`,
    [...who, ...(media.where ? [media.where.name] : [])].join(" \u00b7 "),
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
    dateOf(media),
    plural(media.likes, "like"),
    plural(media.comments, "comment"),
    ...(media.where ? [media.where.name] : []),
  ];
  return `${facts.join(", ")}${media.caption ? `: ${media.caption.slice(0, 120)}` : ""}`;
}

function makeFace(file) {
  const isVideo = Boolean(file) && isMoving(file);
  const face = document.createElement(isVideo ? "video" : "img");
  face.className = "face";
  if (isVideo) {
    face.muted = true;
    face.preload = "metadata"; // its first picture
  } else {
    face.alt = "";
    face.decoding = "async";
  }
  // What a browser can't show is drawn.
  face.addEventListener("error", () => face.parentNode?.classList.remove("pictured"));
  if (file) face.setAttribute("src", file);
  return face;
}

function showFace(holder, face, file) {
  holder.classList.toggle("pictured", Boolean(file));
  if (face.getAttribute("src") === (file ?? null)) return;
  face.removeAttribute("src"); // what is not there yet need not come
  face.replaceWith(makeFace(file)); // or it would go on showing what it has
}

function draw(holder, id) {
  const { hue, sun } = drawn(id);
  holder.style.setProperty("--hue", hue);
  holder.style.setProperty("--sun", `${sun}%`);
}
