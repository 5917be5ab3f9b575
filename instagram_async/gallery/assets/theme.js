// Dark or light: as the system has it, until the reader says otherwise.

const DARK = matchMedia("(prefers-color-scheme: dark)");

function stored(theme) {
  try { // a browser may keep nothing for pages from a disk
    if (theme) localStorage.setItem("theme", theme);
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").setAttribute("aria-pressed", theme === "dark");
}

byId("theme").addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  stored(theme);
  setTheme(theme);
});
DARK.addEventListener("change", () => setTheme(stored() ?? (DARK.matches ? "dark" : "light")));
setTheme(stored() ?? (DARK.matches ? "dark" : "light"));
