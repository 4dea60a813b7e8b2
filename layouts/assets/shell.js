/* Follows links without a reload, carries focus and title from page to page, and keeps the reader's
   choice of light or dark. What it does concerns this browser alone. */
(function () {
  "use strict";
  function main() { return document.getElementById("page"); }
  function isOurs(link, event) {
    return link && link.origin === location.origin && !link.target && !link.hasAttribute("download") &&
      !event.defaultPrevented && event.button === 0 &&
      !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) &&
      !/^\/(api|assets|fichiers)\//.test(link.pathname) && !link.hasAttribute("data-reload");
  }
  function follow(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!isOurs(link, event)) { return; }
    if (link.pathname === location.pathname && link.search === location.search) {
      if (link.hash === "#page") { event.preventDefault(); main().focus(); }
      return;
    }
    event.preventDefault();
    go(link);
  }
  /* To another page of the house: ``place`` is a link or a URL. */
  function go(place) {
    history.pushState({}, "", place.href);
    main().setAttribute("aria-busy", "true");
    main().dataset.place = "";
    main().dataset.arriving = place.hash || "top";
    unfolded.clear();
    last = null;
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }
  function arrive() {
    var page = main(), where = page.dataset.arriving;
    page.removeAttribute("aria-busy");
    /* The mark that this address is on screen: whoever measures or tests a page waits for it. */
    page.dataset.drawn = location.pathname + location.search;
    if (!where) { return; }
    delete page.dataset.arriving;
    var place = where === "top" ? null : document.getElementById(decodeURIComponent(where.slice(1)));
    if (place) { place.scrollIntoView(); return; }
    window.scrollTo(0, 0);
    var title = page.querySelector("h1");
    if (title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
  }
  function shown(said) {
    if (!said) { return window.dash_clientside.no_update; }
    document.title = said.title;
    document.documentElement.lang = said.lang;
    main().dataset.place = said.place || "";
    if (said.path && said.path !== location.pathname + location.search) {
      history.replaceState({}, "", said.path + location.hash);
    }
    /* After the paint of what React has just put in. */
    requestAnimationFrame(function () { requestAnimationFrame(arrive); });
    document.dispatchEvent(new CustomEvent("pilotage:shown"));
    return said.title;
  }
  /* A part drawn again in place loses the focus and what was unfolded: both are given back. */
  var last = null, unfolded = new Set();
  function name(details) { return details.querySelector("summary").textContent; }
  function mend() {
    document.querySelectorAll("#page details.more:not([open])").forEach(function (details) {
      if (unfolded.has(name(details))) { details.open = true; }
    });
    if (!last || document.contains(last) || document.activeElement !== document.body) { return; }
    var again = last.href && Array.prototype.find.call(main().querySelectorAll("a[href]"), function (link) {
      return link.href === last.href && link.className === last.className;
    });
    last = null;
    if (again) { again.focus({ preventScroll: true }); }
  }
  document.addEventListener("focusin", function (event) { last = event.target; });
  document.addEventListener("toggle", function (event) {
    if (!event.target.classList.contains("more") || !document.contains(event.target)) { return; }
    unfolded[event.target.open ? "add" : "delete"](name(event.target));
  }, true);
  new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-action]");
    if (button && button.dataset.action === "theme") { window.pilotageTheme.turn(); }
    closeMenus(event.target.closest && event.target.closest("details.menu"));
    follow(event);
  });
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) { closeMenus(null); menu.querySelector("summary").focus(); }
  });
  window.addEventListener("popstate", function () {
    if (main()) { main().setAttribute("aria-busy", "true"); }
  });
  window.pilotageShell = { go: go };
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.shell = { shown: shown };
})();
