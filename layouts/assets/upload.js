/* Sends a file to /api/uploads, follows its check, and asks for the load. What the server tells goes
   whole into two stores; words and tables are drawn from there (callbacks/data.py). */
(function () {
  "use strict";
  var POLL_MS = 250, SLOW_POLL_MS = 1000, DONE = ["checked", "refused", "already_loaded", "loaded", "held", "failed"];
  var current = null;

  function lang() {
    return new URLSearchParams(location.search).get("lang") === "en" ? "en" : "fr";
  }
  function tell(id, props) { window.dash_clientside.set_props(id, props); }
  function say(text) { tell("data-said", { children: text, className: "quiet" }); }
  function advance(fraction) {
    tell("data-progress", { hidden: fraction === null, value: String(fraction === null ? 0 : fraction) });
  }
  function profile() {
    var chosen = document.getElementById("data-profile");
    return chosen && chosen.value ? "&profile=" + encodeURIComponent(chosen.value) : "";
  }
  function words() {
    var place = document.getElementById("data-pick");
    return place ? JSON.parse(place.dataset.words) : {};
  }
  /* Said here and now: with the connection gone, nothing drawn by the server would come. */
  function failed(sentence) {
    advance(null);
    tell("data-said", { children: sentence, className: "told refused" });
  }
  function sentenceOf(text, fallback) {
    try { return JSON.parse(text).sentence || fallback; } catch (unread) { return fallback; }
  }
  function send(file) {
    var said = words(), asked = new XMLHttpRequest();
    if (current) { current.abort(); }
    current = asked;
    tell("data-report", { children: [] });
    tell("data-outcome", { children: [] });
    say(said.sending.replace("{name}", file.name));
    advance(0);
    asked.open("POST", "/api/uploads?name=" + encodeURIComponent(file.name) + profile() + "&lang=" + lang());
    asked.setRequestHeader("Content-Type", "application/octet-stream");
    asked.upload.onprogress = function (event) {
      /* The first half of the bar is the sending, the second the check. */
      if (event.lengthComputable) { advance(event.loaded / event.total / 2); }
    };
    asked.onload = function () {
      if (asked.status >= 400) { failed(sentenceOf(asked.responseText, said.lost)); return; }
      say(said.checking.replace("{name}", file.name));
      follow(JSON.parse(asked.responseText).id, said, 0);
    };
    asked.onerror = function () { failed(said.cut); };
    asked.send(file);
  }
  function follow(id, said, tries) {
    fetch("/api/uploads/" + encodeURIComponent(id) + "?lang=" + lang(), { cache: "no-store" })
      .then(function (answer) {
        return answer.json().then(function (told) {
          if (!answer.ok) { throw new Error(told.sentence || said.lost); }
          return told;
        });
      })
      .then(function (told) {
        advance(0.5 + (told.fraction || 0) / 2);
        if (DONE.indexOf(told.state) < 0) {
          setTimeout(function () { follow(id, said, tries + 1); }, tries < 40 ? POLL_MS : SLOW_POLL_MS);
          return;
        }
        advance(null);
        if (told.state === "failed") { failed(told.sentence); return; }
        say(said.checked);
        tell("data-checked", { data: told });
      })
      .catch(function (error) { failed(error instanceof TypeError ? said.lost : error.message); });
  }
  function load(button) {
    var said = words(), buttons = document.querySelectorAll("[data-load]");
    buttons.forEach(function (one) { one.disabled = true; });
    say(said.loading);
    fetch("/api/uploads/" + encodeURIComponent(button.dataset.load) + "/load?lang=" + lang(), {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ policy: button.dataset.policy })
    })
      .then(function (answer) {
        return answer.json().then(function (told) { return { ok: answer.ok, told: told }; });
      })
      .then(function (got) {
        if (!got.ok) { failed(got.told.sentence || said.lost); return; }
        say("");
        tell("data-loaded", { data: got.told });
        tell("data-checked", { data: got.told });
      })
      .catch(function () {
        failed(said.lost);
        buttons.forEach(function (one) { one.disabled = false; });
      });
  }
  /* A file is checked again, as its sender says that it is read (reading.js). */
  document.addEventListener("upload-checking", function (event) {
    tell("data-outcome", { children: [] });
    say(words().checking.replace("{name}", event.detail.file_name));
    advance(0.5);
    follow(event.detail.id, words(), 0);
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-load]");
    if (button && !button.disabled) { load(button); }
  });

  /* Dash has no file field of its own that streams: it is put here, in a place React leaves alone. */
  function mount() {
    var place = document.getElementById("data-pick");
    if (!place || place.firstChild) { return; }
    var said = JSON.parse(place.dataset.words);
    var label = document.createElement("label"), field = document.createElement("input");
    var name = document.createElement("span"), hint = document.createElement("small");
    name.textContent = said.pick;
    name.className = "button first";
    hint.textContent = said.drop;
    field.type = "file";
    field.accept = ".csv,.tsv,.txt,.xlsx,text/csv";
    field.className = "unseen";
    field.addEventListener("change", function () {
      if (field.files.length) { send(field.files[0]); }
      /* The same file may be chosen again, once corrected. */
      field.value = "";
    });
    label.append(field, name, " ", hint);
    place.appendChild(label);
    ["dragenter", "dragover"].forEach(function (kind) {
      place.addEventListener(kind, function (event) { event.preventDefault(); place.dataset.over = "true"; });
    });
    ["dragleave", "drop"].forEach(function (kind) {
      place.addEventListener(kind, function (event) { event.preventDefault(); delete place.dataset.over; });
    });
    place.addEventListener("drop", function (event) {
      var files = event.dataTransfer && event.dataTransfer.files;
      if (files && files.length) { send(files[0]); }
    });
  }
  new MutationObserver(mount).observe(document, { childList: true, subtree: true });
})();
