// The archive's page: the table of articles and what is done with them. What is taken in goes to the page's handlers.
(() => {
  const beleg = window.beleg;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const room = () => one("#shelves");
  const wanted = { q: "", source: "", language: "", since: "", until: "", sort: "published", descending: "true", offset: "0" };
  const FIELDS = ["q", "source", "language", "since", "until"];
  const path = (id, what = "") => `articles/${encodeURIComponent(id)}${what}`;
  let tell = () => {};
  let latest = 0;

  // --- the table

  // The first of these that is there gets the focus: what had it was drawn anew, or is gone.
  const focusOn = (selectors) => selectors.some((selector) => {
    const found = one(selector, room());
    if (found && !found.disabled) found.focus();
    return found && !found.disabled;
  });

  const load = async (focus = []) => {
    const asked = ++latest;
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ""));
    const html = await beleg.send(`articles?${new URLSearchParams(given)}`);
    if (html === null || asked !== latest) return;
    one(".listed", room()).innerHTML = html;
    focusOn(focus);
  };

  const loadBin = (html) => { one(".bin", room()).innerHTML = html; };

  // The lists of outlets and languages change with the archive; what is being typed stays.
  const loadFilters = async () => {
    const html = await beleg.send("articles/filters");
    if (html === null) return;
    const place = one(".finding", room());
    if (!one("form", place)) { place.innerHTML = html; return; }
    const drawn = document.createElement("template");
    drawn.innerHTML = html;
    all("select", place).forEach((field) => {
      field.innerHTML = one(`select[name=${field.name}]`, drawn.content).innerHTML;
      field.value = wanted[field.name];
      if (field.selectedIndex < 0) field.value = wanted[field.name] = "";
    });
  };

  const refresh = async (focus = []) => {
    await loadFilters();
    const [binned] = await Promise.all([beleg.send("articles/bin"), load()]);
    if (binned !== null) loadBin(binned);
    focusOn(focus);
  };

  const find = () => {
    const form = one(".find", room());
    FIELDS.forEach((name) => { wanted[name] = form.elements[name].value; });
    wanted.offset = "0";
    load();
  };

  const sort = (button) => {
    Object.assign(wanted, { sort: button.dataset.value, descending: button.dataset.descending, offset: "0" });
    load([`.sort[data-value="${button.dataset.value}"]`]);
  };

  const turnPage = (button) => {
    wanted.offset = button.dataset.value;
    load([button.classList.contains("after") ? ".page.after" : ".page.before", ".matching"]).then(() => {
      one(".listed", room()).scrollIntoView({ block: "start", behavior: "instant" });
    });
  };

  // --- one article

  const idOf = (button) => button.closest("[data-article]").dataset.article;
  const rowOf = (id) => `[data-article="${CSS.escape(id)}"]`;

  const readWhole = async (button) => {
    const html = await beleg.send(path(idOf(button), "/whole"));
    if (html !== null) beleg.read(html);
  };

  const readChanges = async (button) => {
    const html = await beleg.send(path(button.dataset.value, "/changes"));
    if (html !== null) beleg.read(html);
  };

  const confirmed = (question, yes) => new Promise((resolve) => {
    let box = one("#removing");
    if (!box) {
      box = document.createElement("dialog");
      box.id = "removing";
      one(".gradio-container").append(box);
    }
    box.innerHTML = `<form method="dialog"><p dir="auto"></p><p class="buttons"></p></form>`;
    one("p", box).textContent = question;
    box.setAttribute("aria-label", question);
    for (const [value, words] of [["", beleg.words.cancel], ["yes", yes]]) {
      const button = document.createElement("button");
      Object.assign(button, { value, textContent: words, className: `act ${value}` });
      one(".buttons", box).append(button);
    }
    box.returnValue = "";
    box.onclose = () => resolve(box.returnValue === "yes");
    box.showModal();
  });

  const remove = async (button) => {
    const id = idOf(button);
    if (!(await confirmed(button.parentElement.dataset.ask, button.closest(".table").dataset.remove))) return;
    const html = await beleg.send(path(id), { method: "DELETE" });
    if (html === null) return;
    loadBin(html);
    await Promise.all([loadFilters(), load()]);
    focusOn([`.undo[data-value="${CSS.escape(id)}"]`, ".find input"]);
    tell("changed", {});
    beleg.changed();
  };

  const undo = async (button) => {
    const id = button.dataset.value;
    const html = await beleg.send(path(id, "/restore"), { method: "POST" });
    if (html === null) { refresh([".find input"]); return; }
    loadBin(html);
    await Promise.all([loadFilters(), load()]);
    focusOn([`${rowOf(id)} .read`, ".find input"]);
    tell("changed", {});
    beleg.changed();
  };

  const actions = { sort, page: turnPage, read: readWhole, changes: readChanges, remove, undo };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#shelves button");
    const action = button && Object.keys(actions).find((name) => button.classList.contains(name));
    if (action) actions[action](button);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("#shelves .find")) { event.preventDefault(); find(); }
  });

  document.addEventListener("reset", (event) => {
    if (event.target.matches("#shelves .find")) setTimeout(find);
  });

  document.addEventListener("input", (event) => {
    if (!event.target.closest?.("#shelves .find")) return;
    clearTimeout(find.later);
    find.later = setTimeout(find, event.target.type === "search" ? 200 : 0);
  });

  // --- files that are too large are not sent, and the others with them are

  const sift = (files, limit) => {
    const kept = new DataTransfer();
    const refused = [];
    for (const file of files) {
      if (file.size > limit) refused.push(file.name);
      else kept.items.add(file);
    }
    if (refused.length) tell("refused", { names: refused });
    return { kept: kept.files, refused };
  };

  const watchFiles = (limit) => {
    document.addEventListener("change", (event) => {
      const field = event.target;
      if (!field.matches?.("#drop input[type=file]")) return;
      const { kept, refused } = sift(field.files, limit);
      if (!refused.length) return;
      field.files = kept;
      if (!kept.length) event.stopImmediatePropagation();
    }, true);
    document.addEventListener("drop", (event) => {
      if (!event.target.closest?.("#drop") || !event.dataTransfer?.files.length) return;
      if (![...event.dataTransfer.files].some((file) => file.size > limit)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { kept } = sift(event.dataTransfer.files, limit);
      event.target.dispatchEvent(new DragEvent("dragleave", { bubbles: true }));
      const field = one("#drop input[type=file]");
      field.files = kept;
      if (kept.length) field.dispatchEvent(new Event("change", { bubbles: true }));
    }, true);
  };

  // --- called by the parts of the page when they are there

  const isSeen = (element) => element.offsetParent !== null;
  const isLost = () => document.activeElement === document.body || !isSeen(document.activeElement);

  Object.assign(beleg, {
    shelves: (element, trigger, names, limit) => {
      tell = (name, data) => names.includes(name) && trigger(name, data);
      element.innerHTML = `<div class="bin" aria-live="polite"></div><div class="finding"></div><div class="listed"></div>`;
      let opened = false;
      new ResizeObserver(() => {
        if (isSeen(element) && !opened) refresh();
        opened = isSeen(element);
      }).observe(element);
      watchFiles(limit);
    },
    // What was in focus is hidden while something is taken in: the way to stop it comes next, then the report.
    taking: (element) => setTimeout(() => {
      if (isSeen(element) && isLost()) one("#stop-taking")?.focus();
    }),
    reported: (element, watch) => {
      Object.assign(element, { ariaLive: "polite", tabIndex: -1 });
      watch("value", () => {
        if (isSeen(element) && (isLost() || document.activeElement.id === "stop-taking")) element.focus();
        beleg.changed();
        if (one(".finding", room())) refresh();
      });
    },
  });
})();
