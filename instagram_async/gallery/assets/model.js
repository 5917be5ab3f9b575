// What the page is about: the media, newest first, and what can be chosen from them.

const DAY = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC", day: "numeric", month: "short", year: "numeric",
});
const TIME = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC", hour: "2-digit", minute: "2-digit",
});
const NUMBER = new Intl.NumberFormat("en-GB");
const MOVING = /\.(mp4|mov|webm)$/;

const byId = (id) => document.getElementById(id);
const fold = (text) => text.normalize("NFKC").toLowerCase();
const plural = (number, thing) => `${NUMBER.format(number)} ${thing}${number === 1 ? "" : "s"}`;
const isMoving = (file) => MOVING.test(file);
const dateOf = (media) => DAY.format(media.time * 1000);
const timeOf = (media) => `${dateOf(media)}, ${TIME.format(media.time * 1000)} UTC`;

// A media as it stands in the file has no key for what it has not.
function prepared(found, places) {
  const media = {
    id: "", user: "", name: "", kind: "", caption: "", tags: [], people: [], files: [], ...found,
  };
  media.day = new Date(media.time * 1000).toISOString().slice(0, 10);
  media.where = places[media.place];
  media.persons = [media.user, ...media.people];
  media.words = fold([
    media.caption,
    media.name,
    media.where?.name ?? "",
    ...media.persons.map((name) => `@${name}`),
    ...media.tags.map((tag) => `#${tag}`),
  ].join("\n"));
  return media;
}

// How often each value occurs, the most frequent first.
function counted(all, valuesOf) {
  const counts = new Map(); // no object: a tag may be called "constructor"
  for (const media of all) {
    for (const value of new Set(valuesOf(media))) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

// A colour and a place of the sun for a picture that is not there, the same each time.
function drawn(id) {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
  return { hue: hash % 360, sun: 15 + (hash >>> 9) % 70 };
}
