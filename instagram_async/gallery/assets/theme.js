// Dark or light: as the system has it, until the reader says otherwise.

const DARK = matchMedia("(prefers-color-scheme: dark)");
const KEPT = "instagram-async-theme"; // beside what other pages from a disk keep

function theme(chosen) {
  try { // a browser may keep nothing for pages from a disk
    if (chosen) localStorage.setItem(KEPT, chosen);
    const kept = localStorage.getItem(KEPT);
    if (["dark", "light"].includes(kept)) return kept;
  } catch {
    if (chosen) return chosen;
  }
  return DARK.matches ? "dark" : "light";
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  byId("theme").setAttribute("aria-pressed", name === "dark");
}

byId("theme").addEventListener("click", () => {
  setTheme(theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
});
DARK.addEventListener("change", () => setTheme(theme()));
setTheme(theme());
