// Light or dark: the system's choice until somebody chooses.

/** Sets the theme; without a choice it is the kept one, else the system's. */
export function setTheme(choice = recall()) {
  const dark = choice ? choice === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

export function otherTheme() {
  const choice = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  setTheme(choice);
  try {
    localStorage.setItem("kg-theme", choice);
  } catch {
    // Storage is shut in a sandboxed frame; the choice lasts as long as the page.
  }
}

function recall() {
  try {
    return localStorage.getItem("kg-theme");
  } catch {
    return null;
  }
}
