/* Draws the wall of cards from one attribute (layouts/wall.py writes it). Text goes in by textContent only;
   shapes are numbers 0-100. A redraw keeps the order, the reader's place and the focus, and marks
   quietly the cards that changed. */
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg", WIDTH = 300, HEIGHT = 62, PAD = 6, AHEAD = 3, BATCH = 60;
  var seen = { room: null, figures: {} }, latest = null;

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }
  function drawn(name, attributes) {
    var made = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }
  function height(value) { return (HEIGHT - PAD - value * (HEIGHT - 2 * PAD) / 100).toFixed(1); }
  function line(values, step) {
    var path = "", pen = "M";
    values.forEach(function (value, index) {
      if (value === null) { pen = "M"; return; }
      path += pen + (PAD + index * step).toFixed(1) + "," + height(value);
      pen = "L";
    });
    return path;
  }
  /* A thin line over the holes: the eye follows, the thick one still says what was measured. */
  function bridged(values, step) {
    var path = "";
    values.forEach(function (value, index) {
      if (value !== null) { path += (path ? "L" : "M") + (PAD + index * step).toFixed(1) + "," + height(value); }
    });
    return path;
  }
  function level(value, className) {
    return drawn("path", { "class": className, d: "M0," + height(value) + "H" + WIDTH });
  }
  function curve(card) {
    var shape = card.x, box = drawn("svg", {
      "class": "spark", viewBox: "0 0 " + WIDTH + " " + HEIGHT, preserveAspectRatio: "none",
      role: "img", "aria-label": card.a
    });
    var step = (WIDTH - 2 * PAD) / Math.max(1, shape.y.length - 1 + AHEAD), last = -1;
    if (shape.b) { box.appendChild(drawn("rect", { "class": "habit", x: 0, y: height(shape.b[1]), width: WIDTH,
      height: Math.max(0, height(shape.b[0]) - height(shape.b[1])) })); }
    if (shape.t && shape.t.length === 2) {
      var top = Math.min(height(shape.t[0]), height(shape.t[1]));
      box.appendChild(drawn("rect", { "class": "aim-band", x: 0, y: top, width: WIDTH,
        height: Math.abs(height(shape.t[0]) - height(shape.t[1])) }));
    }
    if (shape.p) { box.appendChild(drawn("path", { "class": "path", d: line(shape.p, step) })); }
    (shape.t || []).forEach(function (value) { box.appendChild(level(value, "aim")); });
    box.appendChild(drawn("path", { "class": "bridge", d: bridged(shape.y, step) }));
    box.appendChild(drawn("path", { "class": "curve", d: line(shape.y, step) }));
    shape.y.forEach(function (value, index) {
      if (value === null) { return; }
      last = index;
      var alone = shape.y[index - 1] == null && shape.y[index + 1] == null;
      if (alone) { box.appendChild(dot(index * step, value, "alone")); }
    });
    (shape.c || []).forEach(function (at) { box.appendChild(dot(at * step, shape.y[at], "special")); });
    if (last >= 0) { box.appendChild(dot(last * step, shape.y[last], "last")); }
    return box;
  }
  function dot(x, value, className) {
    /* A line of no length with a round end stays a disc however the drawing is stretched. */
    return drawn("path", { "class": "dot " + className, d: "M" + (PAD + x).toFixed(1) + "," + height(value) + "h0" });
  }
  function row(className, parts) {
    var made = element("div", className);
    parts.forEach(function (part) { if (part) { made.appendChild(part); } });
    return made.childNodes.length ? made : null;
  }
  function link(text, href, className) {
    var made = element("a", className, text);
    made.setAttribute("href", href);
    return made;
  }
  function status(card) {
    var made = element("span", "status " + card.s), mark = element("span", "shape " + card.s);
    mark.setAttribute("aria-hidden", "true");
    made.appendChild(mark);
    made.appendChild(element("span", "", card.w));
    return made;
  }
  function marked(pair) {
    if (!pair) { return null; }
    var made = element("span"), mark = element("span", "sign " + pair[0]);
    mark.setAttribute("aria-hidden", "true");
    made.appendChild(mark);
    made.appendChild(document.createTextNode(pair[1]));
    if (pair[2]) { made.title = pair[2]; }
    return made;
  }
  function spoken(made, lang) { if (lang) { made.lang = lang; } return made; }
  function fill(article, card, words, changed) {
    var name = element("h3"), help = null;
    name.appendChild(spoken(link(card.n, card.h, "open"), card.nl));
    if (card.s === "off_target") {
      help = link(words.help, card.h + "#aider", "help");
      help.setAttribute("aria-label", words.help + " : " + card.n);
    }
    var foot = element("p", "foot", card.f);
    if (card.o) { foot.title = card.o; }
    var parts = [
      name,
      row("val", [element("b", card.v.length > 12 ? "long" : "", card.v),
        card.u ? element("span", "unit", card.u) : null]),
      element("p", "goal", card.g),
      row("row verdict", [row("", [status(card), card.q ? element("span", "note", card.q) : null]), help]),
      card.x ? curve(card) : null,
      row("row drifts", [card.m ? element("span", "drift " + (card.d || ""), card.m) : null,
        card.r ? element("span", "", card.r) : null]),
      row("signs", [marked(card.i), marked(card.j)]),
      card.l ? row("odds", [element("span", "", words.odds), element("b", "", card.l)]) : null,
      card.e ? element("p", "said", card.e) : null,
      row("account", [card.p ? element("p", "", card.p) : null, card.b ? spoken(element("p", "line", card.b), card.t) : null, card.z ? element("p", "when", card.z) : null]),
      foot,
      changed ? element("span", "unseen", words.changed) : null,
      card.y ? element("span", "unseen", card.y) : null
    ];
    article.className = "card" + (changed ? " changed" : "") + (card.y ? " turned" : "");
    article.dataset.mark = card.y || "";
    article.dataset.key = card.k;
    article.setAttribute("role", "listitem");
    article.replaceChildren.apply(article, parts.filter(Boolean));
  }
  function heading(text, scope) {
    var made = element("th", "", text);
    made.setAttribute("scope", scope);
    return made;
  }
  function sign(letter, value, period, signs) {
    var made = element("td"), meant = signs[letter];
    if (!meant) { return made; }
    var mark = element("span", "shape " + meant[0]), said = value ? meant[1] + ", " + value : meant[1];
    mark.setAttribute("aria-hidden", "true");
    made.className = meant[0];
    made.title = period + " : " + said;
    made.appendChild(mark);
    made.appendChild(element("span", "unseen", said));
    return made;
  }
  function table(group, signs) {
    var made = element("table", "bowl"), frame = element("div", "scroll");
    var top = made.createTHead().insertRow(), body = made.createTBody();
    made.createCaption().textContent = group.caption;
    top.appendChild(heading("", "col")).appendChild(element("span", "unseen", group.title));
    group.heads.forEach(function (head) {
      var short = top.appendChild(heading("", "col")).appendChild(element("abbr", "", head[0]));
      short.title = head[1];
    });
    group.rows.forEach(function (row) {
      var line = body.insertRow();
      line.appendChild(heading("", "row")).appendChild(link(row.n, row.h, "")).title = row.n;
      row.v.forEach(function (value, index) {
        line.appendChild(sign(row.s[index], value, group.heads[index][1], signs));
      });
    });
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", group.caption);
    frame.appendChild(made);
    return frame;
  }
  function bowl(store) {
    var place = document.getElementById("wall-bowling");
    if (!place) { return; }
    var tables = store.bowling.map(function (group) { return table(group, store.signs); });
    place.replaceChildren.apply(place, tables.length ? tables : [element("p", "empty", store.words.unmeasured)]);
  }
  /* The cards are shown first; the table under them follows in the next frame. */
  function bowlNext(store, wall) {
    latest = store;
    window.requestAnimationFrame(function () {
      window.setTimeout(function () {
        if (latest !== store) { return; }
        foresee(wall);
        bowl(store);
      });
    });
  }
  /* The height of the batches out of sight, after the first one: the page keeps its length. */
  function foresee(wall) {
    var first = wall.firstChild, each = first ? first.offsetHeight / first.children.length : 0;
    Array.from(wall.children).forEach(function (batch) {
      batch.style.setProperty("--batch", Math.round(each * batch.children.length) + "px");
    });
  }
  /* Whole rows of one to six columns: the browser lays out only the batches in sight (wall.css). */
  function arrange(wall, articles) {
    for (var at = 0; at * BATCH < articles.length; at += 1) {
      place(wall.children[at] || wall.appendChild(element("div", "cards")), articles.slice(at * BATCH, (at + 1) * BATCH));
    }
    while (wall.children.length > at) { wall.lastChild.remove(); }
  }
  function place(batch, due) {
    var isThere = batch.children.length === due.length &&
      due.every(function (article, index) { return batch.children[index] === article; });
    if (!isThere) { batch.replaceChildren.apply(batch, due); }
  }
  function standing(wall) { return Array.from(wall.querySelectorAll(".card")); }
  function figure(card) { return [card.v, card.s, card.f, card.g, card.q || "", card.b || "", card.z || ""].join("|"); }

  function draw(wall) {
    var store = JSON.parse(wall.getAttribute("data-cards"));
    if (!store) { return; }
    var sameRoom = seen.room === store.room, before = sameRoom ? seen.figures : {}, figures = {};
    var held = {}, focus = document.activeElement, key = null, first = !sameRoom || !wall.firstChild;
    var order = first ? [] : standing(wall), fresh = [];
    standing(wall).forEach(function (child) { held[child.dataset.key] = child; });
    if (wall.contains(focus)) { key = [focus.closest(".card").dataset.key, focus.className]; }
    store.cards.forEach(function (card) {
      var article = held[card.k], now = figure(card), was = before[card.k];
      var changed = sameRoom && was !== undefined && was !== now;
      figures[card.k] = now;
      delete held[card.k];
      var isMarked = article && article.dataset.mark === (card.y || "");
      if (article && was === now && !first && isMarked) { return; }
      if (!article || first) { fresh.push(article = article || element("div")); }
      fill(article, card, store.words, changed);
    });
    order = order.filter(function (article) { return held[article.dataset.key] !== article; });
    arrange(wall, order.concat(fresh));
    wall.dataset.drawn = store.room;
    bowlNext(store, wall);
    seen = { room: store.room, figures: figures };
    if (key) {
      var card = standing(wall).find(function (one) { return one.dataset.key === key[0]; });
      var back = card && card.querySelector("a." + key[1].split(" ")[0]);
      if (back) { back.focus({ preventScroll: true }); }
    }
  }
  window.pilotagePainters["data-cards"] = draw;
})();
