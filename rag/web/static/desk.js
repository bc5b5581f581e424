// The desk: evidence beside the answer, a person's word on it, the list of conversations.
// What is asked goes to the handlers of the page (`hand`); what is looked at or marked, to /desk (`send`).
(() => {
  const beleg = window.beleg;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const turnOf = (element) => element.closest(".turn")?.id.slice("turn-".length);
  let hand = {};

  // --- the server

  const say = (message) => {
    let toast = one("#toast");
    if (!toast) {
      toast = document.createElement("div");
      toast.id = "toast";
      toast.setAttribute("role", "status");
      one(".gradio-container").append(toast);
    }
    toast.textContent = message;
    toast.classList.add("shown");
    clearTimeout(say.later);
    say.later = setTimeout(() => toast.classList.remove("shown"), 6000);
  };

  // The text of an answer; null where there is none, and then the person has been told why.
  const send = async (path, { method = "GET", body } = {}) => {
    try {
      const headers = { "X-Beleg": "desk", ...(body && { "Content-Type": "application/json" }) };
      const answer = await fetch(`desk/${path}`, { method, headers, body: body && JSON.stringify(body) });
      const text = await answer.text();
      if (answer.ok) return text;
      say(answer.headers.get("content-type")?.startsWith("text/plain") ? text : beleg.words.lost);
    } catch {
      say(beleg.words.lost);
    }
    return null;
  };

  // --- dialogs: the whole article, what changed, and short questions

  const dialog = (id) => {
    let box = one(`#${id}`);
    if (!box) {
      box = document.createElement("dialog");
      box.id = id;
      one(".gradio-container").append(box);
      box.addEventListener("click", (event) => {
        if (event.target === box || event.target.closest(".close")) box.close();
      });
    }
    return box;
  };

  const read = (html) => {
    const box = dialog("reader");
    box.innerHTML = `<button type="button" class="act close"></button><div class="reading shelf"></div>`;
    one(".close", box).textContent = beleg.words.close;
    one(".reading", box).innerHTML = html;
    box.setAttribute("aria-label", one("h3", box)?.textContent ?? "");
    box.showModal();
    return box;
  };

  // Asks for a line or a note. Resolves to [button's value, text]; to [null, ""] where it was left.
  const question = ({ label, value = "", rows = 1, limit, buttons }) => new Promise((resolve) => {
    const box = dialog("asking-for");
    box.innerHTML = `<form method="dialog"><label><span></span></label><p class="buttons"></p></form>`;
    const field = document.createElement(rows > 1 ? "textarea" : "input");
    Object.assign(field, { value, maxLength: limit, ...(rows > 1 && { rows }) });
    one("span", box).textContent = label;
    one("label", box).append(field);
    for (const [name, words] of buttons) {
      const button = document.createElement("button");
      Object.assign(button, { value: name, textContent: words, className: "act" });
      one(".buttons", box).append(button);
    }
    box.setAttribute("aria-label", label);
    box.returnValue = "";
    box.onclose = () => resolve([box.returnValue || null, field.value.trim()]);
    box.showModal();
    field.focus();
  });

  // --- evidence: the panel shows one turn's, and a mark lights up with its citations

  // So long is evidence taken as it was fetched: somebody else may change the archive.
  const fetchedFor = 10_000;
  const loaded = new Map();
  const shown = () => one("#shown");
  let drawn = "";
  let latest = 0;

  const evidence = (turn) => {
    const known = loaded.get(turn);
    if (known && performance.now() - known.at < fetchedFor) return known.html;
    const html = send(`turns/${turn}/evidence`);
    loaded.set(turn, { at: performance.now(), html });
    html.then((text) => { if (text === null) loaded.delete(turn); });
    return html;
  };

  const putOut = () => all(".lit").forEach((element) => element.classList.remove("lit"));

  const put = (turn, html) => {
    const panel = shown();
    if (panel.dataset.turn === turn && drawn === html) return;
    drawn = html;
    panel.innerHTML = html;
    panel.dataset.turn = turn;
    one("#panel").scrollTop = 0;
    all(".card", panel).forEach((card) => turnTo(one("mark", card)));
    all(".turn.open").forEach((other) => other.classList.remove("open"));
    one(`#turn-${turn}`)?.classList.add("open");
  };

  // Whatever was asked for last is what is shown, in whichever order the answers come.
  const showTurn = async (turn, then) => {
    const mine = ++latest;
    const html = await evidence(turn);
    if (html === null || mine !== latest || !one(`#turn-${turn}`)) return;
    put(turn, html);
    then?.();
  };

  const showNothing = () => {
    latest += 1;
    drawn = beleg.words.no_evidence;
    shown().innerHTML = drawn;
    shown().dataset.turn = "";
  };

  // Within the article's own box: scrollIntoView would move the window as well, away from the answer.
  const turnTo = (mark) => {
    const text = mark.closest(".text");
    const gap = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += gap - text.clientHeight / 3;
  };

  const bringIntoView = (element) => element?.scrollIntoView({ block: "nearest", behavior: "instant" });

  const light = (anchor) => {
    const mark = document.getElementById(anchor)?.closest("mark");
    if (!mark) return;
    turnTo(mark);
    if (mark.closest("#panel")) bringIntoView(mark.closest(".card"));
    putOut();
    const anchors = [mark, ...all("[id]", mark)].map((element) => `a.cite[href="#${CSS.escape(element.id)}"]`);
    [mark, mark.closest(".card"), ...all(anchors.join(","))].forEach((element) => element?.classList.add("lit"));
  };

  const follow = (marker) => {
    const anchor = marker.getAttribute("href").slice(1);
    const turn = turnOf(marker);
    if (turn) showTurn(turn, () => light(anchor));
    else light(anchor);
  };

  const step = (by) => {
    const marks = all("#shown .card mark[id]");
    if (!marks.length) return;
    const at = marks.findIndex((mark) => mark.classList.contains("lit"));
    const next = at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length;
    light(marks[next].id);
  };

  // --- what was drawn anew

  const known = new Map();

  const settle = () => {
    const turns = all("#log .turn");
    const fresh = turns.filter((turn) => known.get(turn.id) !== turn.dataset.made);
    const opened = turns[0]?.dataset.conversation ?? "";
    const another = opened !== settle.conversation;
    if (!fresh.length && !another) return;
    if (settle.conversation === undefined) awaitWhatIsOnItsWay();
    fresh.forEach((turn) => { known.set(turn.id, turn.dataset.made); loaded.delete(turnOf(turn)); });
    settle.conversation = opened;
    const address = new URL(location.href);
    if (opened) address.searchParams.set("c", opened);
    else address.searchParams.delete("c");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    putOut();
    const turn = another ? turns.at(-1) : fresh.at(-1);
    if (turn) {
      bringIntoView(turn);
      turn.scrollIntoView({ block: "start", behavior: "instant" });
      showTurn(turnOf(turn));
    } else {
      showNothing();
    }
    listConversations();
  };

  const box = () => one("#question textarea");

  const fill = (text) => {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A question on its way, for a page that is loaded anew before it is answered: the conversations as they were before.
  const onItsWay = "beleg-on-its-way";
  const session = (change) => { try { return change(sessionStorage); } catch { return null; } };
  // How often a person has asked or opened something here.
  let turned = 0;

  // What is being written grows many times a second. Its end stays in view for one who is there, and for nobody else.
  let wasPending = false;
  let height = 0;

  const grow = () => {
    const thread = one("#thread");
    const atEnd = height - thread.scrollTop - thread.clientHeight < 40;
    height = thread.scrollHeight;
    if (atEnd) thread.scrollTop = height;
  };

  const pend = () => {
    const isPending = one("#live .pending") !== null;
    const goesOn = isPending && wasPending;
    wasPending = isPending;
    if (goesOn) return grow();
    bringIntoView(one("#live .turn"));
    height = one("#thread").scrollHeight;
    const unsent = one("#live .unsent");
    if (unsent && box().value === "") {
      fill(one(".question", unsent).textContent);
      one(".take-back", unsent).hidden = true;
    }
    if (isPending) {
      turned += 1;
      session((kept) => kept.getItem(onItsWay) ?? kept.setItem(onItsWay, listConversations.known ?? ""));
    } else {
      session((kept) => kept.removeItem(onItsWay));
      listConversations();
    }
  };

  // Each conversation of a list with how many questions it has and when it changed.
  const entries = (html) => {
    const list = document.createElement("div");
    list.innerHTML = html;
    return all("[data-conversation]", list).map((entry) => [entry.dataset.conversation, one(".about", entry).textContent]);
  };

  // After a reload the server still works on it: shows it when it is there, unless the person has turned to another.
  const awaitWhatIsOnItsWay = async () => {
    const kept = session((kept) => kept.getItem(onItsWay));
    if (kept === null) return;
    session((kept) => kept.removeItem(onItsWay));
    const before = new Set(entries(kept).map(String));
    const then = turned;
    for (let tries = 0; tries < 60; tries += 1) {
      const now = await send("conversations");
      const done = entries(now ?? "").find((entry) => !before.has(String(entry)));
      if (done) {
        if (turned === then) hand.open({ id: done[0] });
        else listConversations();
        return;
      }
      await new Promise((go) => { setTimeout(go, 1000); });
    }
  };

  // --- conversations

  const listConversations = async () => {
    const list = one("#conversations .list");
    if (!list) return;
    const mine = listConversations.latest = (listConversations.latest ?? 0) + 1;
    const wanted = one("#find-conversation").value;
    const html = await send(`conversations?q=${encodeURIComponent(wanted)}`);
    if (html === null || mine !== listConversations.latest) return;
    if (!wanted) listConversations.known = html;
    const undo = one(".deleted", list)?.outerHTML ?? "";
    list.innerHTML = undo + html;
    all("li", list).forEach((entry) => {
      if (entry.dataset.conversation === settle.conversation) one(".open", entry).setAttribute("aria-current", "true");
    });
  };

  const leave = () => hand.open({ id: "" });

  const rename = async (button) => {
    const entry = button.closest("li");
    const value = one(".open", entry).textContent;
    const buttons = [["save", beleg.words.save], ["", beleg.words.cancel]];
    const [done, name] = await question({ label: beleg.words.new_name, value, limit: 120, buttons });
    if (done && (await send(`conversations/${button.dataset.value}`, { method: "POST", body: { name } })) !== null) {
      listConversations();
    }
  };

  const remove = async (button) => {
    const id = button.dataset.value;
    const html = await send(`conversations/${id}`, { method: "DELETE" });
    if (html === null) return;
    one(".deleted", one("#conversations .list"))?.remove();
    one("#conversations .list").insertAdjacentHTML("afterbegin", html);
    if (id === settle.conversation) leave();
    else listConversations();
  };

  const restore = async (button) => {
    const id = button.dataset.value;
    if ((await send(`conversations/${id}/restore`, { method: "POST" })) === null) return;
    button.closest(".deleted").remove();
    hand.open({ id });
    listConversations();
  };

  // --- a person's word

  const redraw = (turn, html, again) => {
    const old = one(`#turn-${turn}`);
    if (html === null || !old) return;
    const open = old.classList.contains("open");
    old.outerHTML = html;
    one(`#turn-${turn}`).classList.toggle("open", open);
    one(`#turn-${turn} ${again}`)?.focus();
  };

  const nameOf = async () => {
    const known = beleg.kept("beleg-name", null);
    if (known !== null) return known;
    const buttons = [["save", beleg.words.save], ["", beleg.words.cancel]];
    const [done, name] = await question({ label: beleg.words.ask_name, limit: 80, buttons });
    if (!done) return null;
    beleg.keep("beleg-name", name);
    if (one("#my-name")) one("#my-name").value = name;
    return name;
  };

  const statementOf = (button) => (button.dataset.statement === undefined ? null : Number(button.dataset.statement));

  // What is said already under this name.
  const mineOn = (button, name) => all(`#turn-${turnOf(button)} .review`).find(
    (review) => review.dataset.name === name && review.dataset.statement === button.dataset.statement,
  );

  const review = async (button, name, said) => {
    const turn = turnOf(button);
    const statement = statementOf(button);
    const html = await send(`turns/${turn}/reviews`, { method: "POST", body: { statement, name, ...said } });
    const among = statement === null ? ".words.whole .act" : `.words .act[data-statement="${statement}"]`;
    redraw(turn, html, `${among}.${button.classList[1]}`);
    return html !== null;
  };

  const mark = async (button, word) => {
    const name = await nameOf();
    if (name === null) return;
    const withdraws = mineOn(button, name)?.classList.contains(word);
    review(button, name, { word: withdraws ? null : word });
  };

  const annotate = async (button) => {
    const name = await nameOf();
    if (name === null) return;
    const buttons = [["checked", beleg.words.note_save_checked], ["wrong", beleg.words.note_save_wrong], ["", beleg.words.cancel]];
    const mine = mineOn(button, name);
    let value = (mine && one(".note", mine)?.textContent) ?? "";
    for (;;) {
      const [word, note] = await question({ label: beleg.words.note_label, value, rows: 4, limit: 2000, buttons });
      if (!word || await review(button, name, { word, note })) return;
      value = note;
    }
  };

  const makeCase = async (button) => {
    const body = { statement: statementOf(button), verdict: button.dataset.value ?? null };
    const said = await send(`turns/${turnOf(button)}/cases`, { method: "POST", body });
    if (said !== null) say(said);
  };

  const copy = async (button) => {
    const text = await send(`turns/${turnOf(button)}/text`);
    if (text === null) return;
    try {
      await navigator.clipboard.writeText(text);
      say(beleg.words.copied);
    } catch {
      question({ label: beleg.words.copy, value: text, rows: 12, buttons: [["", beleg.words.close]] });
    }
  };

  // --- the article behind a card

  const readWhole = async (button) => {
    const turn = shown().dataset.turn;
    const html = await send(`turns/${turn}/whole/${button.dataset.value}`);
    if (html === null) return;
    const box = read(html);
    const mark = document.getElementById(`whole-${button.dataset.value}`)?.closest("mark") ?? one("mark", box);
    if (mark) turnTo(mark);
  };

  const readChanges = async (button) => {
    const html = await send(`articles/${encodeURIComponent(button.dataset.value)}/changes`);
    if (html !== null) read(html);
  };

  // --- clicks and keys

  const actions = {
    edit: (button) => { hand.edit({ turn: turnOf(button) }); box().focus(); },
    again: (button) => hand.again({ turn: turnOf(button) }),
    "ask-instead": (button) => hand.ask({ turn: turnOf(button), text: "" }),
    "take-back": (button) => { fill(one(".question", button.closest(".turn")).textContent); button.hidden = true; box().focus(); },
    sample: (button) => hand.ask({ turn: "", text: button.textContent }),
    "to-archive": () => all("#rooms [role=tab]").at(-1).click(),
    checked: (button) => mark(button, "checked"),
    wrong: (button) => mark(button, "wrong"),
    note: annotate,
    case: makeCase,
    copy,
    previous: () => step(-1),
    next: () => step(1),
    whole: readWhole,
    changes: readChanges,
    new: leave,
    open: (button) => hand.open({ id: button.closest("[data-conversation]").dataset.conversation }),
    rename,
    delete: remove,
    restore,
  };

  document.addEventListener("click", (event) => {
    const marker = event.target.closest?.("a.cite");
    if (marker) { event.preventDefault(); follow(marker); return; }
    const button = event.target.closest?.("#log button, #live button, #panel button, #sidebar button, #reader button");
    const action = button && Object.keys(actions).find((name) => button.classList.contains(name));
    if (action) actions[action](button);
    all("details.export[open]").forEach((menu) => { if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false; });
  });

  document.addEventListener("pointerover", (event) => {
    const marker = event.target.closest?.("#log a.cite");
    if (marker) evidence(turnOf(marker));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") all("details.export[open]").forEach((menu) => { menu.open = false; });
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const does = { ArrowDown: () => step(1), ArrowUp: () => step(-1), KeyQ: () => box().focus() };
    const action = does[event.code];
    if (action) { event.preventDefault(); action(); }
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "find-conversation") {
      clearTimeout(listConversations.later);
      listConversations.later = setTimeout(listConversations, 150);
    }
    if (event.target.id === "my-name") beleg.keep("beleg-name", event.target.value.trim());
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "my-language") beleg.speak(event.target.value);
    if (event.target.id === "my-look") beleg.wear(event.target.value);
  });

  // --- called by the parts of the page when they are there

  Object.assign(beleg, {
    send,
    say,
    read,
    actions,
    connect: (trigger, watch, names) => {
      hand = Object.fromEntries(names.map((name) => [name, (data) => { turned += 1; trigger(name, data); }]));
      watch("value", settle);
      // Gradio has no field for a day that a keyboard and a phone can use as they use their own.
      const days = () => all(".day input[type=text]").forEach((field) => { field.type = "date"; });
      new MutationObserver(days).observe(one("#conversation"), { childList: true, subtree: true });
      days();
    },
    // The archive is another now, by what was done on this page.
    changed: () => {
      loaded.clear();
      if (shown()?.dataset.turn) showTurn(shown().dataset.turn);
    },
    listed: (watch) => watch("value", listConversations),
    pending: (watch) => watch("value", pend),
    greet: (watch) => watch("value", () => {
      if (one("#my-look")) one("#my-look").value = beleg.look();
      if (one("#my-name")) one("#my-name").value = beleg.kept("beleg-name", "");
    }),
  });
})();
