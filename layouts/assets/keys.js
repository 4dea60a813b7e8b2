/* One key each (layouts/keys.py lists them): « / » searches, « ? » lists the keys, j and k go through
   what a room holds, arrows go to the neighbouring card. None acts while one is writing. */
(function () {
  "use strict";
  var DOORS = "#page .card a.open, #page .figures tbody th a, #page .heat tbody th a, #page .item h3 a";

  function isWriting(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName || "");
  }
  function doors(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function go(event, door) {
    if (!door) { return; }
    event.preventDefault();
    door.focus();
    door.closest(".card, tr, .item").scrollIntoView({ block: "nearest" });
  }
  /* From nowhere, j goes to the first one at or below the top of what is on screen. */
  function along(event, step) {
    var all = doors(DOORS), at = all.indexOf(document.activeElement);
    if (at >= 0) { go(event, all[at + step]); return; }
    go(event, all.find(function (one) { return one.getBoundingClientRect().top >= 0; }) || all[0]);
  }
  function middle(card) { var box = card.getBoundingClientRect(); return box.left + box.width / 2; }
  /* Up and down keep the column: the nearest card of the next row that has one. */
  function across(here, step) {
    var cards = doors("#page .card"), card = here.closest(".card"), top = card.getBoundingClientRect().top;
    var beyond = cards.filter(function (one) { return step * (one.getBoundingClientRect().top - top) > 1; });
    var row = beyond.reduce(function (best, one) {
      var far = Math.abs(one.getBoundingClientRect().top - top);
      return Math.min(best, far);
    }, Infinity);
    var near = beyond.filter(function (one) { return Math.abs(Math.abs(one.getBoundingClientRect().top - top) - row) < 1; });
    near.sort(function (a, b) { return Math.abs(middle(a) - middle(card)) - Math.abs(middle(b) - middle(card)); });
    return near.length ? near[0].querySelector("a.open") : null;
  }
  function arrow(event) {
    var here = event.target.closest && event.target.closest(".card a.open"), all = doors("#page .card a.open");
    if (!here) { return; }
    var side = { ArrowRight: 1, ArrowLeft: -1 }[event.key], height = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (side) { go(event, all[all.indexOf(here) + side]); }
    if (height) { go(event, across(here, height)); }
  }
  document.addEventListener("keydown", function (event) {
    var isHeld = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (isHeld || event.defaultPrevented || isWriting(event.target) || document.querySelector("dialog[open]")) { return; }
    if (event.key === "/") { event.preventDefault(); window.pilotageSearch.open(); }
    else if (event.key === "?") { event.preventDefault(); document.getElementById("keys").showModal(); }
    else if (event.key === "j" || event.key === "k") { along(event, event.key === "j" ? 1 : -1); }
    else { arrow(event); }
  });
})();
