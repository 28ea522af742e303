/* What a browser with script adds: filters, a remembered theme, copied links, a way back. Nothing is made here. */
(function () {
  "use strict";
  var all = function (css, root) { return Array.prototype.slice.call((root || document).querySelectorAll(css)); };
  var said = document.getElementById("said");

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

  // Filters of the board.
  var filters = document.querySelector(".filters");
  if (filters && document.querySelector("table.board")) {
    filters.hidden = false;
    var party = document.getElementById("filter-party");
    var polarity = document.getElementById("filter-polarity");
    var change = document.getElementById("filter-change");
    var state = document.getElementById("filter-state");
    var apply = function () {
      var name = party.value.trim().toLowerCase();
      var narrowed = polarity.value || change.checked || state.checked;
      var shown = 0;
      all("table.board tbody tr").forEach(function (row) {
        var hits = all(".stand", row).filter(function (stand) {
          return (!polarity.value || stand.dataset.polarity === polarity.value) &&
            (!change.checked || stand.dataset.change === "yes") &&
            (!state.checked || stand.dataset.state !== "settled");
        });
        all(".stand", row).forEach(function (stand) { stand.hidden = Boolean(narrowed) && hits.indexOf(stand) < 0; });
        row.hidden = row.dataset.party.indexOf(name) < 0 || (Boolean(narrowed) && !hits.length);
        if (!row.hidden) { shown += 1; }
      });
      said.textContent = shown + (shown === 1 ? " party shown" : " parties shown");
    };
    [party, polarity, change, state].forEach(function (control) { control.addEventListener("input", apply); });
  }

  // A link beside a heading is copied as well as followed.
  all("a.self").forEach(function (link) {
    link.addEventListener("click", function () {
      if (navigator.clipboard) {
        navigator.clipboard.writeText(link.href).then(function () { said.textContent = "Link copied"; }, function () {});
      }
    });
  });

  // In a long brief only what is near the window is drawn; once it is, the place jumped to may have moved.
  window.addEventListener("hashchange", function () {
    var target = document.querySelector(".lazy") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    var left = 5;
    var settle = function () {
      target.scrollIntoView();
      left -= 1;
      if (left) { requestAnimationFrame(settle); }
    };
    requestAnimationFrame(settle);
  });

  // The way back after following a reference.
  var back = document.querySelector(".jump-back");
  var from = [];
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("main a[href^='#']:not(.self)");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    from.push({ y: window.scrollY, link: link });
    back.hidden = false;
  });
  back.addEventListener("click", function () {
    var place = from.pop();
    back.hidden = !from.length;
    if (!place) { return; }
    place.link.focus({ preventScroll: true });
    // Parts of the page that were not drawn yet may have moved what is above: the link itself is the surer mark.
    place.link.scrollIntoView({ block: "center" });
  });
})();
