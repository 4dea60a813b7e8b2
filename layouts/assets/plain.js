/* Draws what layouts/plain.py sends as lists: text by textContent only. An inside that did not change
   is left alone; one that did keeps what was unfolded and where the focus was. */
(function () {
  "use strict";

  function element(made) {
    if (typeof made === "string") { return document.createTextNode(made); }
    var node = document.createElement(made[0]);
    Object.keys(made[1]).forEach(function (name) {
      var value = made[1][name];
      node.setAttribute(name, value === true ? "" : value);
    });
    for (var at = 2; at < made.length; at += 1) { node.appendChild(element(made[at])); }
    return node;
  }
  /* What a fold is called, with all that it stands under: two lines may share their words. */
  function path(details) {
    var said = [];
    for (var here = details; here; here = here.parentElement && here.parentElement.closest("details")) {
      var before = here.previousElementSibling;
      var what = here.querySelector(":scope > summary .what") || (before && before.querySelector(".what")) ||
        here.querySelector("summary");
      said.push(what.textContent);
    }
    return said.join("\u0000");
  }
  function folds(place) {
    var found = new Map();
    place.querySelectorAll("details").forEach(function (one) { found.set(path(one), one.open); });
    return found;
  }
  function handle(place) {
    var here = document.activeElement;
    if (!here || !place.contains(here)) { return null; }
    if (here.tagName === "SUMMARY") { return { fold: path(here.parentElement) }; }
    return here.href ? { href: here.href } : null;
  }
  function take(place, kept) {
    if (!kept) { return; }
    var names = kept.fold !== undefined ? "details" : "a[href]";
    var again = Array.prototype.find.call(place.querySelectorAll(names), function (one) {
      return kept.fold !== undefined ? path(one) === kept.fold : one.href === kept.href;
    });
    if (again) { (kept.fold !== undefined ? again.querySelector("summary") : again).focus({ preventScroll: true }); }
  }
  function unfold(place, open) {
    place.querySelectorAll("details").forEach(function (one) {
      var was = open.get(path(one));
      if (was !== undefined) { one.open = was; }
    });
  }
  /* What was put into an element, and from which text. One that React then gives to something else is
     emptied of what was ours. */
  var filled = new WeakMap();
  function fill(place) {
    var text = place.getAttribute("data-plain"), was = filled.get(place);
    if (was && was.text === text) { return; }
    /* What is unfolded is kept on the same page only. */
    var isSame = was && !document.querySelector("#page[aria-busy]");
    var open = isSame ? folds(place) : new Map(), kept = isSame ? handle(place) : null;
    if (was) { was.nodes.forEach(function (one) { one.remove(); }); }
    filled.delete(place);
    if (text === null) { return; }
    var nodes = JSON.parse(text).map(element);
    filled.set(place, { text: text, nodes: nodes });
    place.append.apply(place, nodes);
    unfold(place, open);
    take(place, kept);
  }
  window.pilotagePainters["data-plain"] = fill;
})();
