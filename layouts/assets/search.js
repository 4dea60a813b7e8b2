/* Opens the search (« / » or its button), asks as one types, and walks through the answer with the
   arrows. Focus really moves from the field to the results and back: a reader hears where it is.
   Answers are drawn by callbacks/search.py; the address of each is followed by shell.js. */
(function () {
  "use strict";
  var PAUSE_MS = 60, waiting = null, sent = 0;

  function sheet() { return document.getElementById("search"); }
  function field() {
    var place = sheet().querySelector("[data-search]"), input = place.firstChild;
    if (!input) {
      input = document.createElement("input");
      input.type = "search";
      input.maxLength = 120;
      input.autocomplete = "off";
      input.spellcheck = false;
      input.setAttribute("enterkeyhint", "go");
      place.appendChild(input);
    }
    input.setAttribute("aria-label", place.dataset.search);
    input.placeholder = place.dataset.hint;
    return input;
  }
  function results() { return Array.prototype.slice.call(sheet().querySelectorAll(".found a[href]")); }
  function open() {
    if (!sheet() || document.querySelector("dialog[open]")) { return; }
    sheet().showModal();
    field().focus();
    field().select();
    if (field().value) { ask(); }
  }
  function ask() {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      sent += 1;
      window.dash_clientside.set_props("search-asked", { data: { text: field().value, sent: sent } });
    }, PAUSE_MS);
  }
  function walk(event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key], found = results();
    var at = found.indexOf(document.activeElement), isInField = document.activeElement === field();
    if (step && found.length && (isInField || at >= 0)) {
      event.preventDefault();
      (found[at + step] || (at + step < 0 ? field() : found[at])).focus();
    } else if (event.key === "Escape") {
      /* A search field would only empty itself. */
      event.preventDefault();
      sheet().close();
    } else if (event.key === "Home" && at > 0) {
      event.preventDefault();
      found[0].focus();
    } else if (event.key === "End" && at >= 0) {
      event.preventDefault();
      found[found.length - 1].focus();
    } else if (event.key === "Enter" && isInField && found.length && !event.isComposing) {
      event.preventDefault();
      found[0].click();
    } else if (at >= 0 && (event.key.length === 1 || event.key === "Backspace") &&
        event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      /* Typing goes on in the field, wherever one is in the answer. */
      field().focus();
    }
  }
  document.addEventListener("input", function (event) {
    if (sheet() && sheet().contains(event.target)) { ask(); }
  });
  document.addEventListener("keydown", function (event) {
    if (sheet() && sheet().open && sheet().contains(event.target)) { walk(event); }
  });
  document.addEventListener("click", function (event) {
    var target = event.target, button = target.closest && target.closest("[data-action]");
    var dialog = target.closest && target.closest("dialog[open]");
    if (button && button.dataset.action === "search") { open(); }
    if (dialog && (target === dialog || (button && button.dataset.action === "close"))) { dialog.close(); }
    if (dialog && dialog === sheet() && target.closest("a[href]") && !event.ctrlKey && !event.metaKey) {
      dialog.close();
      field().value = "";
    }
  }, true);
  window.pilotageSearch = { open: open };
})();
