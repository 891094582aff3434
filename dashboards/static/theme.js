// Light or dark: the reader's choice if there is one, else the system's. Runs before the first paint.
(() => {
  const KEY = "ilrs-theme";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      const value = localStorage.getItem(KEY);
      return value === "dark" || value === "light" ? value : null;
    } catch {
      return null;
    }
  }

  function apply() {
    const theme = chosen() ?? (system.matches ? "dark" : "light");
    if (root.dataset.theme !== theme) root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-ilrs-theme]")) {
      button.textContent = theme === "dark" ? "☀ Light" : "☾ Dark";
      button.title = theme === "dark" ? "Show this page on a light background" : "Show this page on a dark background";
    }
  }

  function toggle() {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // without storage the choice lasts as long as the page
    }
    root.dataset.theme = next;
    apply();
  }

  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-ilrs-theme]")) toggle();
  });
})();
