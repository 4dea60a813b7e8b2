/* A huddle: which point is on screen, the clock of the whole and of the point, what is ticked and typed
   kept in this tab until the record is written, so that a reload in the middle loses nothing. */
(function () {
  "use strict";
  var OLDEST_MS = 4 * 3600 * 1000, TICK_MS = 1000;

  function room() { return document.querySelector("[data-huddle]"); }
  function keyOf(huddle) { return "pilotage-huddle " + huddle.dataset.huddle; }
  function kept(huddle) {
    var state;
    try { state = JSON.parse(sessionStorage.getItem(keyOf(huddle))); } catch (unread) { state = null; }
    return state && Date.now() - state.touched < OLDEST_MS ? state : { at: huddle.dataset.point, spent: {}, typed: {} };
  }
  function keep(huddle, state) {
    state.touched = Date.now();
    try { sessionStorage.setItem(keyOf(huddle), JSON.stringify(state)); } catch (refused) { /* This tab forgets, then. */ }
    show(huddle);
  }
  function minutes(ms) {
    var s = Math.max(0, Math.floor(ms / 1000));
    return Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0");
  }
  function said(words, time, all) { return words.replace("{time}", time).replace("{all}", all || ""); }
  function put(place, text, isOver) {
    if (place.textContent !== text) { place.textContent = text; }
    place.classList.toggle("over", Boolean(isOver));
  }
  /* How long the point has been spoken of, the present turn included. */
  function spent(state, point) {
    var now = state.started && state.at === point ? Date.now() - state.since : 0;
    return (state.spent[point] || 0) + now;
  }
  function show(huddle) {
    var state = kept(huddle), words = JSON.parse(huddle.dataset.words), whole = 0, all = 0;
    if (huddle.dataset.at !== state.at) { huddle.dataset.at = state.at; }
    huddle.querySelectorAll("[data-go]").forEach(function (button) {
      var isHere = button.dataset.go === state.at, left = button.dataset.minutes * 60000 - spent(state, button.dataset.go);
      if (isHere) { button.setAttribute("aria-current", "step"); } else { button.removeAttribute("aria-current"); }
      whole += spent(state, button.dataset.go);
      all += Number(button.dataset.minutes);
      put(button.querySelector(".left"), state.started && isHere ? said(left < 0 ? words.over : words.left, minutes(Math.abs(left))) : "", left < 0);
    });
    put(huddle.querySelector(".clock"), state.started ? said(words.total, minutes(whole), all + " min") : "", whole > all * 60000);
    huddle.querySelector('[data-huddle="start"]').hidden = Boolean(state.started);
    huddle.querySelector('[data-huddle="next"]').hidden = state.at === "closing";
    restore(huddle, state);
  }
  function go(huddle, point) {
    var state = kept(huddle);
    state.spent[state.at] = spent(state, state.at);
    state.since = Date.now();
    state.at = point;
    keep(huddle, state);
  }
  function next(huddle) {
    var points = Array.prototype.map.call(huddle.querySelectorAll("[data-go]"), function (one) { return one.dataset.go; });
    var at = points.indexOf(kept(huddle).at);
    if (at + 1 < points.length) { go(huddle, points[at + 1]); }
  }
  /* The clock starts with the results if who is there has been said already: nothing has to be undone. */
  function start(huddle) {
    var state = kept(huddle);
    state.started = state.since = Date.now();
    keep(huddle, state);
  }
  function full() {
    if (document.fullscreenElement) { document.exitFullscreen(); } else { document.documentElement.requestFullscreen(); }
  }
  /* Fields of the record and the boxes ticked, wherever they stand; never those of a correction. */
  function isKept(field) { return field.name && field.closest("[data-huddle]") && /^(present:|others$|remark$)/.test(field.name); }
  function restore(huddle, state) {
    huddle.querySelectorAll("input, textarea").forEach(function (field) {
      if (!isKept(field) || field.dataset.restored) { return; }
      field.dataset.restored = "1";
      if (!(field.name in state.typed)) { return; }
      if (field.type === "checkbox") { field.checked = state.typed[field.name]; } else { field.value = state.typed[field.name]; }
    });
  }
  document.addEventListener("input", function (event) {
    var huddle = room(), state;
    if (!huddle || !isKept(event.target)) { return; }
    state = kept(huddle);
    state.typed[event.target.name] = event.target.type === "checkbox" ? event.target.checked : event.target.value;
    keep(huddle, state);
  });
  document.addEventListener("click", function (event) {
    var huddle = room(), button = event.target.closest && event.target.closest("[data-go], [data-huddle='start'], [data-huddle='next'], [data-huddle='full']");
    if (!huddle || !button) { return; }
    if (button.dataset.go) { go(huddle, button.dataset.go); return; }
    ({ start: start, next: next, full: full })[button.dataset.huddle](huddle);
  });
  /* Before form.js reads the form: how long it lasted, where a clock ran. */
  document.addEventListener("submit", function (event) {
    var huddle = room(), known = JSON.parse(event.target.dataset.known || "{}"), state;
    if (!huddle || known.move !== "close_huddle") { return; }
    state = kept(huddle);
    if (state.started) { known.minutes = String(Math.round((Date.now() - state.started) / 60000)); }
    event.target.dataset.known = JSON.stringify(known);
  }, true);
  /* The record is written: the next huddle starts anew. */
  function settle(huddle) {
    var told = huddle.querySelector("#huddle-answer .told:not(.refused)");
    if (!told || told.dataset.settled) { return; }
    told.dataset.settled = "1";
    try { sessionStorage.removeItem(keyOf(huddle)); } catch (refused) { /* Nothing was kept. */ }
    huddle.querySelectorAll("input, textarea").forEach(function (field) {
      if (isKept(field)) { field.checked = false; if (field.type !== "checkbox") { field.value = ""; } }
    });
    var state = kept(huddle);
    state.at = "closing";
    keep(huddle, state);
  }
  function tick() {
    var huddle = room();
    if (!huddle) { return; }
    settle(huddle);
    show(huddle);
  }
  setInterval(tick, TICK_MS);
  new MutationObserver(function () {
    var huddle = room();
    if (huddle && !huddle.dataset.at) { show(huddle); }
  }).observe(document, { childList: true, subtree: true });
})();
