"use strict";
// Makes the desk quicker; every page works without it.  Report text never passes through here as markup: fragments come escaped from the server
// and go through htmx, everything else is set as text.
(function () {
  var panel = document.getElementById("panel"), said = document.getElementById("said");
  var here = null, back = null, gone = 0, chord = 0;

  function say(words, isFault) {
    if (!said) return;
    said.textContent = words;
    said.classList.toggle("shown", Boolean(isFault));
    clearTimeout(say.later);
    if (isFault) say.later = setTimeout(function () { said.classList.remove("shown"); }, 8000);
  }
  function fault(text) {
    var words = readable(text);
    say("Not done: " + words, true);
    if (words.indexOf("your name first") >= 0) {
      var me = document.querySelector(".me"), field = document.getElementById("ask-name") || document.getElementById("person-name");
      if (field && field.id === "person-name") me.open = true;
      if (field) field.focus();
    }
  }
  function stored(name, value) {
    try { if (value === undefined) return localStorage.getItem(name); localStorage.setItem(name, value); } catch (err) { return null; }
    return value;
  }
  function visible(node) { return node && node.getClientRects().length > 0; }

  // ---- sentences in the panel
  function panelAddress(link) {
    var url = new URL(link.getAttribute("href"), location.href), match = /^#s(\d+)$/.exec(url.hash);
    if (url.origin !== location.origin || !url.pathname.startsWith("/documents/") || !match) return null;
    if (document.querySelector(".document") && url.pathname === location.pathname && !link.closest(".panel") && !link.classList.contains("sn")) return null;
    var query = new URLSearchParams(), line = link.closest("[data-finding]"), story = url.searchParams.get("story") || document.body.dataset.story;
    if (url.searchParams.get("at")) query.set("at", url.searchParams.get("at"));
    if (story) query.set("story", story);
    if (line) query.set("finding", line.dataset.finding);
    return url.pathname + "/sentences/" + match[1] + "?" + query;
  }
  // The sentence of the line that is focused or pointed at is fetched before it is asked for.
  var ahead = { address: null, answer: null, at: 0 };
  function forget() { ahead = { address: null, answer: null, at: 0 }; }
  function prepare(link) {
    clearTimeout(prepare.later);
    var address = link && panel && window.htmx && panelAddress(link);
    if (address) prepare.later = setTimeout(function () {
      if (ahead.address === address && performance.now() - ahead.at < 20000) return;
      ahead = { address: address, at: performance.now(), answer: fetch(address, { credentials: "same-origin", headers: { "HX-Request": "true" } }) };
      ahead.answer.catch(forget);
    }, 40);
  }
  document.addEventListener("focusin", function (event) { prepare(event.target.closest("a.open, a.c, a.sn")); });
  document.addEventListener("pointerover", function (event) { prepare(event.target.closest("a.open, a.c, a.sn")); });
  document.addEventListener("htmx:before:request", function (event) {
    var ctx = event.detail.ctx, known = ahead;
    if (ctx.request.method !== "GET" || !known.address || known.address !== ctx.request.action || performance.now() - known.at > 20000) return;
    forget();
    ctx.fetch = function (action, request) {
      return known.answer.then(function (answer) { return answer.ok ? answer : fetch(action, request); }, function () { return fetch(action, request); });
    };
  });
  function open(address) {
    if (!panel || !window.htmx) return null;
    clearTimeout(prepare.later);
    gone = performance.now();
    return htmx.ajax("GET", address, { target: "#panel", swap: "innerHTML" }).then(function () {
      panel.scrollTop = 0; // lays the panel out
      panel.dataset.took = String(Math.round(performance.now() - gone));
      var words = panel.querySelector(".context .this");
      if (words) say(panel.querySelector("h2").textContent.trim() + ": " + words.textContent.trim());
      if (!window.matchMedia("(min-width: 68rem)").matches || (panel.contains(document.activeElement) && !panel.querySelector(":focus"))) panel.focus();
    });
  }
  function closePanel() {
    if (!panel || !panel.querySelector(".sentence-panel")) return false;
    var inside = panel.contains(document.activeElement) || panel === document.activeElement || document.activeElement === document.body;
    panel.replaceChildren();
    if (inside && back && document.contains(back)) back.focus();
    return true;
  }
  document.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (event.target.closest("[data-close-panel]")) { closePanel(); return; }
    var point = event.target.closest("[data-line]");
    if (point) {
      var line = document.getElementById(point.dataset.line), first = line && line.querySelector("a.open, a.c");
      if (first) { first.focus(); first.click(); }
      return;
    }
    var step = event.target.closest("a[data-panel]");
    if (step && panel && window.htmx) { event.preventDefault(); open(step.getAttribute("href")); return; }
    var link = event.target.closest("a.open, a.c, a.sn");
    if (!link || !panel || !window.htmx) return;
    var address = panelAddress(link);
    if (!address) return;
    if (link.classList.contains("sn")) history.replaceState(null, "", link.getAttribute("href"));
    event.preventDefault();
    back = link;
    stand(link.closest(".line, .line-part"));
    if (link.classList.contains("sn")) light(link.closest(".s"));
    open(address);
  });
  function light(sentence) {
    document.querySelectorAll(".s.on").forEach(function (s) { s.classList.remove("on"); });
    if (sentence) sentence.classList.add("on");
  }

  // ---- lines by key
  function lines() {
    return Array.from(document.querySelectorAll("main .line, main .line-part, main .s")).filter(function (line) {
      return visible(line) && line.querySelector("a.open, a.c, a.go, a.sn");
    });
  }
  function stand(line) {
    if (here) here.classList.remove("here");
    here = line || null;
    if (here) here.classList.add("here");
  }
  function move(by) {
    var all = lines();
    if (!all.length) return;
    var now = document.activeElement && document.activeElement.closest("main .line-part, main .line, main .s") || here;
    var at = all.indexOf(now), next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
    var link = all[next].querySelector("a.open, a.go, a.sn, a.c");
    stand(all[next]);
    link.focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  }
  function standing() {
    var active = document.activeElement && document.activeElement.closest(".line-part, .line, .sentence-panel, .s");
    return active || here;
  }
  function finding() {
    var line = standing(), holder = line && (line.closest("[data-finding]") || line.querySelector("[data-finding]"));
    return holder || document.querySelector("article[data-finding].finding");
  }
  function why(holder) { var badge = holder.querySelector("a.state"); return badge ? badge.getAttribute("href") : null; }

  function post(path, fields) {
    var body = new URLSearchParams(fields);
    return fetch(path, { method: "POST", body: body, headers: { "HX-Request": "true" }, credentials: "same-origin" }).then(function (answer) {
      return answer.text().then(function (text) { return { ok: answer.ok, text: text }; });
    });
  }
  function readable(text) {
    var main = /<main[^>]*>([\s\S]*?)<(?:form|\/main)/.exec(text);
    return (main ? main[1] : text).replace(/<[^>]*>/g, " ").replace(/&#39;/g, "’").replace(/\s+/g, " ").trim().slice(0, 200);
  }
  function changed(text) {
    var found = {}, pattern = /data-changed="([^"]+)" data-state="([a-z]+)"/g, match;
    while ((match = pattern.exec(text))) found[match[1]] = match[2];
    return found;
  }
  var SIGNS = { proposed: "○", accepted: "✓", edited: "✎", rejected: "✕", added: "+" };
  function show(states) {
    forget();
    Object.keys(states).forEach(function (key) {
      var state = states[key];
      document.querySelectorAll("[data-key]").forEach(function (badge) {
        if (badge.dataset.key !== key) return;
        badge.className = "state " + state;
        badge.title = state + ": why, and review";
        badge.firstElementChild.textContent = SIGNS[state];
        badge.lastElementChild.textContent = state + ": why, and review";
      });
      document.querySelectorAll("[data-finding]").forEach(function (line) {
        if (line.dataset.finding !== key) return;
        Object.keys(SIGNS).forEach(function (s) { line.classList.toggle(s, s === state); });
      });
      document.querySelectorAll("[data-decide]").forEach(function (form) {
        if (form.dataset.decide !== key) return;
        form.querySelectorAll("button[value]").forEach(function (button) {
          button.setAttribute("aria-pressed", String({ accept: "accepted", reject: "rejected" }[button.value] === state));
        });
        var word = form.closest(".panel-review");
        if (word) word.querySelector(".panel-state").textContent = state;
      });
    });
  }
  function decide(key, action, reason) {
    var fields = { finding: key, action: action };
    if (document.body.dataset.story) fields.story = document.body.dataset.story;
    if (reason) fields.reason = reason;
    return post("/review/decide", fields).then(function (answer) {
      if (!answer.ok) { fault(answer.text); return; }
      var states = changed(answer.text);
      if (!(key in states)) states[key] = { accept: "accepted", reject: "rejected", reset: "proposed" }[action];
      show(states);
      say(states[key]);
    });
  }
  document.addEventListener("htmx:after:request", function (event) {
    var ctx = event.detail && event.detail.ctx, form = ctx && ctx.sourceElement && ctx.sourceElement.closest("[data-decide]");
    if (!form) return;
    if (ctx.response && ctx.response.raw && !ctx.response.raw.ok) { fault(ctx.text || ""); return; }
    var states = changed(ctx.text || "");
    show(states);
    say(states[form.dataset.decide] || "done");
  });

  function go(address) { if (address) location.assign(address); }
  function jump(key) {
    var story = document.body.dataset.story;
    go({ s: "/stories", i: "/inbox", h: "/history", q: story ? "/stories/" + encodeURIComponent(story) + "/queue" : null }[key]);
  }
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    var me = document.querySelector(".me[open]");
    if (event.key === "Escape" && me) { me.open = false; me.firstElementChild.focus(); event.preventDefault(); return; }
    if (event.key === "Escape") { if (closePanel()) event.preventDefault(); return; }
    if (event.target.closest("input, textarea, select, [contenteditable]") || stored("keys") === "off") return;
    if (chord && performance.now() - chord < 1500) { chord = 0; jump(event.key); return; }
    chord = 0;
    var holder, link;
    switch (event.key) {
      case "j": move(1); break;
      case "k": move(-1); break;
      case "o": link = standing() && standing().querySelector("a.open, a.c"); go(link && link.href); break;
      case "p": if (panel && visible(panel)) { back = document.activeElement; panel.focus(); } break;
      case "a": case "r":
        holder = finding();
        if (holder) decide(holder.dataset.finding, event.key === "a" ? "accept" : "reject");
        break;
      case "e": holder = finding(); if (holder) { link = why(holder) || holder.querySelector('a[href$="#edit"]'); go(link && (link.href || link + "#edit")); } break;
      case "w": holder = finding(); go(holder && why(holder)); break;
      case "z": undo(); break;
      case "n": link = document.querySelector('.pager a[rel="next"]'); go(link && link.href); break;
      case "b": link = document.querySelector('.pager a[rel="prev"]'); go(link && link.href); break;
      case "/": link = document.getElementById("q") || document.getElementById("q-top"); if (link) link.focus(); break;
      case "g": chord = performance.now(); break;
      case "?": go("/help"); break;
      default: return;
    }
    event.preventDefault();
  });
  function undo() {
    var fields = document.body.dataset.story ? { story: document.body.dataset.story } : {};
    post("/review/undo", fields).then(function (answer) {
      if (!answer.ok) { fault(answer.text); return; }
      var states = changed(answer.text);
      if (Object.keys(states).length) { show(states); say("taken back"); } else location.reload();
    });
  }

  // ---- folds that an address points into
  function unfold() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") { target.open = true; var first = target.querySelector("input:not([type=hidden]), select, textarea"); if (first) first.focus(); }
    if (target && target.classList.contains("line")) stand(target);
  }
  window.addEventListener("hashchange", unfold);
  window.addEventListener("load", function () { setTimeout(unfold, 0); });
  unfold();

  // ---- a permanent link opens its sentence's findings beside it
  var asked = document.querySelector(".document") && /^#s\d+$/.test(location.hash) && document.querySelector(location.hash + " .sn");
  function openAsked() {
    var address = asked && panelAddress(asked);
    if (address && window.matchMedia("(min-width: 68rem)").matches) open(address);
  }
  if (asked) { if (window.htmx) openAsked(); else window.addEventListener("load", openAsked); }

  // ---- shortcuts off
  var off = document.getElementById("keys-off");
  if (off) { off.checked = stored("keys") === "off"; off.addEventListener("change", function () { stored("keys", off.checked ? "off" : "on"); }); }

  // ---- words selected in a report
  var report = document.querySelector(".document"), bar = null;
  function position(node, offset) {
    var sentence = node.nodeType === 1 ? node.closest(".s") : node.parentElement.closest(".s");
    if (!sentence || sentence.dataset.start === undefined) return null;
    var range = document.createRange();
    range.setStart(sentence, 1);
    range.setEnd(node, offset);
    return Number(sentence.dataset.start) + Array.from(range.toString()).length;
  }
  function selectBar() {
    var selection = document.getSelection();
    if (bar) { bar.remove(); bar = null; }
    if (!selection || selection.isCollapsed || !selection.toString().trim()) return;
    var range = selection.getRangeAt(0), start = position(range.startContainer, range.startOffset), end = position(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    var query = new URLSearchParams(location.search), key = query.get("edit"), story = document.body.dataset.story;
    if (!story) return;
    bar = document.createElement("div");
    bar.className = "select-bar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Selected words");
    if (key) {
      var form = document.createElement("form");
      form.method = "post"; form.action = "/review/span";
      [["finding", key], ["part", query.get("part") || "span"], ["start", start], ["end", end], ["story", story], ["next", "/stories/" + encodeURIComponent(story) + "/findings/" + encodeURIComponent(key)]].forEach(function (pair) {
        var field = document.createElement("input");
        field.type = "hidden"; field.name = pair[0]; field.value = pair[1];
        form.append(field);
      });
      var button = document.createElement("button");
      button.textContent = "Let the finding cover these words";
      form.append(button);
      bar.append(form);
    }
    var link = document.createElement("a");
    link.href = "/stories/" + encodeURIComponent(story) + "/add?" + new URLSearchParams({ document: report.dataset.document, at: start + "-" + end });
    link.textContent = "Add a finding here";
    bar.append(link);
    document.body.append(bar);
  }
  if (report) document.addEventListener("selectionchange", function () { clearTimeout(selectBar.later); selectBar.later = setTimeout(selectBar, 150); });

  // ---- files dropped, work going on
  document.querySelectorAll("[data-drop]").forEach(function (form) {
    var files = form.querySelector("input[type=file]");
    ["dragover", "dragleave", "drop"].forEach(function (name) {
      form.addEventListener(name, function (event) {
        event.preventDefault();
        form.classList.toggle("over", name === "dragover");
        if (name === "drop" && event.dataTransfer.files.length) { files.files = event.dataTransfer.files; form.requestSubmit(); }
      });
    });
  });
  function follow() {
    var jobs = document.getElementById("jobs");
    if (!jobs || !window.htmx) return;
    if (jobs.dataset.busy || follow.was) {
      follow.was = Boolean(jobs.dataset.busy);
      htmx.ajax("GET", "/inbox/jobs", { target: "#jobs", swap: "outerHTML" }).then(function () { if (follow.was) setTimeout(follow, 1000); else say("All work is done."); });
    }
  }
  if (document.getElementById("jobs")) setTimeout(follow, 600);
  function followStories() {
    var list = document.getElementById("stories"), before = list && list.querySelectorAll("li.line").length;
    if (!list || !list.dataset.busy || !window.htmx || list.contains(document.activeElement)) return;
    htmx.ajax("GET", "/stories", { target: "#stories", swap: "outerHTML" }).then(function () {
      var now = document.querySelectorAll("#stories li.line").length;
      if (now !== before) say(now + (now === 1 ? " story" : " stories"));
      setTimeout(followStories, 700);
    });
  }
  setTimeout(followStories, 300);
  function followWork() {
    var note = document.getElementById("work");
    if (!note || document.getElementById("stories")) return;
    fetch("/inbox/jobs", { credentials: "same-origin", headers: { "HX-Request": "true" } }).then(function (answer) { return answer.text(); }).then(function (text) {
      if (/^\s*<div id="jobs" data-busy/.test(text)) { setTimeout(followWork, 1500); return; }
      note.firstElementChild.textContent = "All reports are read.";
      say("All reports are read.");
    }, function () { return null; });
  }
  setTimeout(followWork, 1000);

  // ---- the map that moves
  var box = document.getElementById("map-box");
  if (box && window.L) fetch("/static/vendor/natural-earth-110m.json", { credentials: "same-origin" }).then(function (a) { return a.json(); }).then(function (world) {
    var spots = Array.from(document.querySelectorAll("tr[data-lat]")), still = box.querySelector("svg"), frame = document.createElement("div");
    var tools = document.createElement("div"), map;
    tools.className = "map-tools";
    [["Closer", function () { map.zoomIn(); }], ["Farther", function () { map.zoomOut(); }], ["All places", function () { fit(); }]].forEach(function (tool) {
      var button = document.createElement("button");
      button.type = "button"; button.className = "plain-button"; button.textContent = tool[0];
      button.addEventListener("click", tool[1]);
      tools.append(button);
    });
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", "Map; arrow keys move it. The table below lists the same places.");
    box.replaceChildren(tools, frame);
    map = L.map(frame, { attributionControl: false, zoomControl: false, minZoom: 1, maxZoom: 9, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, worldCopyJump: true });
    L.geoJSON(world, { interactive: false, style: function (f) { return { className: f.properties.kind, weight: f.properties.kind === "land" ? 0 : 1, fillOpacity: 1, stroke: f.properties.kind !== "land" }; } }).addTo(map);
    var bounds = L.latLngBounds([]), marks = [];
    spots.forEach(function (row) { if (row.dataset.central) bounds.extend([Number(row.dataset.lat), Number(row.dataset.lon)]); });
    function fit() { map.fitBounds(bounds.pad(0.25), { maxZoom: 7, animate: false }); }
    fit();
    spots.forEach(function (row) {
      var at = [Number(row.dataset.lat), Number(row.dataset.lon)], label = document.createElement("span");
      label.textContent = row.dataset.number + " " + row.dataset.name;
      var wide = Number(row.dataset.km) > 250;
      if (!wide) L.circle(at, { radius: Number(row.dataset.km) * 1000, className: "radius", interactive: false }).addTo(map);
      marks.push(L.circleMarker(at, { radius: 6, className: wide ? "mark about" : "mark exact" }).addTo(map).bindTooltip(label, { permanent: Number(row.dataset.number) <= 40, className: "place-name", direction: "right" }).on("click", function () { var link = row.querySelector("a.open"); if (link) { link.focus(); link.click(); } }));
    });
    function thin() {
      var taken = [];
      marks.forEach(function (mark) {
        var label = mark.getTooltip().getElement();
        if (!label) return;
        var box = label.getBoundingClientRect();
        var free = !taken.some(function (t) { return box.left < t.right && t.left < box.right && box.top < t.bottom && t.top < box.bottom; });
        label.style.visibility = free ? "visible" : "hidden";
        if (free) taken.push(box);
      });
    }
    map.on("zoomend moveend", thin);
    thin();
    if (still) still.remove();
  });
})();
