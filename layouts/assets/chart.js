/* Paints the chart of a page in the theme's own colours, again when the theme or the width changes.
   The figure names colours as CSS variables (layouts/graph.py); Plotly knows only plain ones. */
(function () {
  "use strict";
  var NARROW_PX = 620, asked = 0;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }
  function painted(value) {
    if (typeof value === "string") {
      return value.replace(/^var\((--[\w-]+)\)$/, function (whole, name) { return colour(name) || whole; });
    }
    if (Array.isArray(value)) { return value.map(painted); }
    if (value && typeof value === "object") {
      var made = {};
      Object.keys(value).forEach(function (key) { made[key] = painted(value[key]); });
      return made;
    }
    return value;
  }
  function scaled(figure) {
    /* Type follows the page's own, so that a wall screen is read from afar. */
    var ratio = parseFloat(getComputedStyle(document.documentElement).fontSize) / 15;
    var layout = figure.layout, fonts = [layout.font, layout.xaxis.tickfont, layout.yaxis.tickfont];
    (layout.annotations || []).forEach(function (label) { fonts.push(label.font); });
    [layout.xaxis, layout.yaxis].forEach(function (axis) { if (axis.title) { fonts.push(axis.title.font); } });
    fonts.forEach(function (font) { font.size *= ratio; });
    Object.keys(layout.margin).forEach(function (side) { layout.margin[side] *= ratio; });
    figure.data.forEach(function (trace) {
      if (trace.line) { trace.line.width *= ratio; }
      if (trace.marker) {
        var size = trace.marker.size;
        trace.marker.size = Array.isArray(size) ? size.map(function (one) { return one * ratio; }) : size * ratio;
      }
    });
  }
  function narrowed(layout) {
    var ticks = layout.xaxis;
    layout.margin.r = 14;
    layout.margin.l = 44;
    /* Two labels inside the drawing hide what they name: only the target keeps its own. */
    layout.annotations = (layout.annotations || []).filter(function (label) { return label.name !== "path"; });
    layout.annotations.forEach(function (label) {
      var isTarget = label.xref === "paper";
      label.xanchor = "right";
      label.xshift = isTarget ? 0 : 8;
      label.bgcolor = isTarget ? colour("--ground") : "rgba(0,0,0,0)";
      if (isTarget) { label.yshift = 13; return; }
      /* The last value stands above the drawing, over its own point. */
      label.yref = "paper";
      label.y = 1;
      label.yanchor = "bottom";
      label.yshift = 0;
    });
    if (ticks.tickvals && ticks.tickvals.length > 3) {
      var last = ticks.tickvals.length - 1, kept = [0, Math.ceil(last / 2), last];
      ["tickvals", "ticktext"].forEach(function (name) {
        var all = ticks[name];
        ticks[name] = kept.map(function (at) { return all[at]; });
      });
    }
  }
  function paint(spec) {
    if (!spec) { return window.dash_clientside.no_update; }
    var figure = painted(spec), place = document.getElementById("chart-drawn");
    scaled(figure);
    var width = place ? place.getBoundingClientRect().width : window.innerWidth;
    if (width && width < NARROW_PX && figure.layout.xaxis.type === "date") { narrowed(figure.layout); }
    return figure;
  }
  function again() {
    if (document.getElementById("chart-drawn")) {
      asked += 1;
      window.dash_clientside.set_props("chart-theme", { data: asked });
    }
  }
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  var wasNarrow = window.innerWidth < NARROW_PX;
  window.addEventListener("resize", function () {
    var isNarrow = window.innerWidth < NARROW_PX;
    if (isNarrow !== wasNarrow) { wasNarrow = isNarrow; again(); }
  });
  /* A sheet of paper is narrower than most screens, and nothing is measured again once it prints. */
  var PAPER_PX = 660;
  function sized(width) {
    var chart = document.querySelector("#chart-drawn .js-plotly-plot");
    if (!chart || !window.Plotly) { return; }
    if (width && chart.getBoundingClientRect().width <= width) { return; }
    window.Plotly.relayout(chart, width ? { width: width, height: width / 2 } : { width: null, height: null, autosize: true });
  }
  window.addEventListener("beforeprint", function () { sized(PAPER_PX); });
  window.addEventListener("afterprint", function () { sized(null); });
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.chart = { paint: paint };
})();
