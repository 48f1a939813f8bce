"use strict";
// Citations that run over several sentences: light up all of them, not only the first that the link leads to.
(function () {
  function show(link) {
    document.querySelectorAll(".s.on").forEach(function (e) { e.classList.remove("on"); });
    var first = document.getElementById(link.getAttribute("href").slice(1)), last = link.dataset.to;
    if (!first) return;
    var all = Array.from(first.closest("article").querySelectorAll(".s")), from = all.indexOf(first);
    var to = all.findIndex(function (e) { return e.id === last; });
    all.slice(from, Math.max(from, to) + 1).forEach(function (e) { e.classList.add("on"); });
    first.scrollIntoView({ block: "center" });
    first.setAttribute("tabindex", "-1");
    first.focus({ preventScroll: true });
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.c");
    if (!link) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    show(link);
  });
})();
