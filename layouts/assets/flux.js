/* Keeps an open page current: listens to /flux, or compares versions where WebSockets are blocked.
   What it learns is a hint; the page asks again through its own callbacks (ids: layouts/ids.py). */
(function () {
  "use strict";
  var POLL_MS = 5000, SLOWEST_MS = 4000;
  var WORDS = {
    fr: {
      live: "En direct · {at}", slow: "Actualisé aux 5 s · {at}",
      lost: "Connexion perdue. Ces données datent de {at} (il y a {age} min); nouvel essai en cours."
    },
    en: {
      live: "Live · {at}", slow: "Refreshed every 5 s · {at}",
      lost: "Connection lost. These data are from {at} ({age} min ago); trying again."
    }
  };
  var known = null, seenAt = new Date(), tries = 0, socket = null, state = "", wasCut = false;
  var isWriting = false, clocks = {};

  function lang() {
    return new URLSearchParams(location.search).get("lang") === "en" ? "en" : "fr";
  }
  /* Written when the browser has nothing better to do: the first clock costs as much as fifty cards. */
  function say(next) {
    state = next;
    if (isWriting) { return; }
    isWriting = true;
    idle(function () { isWriting = false; write(state); });
  }
  function idle(work) {
    if (window.requestIdleCallback) { window.requestIdleCallback(work, { timeout: 500 }); } else { setTimeout(work, 50); }
  }
  // The government's own time, as everywhere else on the page, wherever the reader is.
  function clockOf(language) {
    clocks[language] = clocks[language] || new Intl.DateTimeFormat(language + "-CA", {
      hour: "numeric", minute: "2-digit", timeZone: "America/Toronto"
    });
    return clocks[language];
  }
  function write(next) {
    var label = document.getElementById("live-state"), banner = document.getElementById("live-banner");
    if (!label || !banner) { return; }
    var at = clockOf(lang()).format(seenAt);
    var age = Math.max(0, Math.floor((Date.now() - seenAt) / 60000));
    var text = WORDS[lang()][next].replace("{at}", at).replace("{age}", age);
    var isLost = next === "lost";
    // Written only when it changes: both are live regions, read aloud at each writing.
    if (label.textContent !== (isLost ? "" : text)) { label.textContent = isLost ? "" : text; }
    if (banner.textContent !== (isLost ? text : "")) { banner.textContent = isLost ? text : ""; }
    banner.hidden = !isLost;
    label.dataset.state = next;
  }
  /* A page asked for while nobody answered never came, and Dash does not ask again: we do. */
  function isOwed() {
    var page = document.getElementById("page");
    return page && (page.getAttribute("aria-busy") === "true" || page.querySelector(".loading") !== null);
  }
  /* A room whose organisation was not touched need not ask: thousands of open pages would. */
  function isElsewhere(organisations) {
    var place = document.getElementById("page").dataset.place;
    return Boolean(place && organisations && organisations.indexOf(place) < 0);
  }
  /* The server then tells those first whose room was touched. */
  function tellPlace() {
    var page = document.getElementById("page");
    if (page && socket && socket.readyState === WebSocket.OPEN) { socket.send(JSON.stringify({ place: page.dataset.place || "" })); }
  }
  document.addEventListener("pilotage:shown", tellPlace);
  function learn(hint, next) {
    seenAt = new Date();
    tries = 0;
    say(next);
    if (wasCut && isOwed()) { location.reload(); return; }
    wasCut = false;
    if (hint.version === known) { return; }
    var isFirst = known === null;
    /* A change elsewhere is told later than one here: an older version may come last. */
    known = Math.max(known || 0, hint.version);
    if (!isFirst && isElsewhere(hint.organisations)) { return; }
    window.dash_clientside.set_props("live-version", {
      data: { version: hint.version, organisations: hint.organisations || null, first: isFirst }
    });
  }
  function poll() {
    if (socket && socket.readyState === WebSocket.OPEN) { return; }
    fetch("/api/version", { cache: "no-store" })
      .then(function (answer) { if (!answer.ok) { throw new Error(answer.status); } return answer.json(); })
      .then(function (hint) { learn(hint, "slow"); })
      .catch(function () { wasCut = true; say("lost"); });
  }
  /* Whoever looks now may not see this page: to her own room, unless this page is already leaving. */
  var isLeaving = false;
  document.addEventListener("submit", function (event) {
    if (new URL(event.target.action, location.href).pathname === "/voir-comme") { isLeaving = true; }
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { isLeaving = false; } });
  function leave() {
    var home = lang() === "en" ? "/?lang=en" : "/";
    // The answer that carries the new session may still be on its way to the other tab.
    if (!isLeaving) { setTimeout(function () { location.assign(home); }, 500); }
  }
  function connect() {
    var scheme = location.protocol === "https:" ? "wss://" : "ws://";
    socket = new WebSocket(scheme + location.host + "/flux" + (known === null ? "" : "?version=" + known));
    socket.onopen = tellPlace;
    socket.onmessage = function (event) {
      var hint = JSON.parse(event.data);
      if (hint.ping) { seenAt = new Date(); say("live"); } else { learn(hint, "live"); }
    };
    socket.onclose = function (event) {
      // 4401: the session was closed, for instance to look as someone else in another tab.
      if (event.code === 4401) { leave(); return; }
      wasCut = true;
      if (tries === 1 && state === "live") { say("lost"); }
      tries += 1;
      setTimeout(connect, Math.min(SLOWEST_MS, 300 * Math.pow(1.7, tries)) * (0.5 + Math.random() / 2));
    };
  }
  function start() {
    var isReady = window.dash_clientside && window.dash_clientside.set_props;
    if (!isReady || !document.getElementById("live-state")) { setTimeout(start, 50); return; }
    connect();
    setInterval(poll, POLL_MS);
    setInterval(function () { if (state === "lost") { say("lost"); } }, 30000);
  }
  start();
})();
