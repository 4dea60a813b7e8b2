/* Menus of days: their fields, made when a menu opens and followed as a link would be (shell.js),
   and the last visit of this browser to a room. */
(function () {
  "use strict";
  function mount(place) {
    var input = place.firstChild;
    if (!input) {
      input = document.createElement("input");
      input.type = "date";
      input.required = true;
      place.appendChild(input);
    }
    input.name = place.dataset.day;
    input.max = place.dataset.max;
    input.value = place.dataset.value;
    input.setAttribute("aria-label", place.dataset.label);
  }
  /* When this browser was last here, room by room: today, and the last day before. It stays here;
     only the day compared with goes into the address, and only when its link is followed. */
  var KEY = "pilotage-visits", MOST = 60;
  function visits() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (unread) { return {}; }
  }
  function visited() {
    var line = document.querySelector("[data-visit]"), all = visits();
    if (!line || new URLSearchParams(location.search).has("au")) { return; }
    var today = line.dataset.visit, kept = all[location.pathname] || {};
    delete all[location.pathname];
    all[location.pathname] = kept.last === today ? kept : { last: today, before: kept.last };
    /* The rooms not seen for longest are forgotten. */
    Object.keys(all).slice(0, -MOST).forEach(function (room) { delete all[room]; });
    try { localStorage.setItem(KEY, JSON.stringify(all)); } catch (refused) { /* Nothing is kept, then. */ }
  }
  /* What came during the day of that visit may not have been seen: one compares with the day before. */
  function offerVisit(line) {
    var before = (visits()[location.pathname] || {}).before, there = new URL(location.href);
    var day = /^\d{4}-\d\d-\d\d$/.test(before || "") ? new Date(before + "T12:00:00Z") : null;
    line.hidden = !day || before > line.dataset.shown;
    if (line.hidden) { return; }
    line.querySelector("small").textContent = new Intl.DateTimeFormat(
      document.documentElement.lang + "-CA", { dateStyle: "long", timeZone: "UTC" }).format(day);
    day.setUTCDate(day.getUTCDate() - 1);
    there.searchParams.set("depuis", day.toISOString().slice(0, 10));
    there.hash = "";
    line.querySelector("a").href = there.href;
  }
  document.addEventListener("pilotage:shown", function () {
    requestAnimationFrame(function () { requestAnimationFrame(visited); });
  });
  document.addEventListener("toggle", function (event) {
    if (event.target.open && event.target.matches("details.day")) {
      event.target.querySelectorAll("[data-day]").forEach(mount);
      event.target.querySelectorAll("[data-visit]").forEach(offerVisit);
    }
  }, true);
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("details.day a[href]");
    if (link) { link.closest("details").open = false; }
  });
  document.addEventListener("submit", function (event) {
    var name = event.target.dataset && event.target.dataset.follow, field;
    if (!name) { return; }
    event.preventDefault();
    field = event.target.querySelector("input");
    var there = new URL(event.target.action);
    /* Today is the address without a day. */
    if (name !== "au" || field.value !== field.max) { there.searchParams.set(name, field.value); }
    event.target.closest("details").open = false;
    window.pilotageShell.go(there);
  });
})();
