/* The form that says how a file is read (layouts/reading.py): each change of the dialect reads the
   first rows again; sending it keeps a profile and checks the file with it (upload.js follows). */
(function () {
  "use strict";
  var asking = 0;

  function lang() {
    return new URLSearchParams(location.search).get("lang") === "en" ? "en" : "fr";
  }
  function fields(form, move) {
    var asked = { move: move };
    new FormData(form).forEach(function (value, name) { asked[name] = value; });
    return JSON.stringify(asked);
  }
  function say(form, sentence) {
    var place = form.querySelector("[data-said]");
    if (place) { place.textContent = sentence; }
  }
  function refused(form, move, sentence) {
    say(form, sentence);
    if (move !== "check") { return; }
    /* What was checked before was read otherwise: it is no longer what one is about to load. */
    document.querySelectorAll("[data-load]").forEach(function (button) { button.disabled = true; });
    form.querySelector("[data-said]").scrollIntoView({ block: "center" });
  }
  function post(form, move, then) {
    var turn = asking += 1, button = form.querySelector("[type=submit]");
    button.disabled = true;
    say(form, "");
    fetch("/api/uploads/" + encodeURIComponent(form.dataset.reads) + "/reading?lang=" + lang(), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: fields(form, move)
    })
      .then(function (answer) {
        return answer.json().then(function (told) { return { ok: answer.ok, told: told }; });
      })
      .then(function (got) {
        button.disabled = false;
        if (turn !== asking) { return; }
        if (got.ok) { then(got.told); } else { refused(form, move, got.told.sentence); }
      })
      .catch(function () {
        button.disabled = false;
        say(form, JSON.parse(document.getElementById("data-pick").dataset.words).lost);
      });
  }
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    var reads = event.target.dataset.relook || event.target.name === "header_line";
    if (!form || !form.dataset.reads || !reads) { return; }
    post(form, "look", function (told) {
      window.dash_clientside.set_props("data-checked", { data: told });
    });
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.dataset || !form.dataset.reads) { return; }
    event.preventDefault();
    post(form, "check", function (told) {
      document.dispatchEvent(new CustomEvent("upload-checking", { detail: told }));
      document.getElementById("data-progress").parentElement.scrollIntoView();
    });
  });
})();
