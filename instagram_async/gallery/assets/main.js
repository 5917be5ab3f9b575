// Puts the page together: whatever is chosen goes through `choose`, and is shown from there.

const data = JSON.parse(byId("data").textContent);
const all = data.media.map((found) => prepared(found, data.places));
const isAlone = new Set(all.map((media) => media.user)).size === 1;
let { chosen, open } = fromHash(location.hash);
let shown = [];

const grid = new Grid(byId("grid"), enter);
const viewer = new Viewer(choose, moved);
const chart = new Chart(all, choose);
const controls = new Controls(all, data.places, choose);
const address = new Address(gone);

function choose(changes) {
  chosen = { ...chosen, ...changes };
  show();
  address.write(toHash(chosen, open));
}

function show() {
  const { from, to, ...rest } = chosen;
  const ofAllDays = matching(all, rest);
  shown = ordered(matching(ofAllDays, { from, to }), chosen.sort);
  grid.show(shown, isAlone);
  chart.show(ofAllDays, chosen);
  controls.show(chosen);
  const isPart = shown.length < all.length;
  byId("status").textContent = isPart
    ? `${NUMBER.format(shown.length)} of ${NUMBER.format(all.length)} media`
    : `${NUMBER.format(all.length)} media`;
  byId("show-all").hidden = !isPart;
}

// A media that was picked is a step of the browser's, which its button takes back.
function enter(at) {
  address.enter(toHash(chosen, shown[at].id));
  viewer.open(shown, at);
}

function moved(media, at) {
  open = media?.id ?? null;
  if (media) address.writeLater(() => toHash(chosen, open));
  else {
    address.leave(toHash(chosen, open));
    grid.focus(at);
  }
}

function openAsked() {
  const at = open ? shown.findIndex((media) => media.id === open) : -1;
  if (at >= 0) viewer.open(shown, at);
  else viewer.close();
}

// The reader went to another address, or back: whether that shows anything else.
function gone() {
  const [before, shownBefore] = [toHash(chosen, null), open];
  ({ chosen, open } = fromHash(location.hash));
  const isOther = toHash(chosen, null) !== before;
  if (isOther) show();
  openAsked();
  return isOther || open !== shownBefore;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const isTyping = event.target.matches?.("input, select");
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    byId("panel").open = true;
    byId("filters").elements.namedItem("q").focus();
  } else if (event.key === "?" && !isTyping) {
    byId("help").showModal();
  } else if (event.key === "Escape" && event.target.name === "q") {
    choose({ q: "" });
  } else if (event.target === document.body && event.key.startsWith("Arrow")) {
    event.preventDefault();
    grid.focus(grid.current);
  }
});

byId("show-all").addEventListener("click", () => choose({ ...ALL, sort: chosen.sort }));
byId("help-button").addEventListener("click", () => byId("help").showModal());

// On paper there are all that were chosen, and no matter what is in sight.
addEventListener("beforeprint", () => {
  const sheet = document.createElement("ul");
  sheet.id = "sheet";
  sheet.append(...shown.map((media) => {
    const item = makeCard();
    const files = media.files.filter((file) => !isMoving(file)); // there is no time for its picture
    fillCard(item, { ...media, files }, isAlone);
    return item;
  }));
  byId("grid").after(sheet);
});
addEventListener("afterprint", () => byId("sheet")?.remove());

byId("summary").textContent = [
  `${NUMBER.format(all.length)} media`,
  `${dateOf(all.at(-1))} to ${dateOf(all[0])}`,
  plural(all.reduce((sum, media) => sum + media.likes, 0), "like"),
].join(" \u00b7 ");
if (matchMedia("(max-width: 60rem)").matches) byId("panel").open = false;
show();
openAsked();
