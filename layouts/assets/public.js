/* Draws the small curves of the public page from heights 0-100 kept in « data-curve »; the words
   beside them say the same. */
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg", WIDTH = 160, HEIGHT = 44, PAD = 5;

  function drawn(name, attributes) {
    var made = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }
  function height(value) { return (HEIGHT - PAD - value * (HEIGHT - 2 * PAD) / 100).toFixed(1); }
  function mount(place) {
    var shape = JSON.parse(place.dataset.curve), last = shape.y.length - 1;
    var step = (WIDTH - 2 * PAD) / Math.max(last, 1), path = "", pen = "M";
    var board = drawn("svg", { viewBox: "0 0 " + WIDTH + " " + HEIGHT, "aria-hidden": "true" });
    (shape.t || []).forEach(function (aim) {
      board.appendChild(drawn("path", { "class": "aim", d: "M0," + height(aim) + "H" + WIDTH }));
    });
    shape.y.forEach(function (value, at) {
      if (value === null) { pen = "M"; return; }
      path += pen + (PAD + at * step).toFixed(1) + "," + height(value);
      pen = "L";
    });
    board.appendChild(drawn("path", { "class": "curve", d: path }));
    while (last > 0 && shape.y[last] === null) { last -= 1; }
    board.appendChild(drawn("circle", { "class": "last", r: 3.5, cx: PAD + last * step, cy: height(shape.y[last]) }));
    place.appendChild(board);
  }
  function mountAll() { document.querySelectorAll("[data-curve]:empty").forEach(mount); }
  new MutationObserver(mountAll).observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", mountAll);
})();
