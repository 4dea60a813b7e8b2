/* Refused rows corrected in place (layouts/quarantine.py): the form goes to the server, which makes
   a small file of it; upload.js follows its check. */
(function () {
  "use strict";
  function lang() {
    return new URLSearchParams(location.search).get("lang") === "en" ? "en" : "fr";
  }
  function say(form, sentence) { form.querySelector("[data-said]").textContent = sentence; }
  function fields(form) {
    var asked = {};
    new FormData(form).forEach(function (value, name) { asked[name] = value; });
    return JSON.stringify(asked);
  }
  document.addEventListener("submit", function (event) {
    var form = event.target, button;
    if (!form.dataset || !form.dataset.corrects) { return; }
    event.preventDefault();
    button = form.querySelector("[type=submit]");
    button.disabled = true;
    say(form, "");
    fetch("/api/loads/" + form.dataset.corrects + "/corrections?lang=" + lang(), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: fields(form)
    })
      .then(function (answer) {
        return answer.json().then(function (told) { return { ok: answer.ok, told: told }; });
      })
      .then(function (got) {
        button.disabled = false;
        if (!got.ok) { say(form, got.told.sentence); return; }
        if (got.told.left) { window.dash_clientside.set_props("data-loaded", { data: { left: got.told.left } }); }
        if (got.told.upload) {
          document.dispatchEvent(new CustomEvent("upload-checking", { detail: got.told.upload }));
          document.getElementById("data-progress").scrollIntoView({ block: "center" });
        }
      })
      .catch(function () {
        button.disabled = false;
        say(form, JSON.parse(document.getElementById("data-pick").dataset.words).lost);
      });
  });
})();
