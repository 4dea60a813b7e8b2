/* Draws the parts that layouts/plain.py sends as lists: text by textContent only. A part that did
   not change is left alone; one that did keeps what was unfolded and where the focus was. */
(function () {
  "use strict";
  var former = {};

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
  function draw(parts) {
    Object.keys(parts || {}).forEach(function (name) {
      var place = document.getElementById(name), text = JSON.stringify(parts[name]);
      if (!place || (former[name] === text && place.childNodes.length)) { return; }
      var was = folds(place), kept = handle(place), fragment = document.createDocumentFragment();
      parts[name].forEach(function (one) { fragment.appendChild(element(one)); });
      place.replaceChildren(fragment);
      place.querySelectorAll("details").forEach(function (one) {
        var open = was.get(path(one));
        if (open !== undefined) { one.open = open; }
      });
      place.dataset.drawn = "";
      take(place, kept);
      former[name] = text;
    });
    return window.dash_clientside.no_update;
  }
  window.dash_clientside = Object.assign({}, window.dash_clientside, { plain: { draw: draw } });
})();
