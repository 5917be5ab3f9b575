// How many cards stand side by side, and how large they are.

const LEAST = 210; // pixels that a card is wide; this and the next for letters of 16 pixels
const TEXT = 88; // of the lines below a picture
const GAP = 14;
const BEYOND = 1; // rows above and below those in sight
const MOST_NODES = 480;
const MOST_HIGH = 10_000_000; // pixels; some browsers show nothing further down

// For so many media, in a room of this width, seen through a window of this height.
function laidOut(count, width, height, letter) {
  const scale = letter / 16;
  const of = (columns) => {
    const card = Math.floor((width - GAP * (columns - 1)) / columns);
    const row = card + Math.ceil(TEXT * scale) + GAP;
    const nodes = (Math.ceil(height / row) + 1 + 2 * BEYOND) * columns * NODES;
    return { columns, card, row, nodes, high: Math.ceil(count / columns) * row };
  };
  let found = of(Math.max(1, Math.floor((width + GAP) / (LEAST * scale + GAP))));
  while (found.columns > 1 && found.nodes > MOST_NODES) found = of(found.columns - 1);
  while (found.high > MOST_HIGH) found = of(found.columns + 1);
  return found;
}
