"use strict";
// Before any other script: says that script runs, and lets exactly one constant string through to a sink that takes text for markup (Leaflet asks
// with it whether SVG is drawn).  Everything else that reaches such a sink outside htmx is refused by the browser.
(function () {
  document.documentElement.classList.add("js");
  if (window.trustedTypes && window.trustedTypes.createPolicy) {
    window.trustedTypes.createPolicy("default", {
      createHTML: function (text) { return text === "<svg/>" ? text : null; }
    });
  }
})();
