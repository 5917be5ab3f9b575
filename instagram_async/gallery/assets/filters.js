// What was chosen, what of the media that leaves, and both as the end of the address.

const ALL = { q: "", tag: "", place: "", person: "", kind: "", from: "", to: "", sort: "newest" };

const TESTS = {
  q: (text) => {
    const words = fold(text).split(/\s+/).filter(Boolean);
    return (media) => words.every((word) => media.words.includes(word));
  },
  tag: (tag) => (media) => media.tags.includes(tag),
  place: (key) => (media) => media.where?.key === key,
  person: (name) => (media) => media.persons.includes(name),
  kind: (kind) => (media) => media.kind === kind,
  from: (day) => (media) => media.day >= day,
  to: (day) => (media) => media.day <= day,
};

const ORDERS = {
  oldest: (a, b) => a.time - b.time,
  likes: (a, b) => b.likes - a.likes,
  comments: (a, b) => b.comments - a.comments,
};

// Media that pass all tests, in the order of the file.
function matching(all, chosen) {
  const tests = Object.keys(TESTS)
    .filter((name) => chosen[name])
    .map((name) => TESTS[name](chosen[name]));
  return tests.length ? all.filter((media) => tests.every((test) => test(media))) : all;
}

function ordered(some, sort) {
  return Object.hasOwn(ORDERS, sort) ? [...some].sort(ORDERS[sort]) : some;
}

function fromHash(hash) {
  const said = new URLSearchParams(hash.slice(1));
  const chosen = { ...ALL };
  for (const name of Object.keys(ALL)) chosen[name] = said.get(name) ?? ALL[name];
  return { chosen, open: said.get("id") };
}

function toHash(chosen, open) {
  const said = Object.entries(chosen).filter(([name, value]) => value !== ALL[name]);
  if (open) said.push(["id", open]);
  return said.length ? `#${new URLSearchParams(said)}` : "#";
}
