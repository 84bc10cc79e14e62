// Sets the theme before the first paint, so this is a plain script in the head and not a module.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem("parley.theme");
    } catch {
      return null; // storage is switched off
    }
  };
  const current = () => stored() ?? (dark.matches ? "dark" : "light");
  const show = () => {
    const theme = current();
    root.dataset.theme = theme;
    const button = document.getElementById("theme");
    button?.setAttribute("aria-pressed", String(theme === "dark"));
  };
  root.classList.add("js");
  show();
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  addEventListener("DOMContentLoaded", () => {
    show();
    document.getElementById("theme")?.addEventListener("click", () => {
      const next = current() === "dark" ? "light" : "dark";
      try {
        if (next === (dark.matches ? "dark" : "light")) localStorage.removeItem("parley.theme");
        else localStorage.setItem("parley.theme", next);
      } catch {
        root.dataset.theme = next;
        return;
      }
      show();
    });
  });
})();
