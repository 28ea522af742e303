/* What a browser with script adds to the desk: keys, a replay over time, a remembered theme. Every page works without. */
(function () {
  "use strict";
  var all = function (css, root) { return Array.prototype.slice.call((root || document).querySelectorAll(css)); };
  var one = function (css, root) { return (root || document).querySelector(css); };
  var say = function (words) { var place = one("#said"); if (place) { place.textContent = words; } };
  document.documentElement.classList.add("scripted");

  // Theme: the radio buttons work by themselves; this only remembers the choice.
  var key = "onrecord-theme";
  try {
    var kept = localStorage.getItem(key);
    var radio = kept && /^(auto|light|dark)$/.test(kept) && document.getElementById("theme-" + kept);
    if (radio) { radio.checked = true; }
    all("input[name=theme]").forEach(function (input) {
      input.addEventListener("change", function () { localStorage.setItem(key, input.value); });
    });
  } catch (error) { /* storage is off: the choice lasts as long as the page */ }

  // The replay: the slider stands on days with reports and sets the day of the form.
  var replay = function () {
    var form = one("#asks"), slider = one("#slider");
    if (!form || !slider || slider.dataset.ready) { return; }
    var days = (form.dataset.days || "").split(" ").filter(Boolean);
    if (days.length < 2) { return; }
    slider.dataset.ready = "yes";
    var field = one("#as-of"), told = one("#slider-day"), play = one("#play"), running = null;
    one(".replay").hidden = false;
    slider.max = String(days.length - 1);
    var place = function (day) {
      var at = 0;
      days.forEach(function (d, n) { if (d <= day) { at = n; } });
      return at;
    };
    var show = function () { told.textContent = days[Number(slider.value)]; slider.setAttribute("aria-valuetext", told.textContent); };
    var go = function () { field.value = days[Number(slider.value)]; field.dispatchEvent(new Event("change", { bubbles: true })); };
    var stop = function () { clearTimeout(running); running = null; play.textContent = "▶"; };
    var step = function (by) {
      slider.value = String(Math.min(days.length - 1, Math.max(0, Number(slider.value) + by)));
      show(); go();
    };
    slider.value = String(place(field.value)); show();
    slider.addEventListener("input", function (event) { event.stopPropagation(); show(); });
    slider.addEventListener("change", function (event) { event.stopPropagation(); stop(); go(); });
    field.addEventListener("change", function () { slider.value = String(place(field.value)); show(); });
    play.addEventListener("click", function () {
      if (running) { stop(); return; }
      if (Number(slider.value) >= days.length - 1) { slider.value = "0"; show(); go(); }
      play.textContent = "❚❚";
      running = true;
    });
    // The next day is asked for when the one before has come: a slow day is not overrun.
    document.body.addEventListener("htmx:afterSettle", function () {
      if (!running) { return; }
      if (Number(slider.value) >= days.length - 1) { stop(); return; }
      running = setTimeout(function () { step(1); }, 350);
    });
    play.addEventListener("click", function () { if (running === true) { step(1); } });
    window.onrecordStep = function (by) { stop(); step(by); };
  };

  // Keys. Nothing is done while somebody types.
  var current = function () { return one("[data-item].current"); };
  var choose = function (item) {
    if (!item) { return; }
    all("[data-item].current").forEach(function (x) { x.classList.remove("current"); });
    item.classList.add("current");
    if (!item.hasAttribute("tabindex")) { item.tabIndex = -1; }
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  var move = function (by) {
    var items = all("[data-item]").filter(function (x) { return x.offsetParent !== null; });
    if (!items.length) { return; }
    var at = items.indexOf(current());
    choose(items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))]);
  };
  var typing = function (target) {
    return target && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) && !/^(checkbox|radio|range)$/.test(target.type);
  };
  var help = function () { var box = one("#keys"); if (box && !box.open) { box.showModal(); } };
  var keys = {
    j: function () { move(1); },
    k: function () { move(-1); },
    "?": help,
    "/": function () { var field = one("[data-search]"); if (field) { field.focus(); field.select(); } else { location.assign("/search"); } },
    "[": function () { if (window.onrecordStep) { window.onrecordStep(-1); } },
    "]": function () { if (window.onrecordStep) { window.onrecordStep(1); } },
    o: function () { var link = current() && one("a.to-passage, a.ref, th a, a", current()); if (link) { link.click(); } }
  };
  // Deciding: a key presses the button of the current record.
  var press = function (css) {
    var item = current() || (all("[data-item]").length === 1 ? one("[data-item]") : null);
    var button = item && one(css, item);
    if (button) { remember(item); button.click(); }
    return Boolean(button);
  };
  // After a decision the page comes back whole: the same place in the list is the current record again.
  var place = null;
  var remember = function (item) { place = { at: all("[data-item]").indexOf(item), id: item.dataset.item, path: location.pathname }; };
  var restore = function () {
    if (!place || place.path !== location.pathname) { place = null; return; }
    var items = all("[data-item]");
    var same = items.filter(function (x) { return place.id && x.dataset.item === place.id; })[0];
    choose(same || items[Math.min(place.at, items.length - 1)]);
    place = null;
  };
  var palette = function () {
    var item = current() || (all("[data-item]").length === 1 ? one("[data-item]") : null), box = one("#palette");
    if (!item || !box || !one(".do-correct", item)) { return; }
    choose(item); remember(item);
    one("input[name=id]", box).value = item.dataset.item;
    one("input[name=back]", box).value = one("input[name=back]", item).value;
    one("#palette-of", box).textContent = one(".what", item).textContent;
    box.showModal();
  };
  var field = function (key) {
    var item = current(), link = item && one(".do-correct", item);
    if (!link) { return; }
    var target = link.getAttribute("href").split("#")[0];
    one("#palette").close();
    if (one("#correct-form") && location.pathname + location.search === target) { toField(key); return; }
    location.assign(target + "#field-" + key);
  };
  var toField = function (key) {
    var home = one("[data-field=" + key + "]");
    if (!home) { return; }
    home.scrollIntoView({ block: "center" });
    var input = one("input, select, textarea", home);
    if (input) { input.focus(); if (input.select && input.type !== "date") { input.select(); } }
  };
  keys.Enter = function (event) {
    if (event.target.closest && event.target.closest("a, button, summary")) { return false; }
    return press(".do-confirm");
  };
  keys.r = function () { press(".do-reject"); };
  keys.c = palette;
  keys.u = function () { if (!press(".do-undo")) { undoLast(); } };
  var undoLast = function () {
    var form = one("#undo-last");
    if (form) { if (current()) { remember(current()); } form.requestSubmit(); }
  };

  // Marks open their record; a record's passage is lit.
  document.addEventListener("click", function (event) {
    var mark = event.target.closest && event.target.closest("mark[data-record]");
    if (!mark || event.target.closest("a") || String(window.getSelection())) { return; }
    var note = document.getElementById(mark.dataset.record);
    if (note) { history.replaceState(null, "", "#" + note.id); light(mark.dataset.record); choose(note); note.scrollIntoView({ block: "nearest" }); }
  });
  var light = function (record) {
    all("mark.lit").forEach(function (x) { x.classList.remove("lit"); });
    all("mark[data-record]").forEach(function (x) { if (x.dataset.record === record && x.classList.contains("evidence")) { x.classList.add("lit"); } });
  };
  // A mark dragged in the text is taken into a field of words.
  var taking = function () {
    all("[data-words]").forEach(function (input) {
      if (input.dataset.ready) { return; }
      input.dataset.ready = "yes";
      var button = document.createElement("button");
      button.type = "button"; button.textContent = "take"; button.title = "Take the words marked in the text";
      // The mark in the text is lost as soon as something else is pressed: keep it.
      button.addEventListener("mousedown", function (event) { event.preventDefault(); });
      button.addEventListener("click", function () {
        var words = String(window.getSelection()).trim();
        if (words) { input.value = words; say("Taken: " + words); } else { say("Mark words in the text first"); }
      });
      var wrap = document.createElement("span");
      wrap.className = "taking";
      input.parentNode.insertBefore(wrap, input);
      wrap.appendChild(input); wrap.appendChild(button);
    });
  };

  document.addEventListener("keydown", function (event) {
    var box = one("#palette[open]");
    if (box && !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1) {
      var chosen = all("[data-key]", box).filter(function (x) { return x.dataset.key === event.key; })[0];
      if (chosen) {
        event.preventDefault();
        if (chosen.classList.contains("field")) { field(event.key); } else { box.close(); chosen.click(); }
      }
      return;
    }
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) { return; }
    var act = keys[event.key];
    if (act && act(event) !== false) { event.preventDefault(); }
  });

  document.addEventListener("htmx:responseError", function (event) { say("That did not work: " + event.detail.xhr.status); });
  document.addEventListener("htmx:sendError", function () { say("The desk does not answer"); });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("#palette .field");
    if (link) { event.preventDefault(); field(link.dataset.key); }
    var button = event.target.closest && event.target.closest(".hand button");
    if (button && button.closest("[data-item]")) { remember(button.closest("[data-item]")); }
    var chosen = event.target.closest && event.target.closest("#palette form button");
    if (chosen && chosen.closest("dialog").open) { chosen.closest("dialog").close(); }
  });
  var ready = function () {
    replay(); taking();
    var wanted = /^#field-([a-z])$/.exec(location.hash);
    if (wanted) { history.replaceState(null, "", location.pathname + location.search); toField(wanted[1]); }
    var told = all(".flash").map(function (x) { return x.textContent; }).join(" ");
    if (told) { say(told); }
  };
  document.body.addEventListener("htmx:afterSettle", function () { ready(); restore(); });
  ready();
})();
