/* An element whose inside travels as one attribute is drawn as soon as React has put it in, before
   anything is painted. The first script by name: whatever else watches the page then finds it drawn. */
(function () {
  "use strict";
  /* What draws each: the scripts that own it add theirs. */
  var painters = {}, NAMES = ["data-cards", "data-plain"];
  function paint(place, name) {
    if (painters[name]) { painters[name](place); }
  }
  function arrived(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) { return; }
    NAMES.forEach(function (name) {
      if (node.hasAttribute(name)) { paint(node, name); }
      node.querySelectorAll("[" + name + "]").forEach(function (place) { paint(place, name); });
    });
  }
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "attributes") { paint(change.target, change.attributeName); return; }
      change.addedNodes.forEach(arrived);
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: NAMES, childList: true, subtree: true });
  window.pilotagePainters = painters;
})();
