/* Loaded before the first paint: light or dark as last chosen, else as the system says; and the
   language of the address, so that the page is never announced in the wrong one. */
(function () {
  "use strict";
  var root = document.documentElement, KEY = "pilotage-theme";
  function kept() {
    try { return localStorage.getItem(KEY); } catch (refused) { return null; }
  }
  function system() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  function set(theme) { root.dataset.theme = theme; }
  set(kept() === "dark" || kept() === "light" ? kept() : system());
  root.lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "fr";
  window.pilotageTheme = {
    turn: function () {
      var next = root.dataset.theme === "dark" ? "light" : "dark";
      set(next);
      try { localStorage.setItem(KEY, next); } catch (refused) { /* This visit only, then. */ }
    }
  };
})();
