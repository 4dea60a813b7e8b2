/* Sends a plain HTML form to the server without a reload: its fields go, as they stand, into the
   store its « data-asks » names, with what « data-known » already says. The browser checks what is
   required; the server checks everything. */
(function () {
  "use strict";
  var sent = 0, typed = {};

  function isOurs(form) { return form && form.dataset && form.dataset.asks; }
  function fields(form) {
    var asked = JSON.parse(form.dataset.known || "{}");
    new FormData(form).forEach(function (value, name) { asked[name] = value; });
    sent += 1;
    asked.sent = sent;
    return asked;
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!isOurs(form)) { return; }
    event.preventDefault();
    window.dash_clientside.set_props(form.dataset.asks, { data: fields(form) });
    if (JSON.parse(form.dataset.known || "{}").move === "raise") {
      /* What was said is emptied; what was chosen stays, where a reset would choose the first of each. */
      form.querySelectorAll("textarea").forEach(function (field) { field.value = ""; });
    }
  });
  /* What is chosen decides what another field offers: the store named by « data-tells » hears it. */
  document.addEventListener("change", function (event) {
    var told = event.target.dataset && event.target.dataset.tells;
    if (told) { window.dash_clientside.set_props(told, { data: event.target.value }); }
  });
  /* A choice left open (« data-otherwise ») makes another field required: the browser then says so beside
     it, and not the server above the form. */
  function require(select) {
    var form = select.form, other = form && form.elements[select.dataset.otherwise];
    if (other) { other.required = !select.value; }
  }
  document.addEventListener("change", function (event) {
    if (event.target.dataset && event.target.dataset.otherwise) { require(event.target); }
  });
  /* A text just corrected or withdrawn is no longer what the address asks to correct or withdraw. */
  function forget(told) {
    var asked = new URLSearchParams(location.search), names = told.dataset.done.split(" ");
    delete told.dataset.done;
    if (!names.some(function (name) { return asked.has(name); })) { return; }
    names.forEach(function (name) { asked.delete(name); });
    var rest = asked.toString();
    history.replaceState(history.state, "", location.pathname + (rest ? "?" + rest : "") + location.hash);
  }
  /* Ctrl + Enter sends from a field of several lines. */
  document.addEventListener("keydown", function (event) {
    var form = event.target.form;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isOurs(form)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  /* What is being corrected stays as typed when other rows are settled and all are drawn again. */
  function keyOf(field) { return location.pathname + " " + field.name; }
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && form.dataset.corrects) { typed[keyOf(event.target)] = event.target.value; }
  });
  /* Dash has no bare <input>: a span made for one receives it. React never gives that span children. */
  function mount(place) {
    if (place.firstChild) { return; }
    var made = document.createElement("input");
    made.type = place.dataset.field;
    made.name = place.dataset.name;
    made.required = place.dataset.required === "true";
    var key = place.closest("form[data-corrects]") && keyOf(made);
    if (made.type !== "checkbox") { made.value = typed[key] || place.dataset.value || ""; }
    /* A field may belong to a form it does not stand in. */
    if (place.dataset.form) { made.setAttribute("form", place.dataset.form); }
    if (place.dataset.label) { made.setAttribute("aria-label", place.dataset.label); }
    place.appendChild(made);
  }
  function mountAll() {
    document.querySelectorAll("[data-field]").forEach(mount);
    document.querySelectorAll("select[data-otherwise]").forEach(require);
    document.querySelectorAll("[data-done]").forEach(forget);
  }
  new MutationObserver(mountAll).observe(document, { childList: true, subtree: true });
})();
