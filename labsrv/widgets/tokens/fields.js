// What one types into, without losing a letter to what comes back meanwhile; and time in words.

/** Show or hide an element, only if it is not so already. */
function shownIf(yes, element) {
  if (element.hidden === Boolean(yes)) element.hidden = !yes;
}

/** Return a function that does its work only for other arguments than the last ones: what stays the same stays. */
function once(work) {
  let before;
  return (...given) => {
    const now = JSON.stringify(given);
    if (now !== before) {
      before = now;
      work(...given);
    }
  };
}

/** Offer choices in a select, keeping what was chosen if it is still offered; say whether there was nothing before. */
function offer(select, choices) {
  const offers = JSON.stringify(choices);
  if (select.dataset.offers === offers) return false;
  const chosen = select.value, first = select.dataset.offers === undefined;
  select.dataset.offers = offers;
  select.replaceChildren(...choices.map(([value, words]) => el("option", { value: String(value) }, words)));
  if (choices.some(([value]) => String(value) === chosen)) select.value = chosen;
  return first;
}

/** Say how long: in the two largest units. */
function lasting(seconds) {
  let left = Math.floor(Math.abs(seconds));
  if (left > 86400 * 365000) return "thousands of years";
  const parts = [];
  for (const [size, unit] of [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]]) {
    const many = Math.floor(left / size);
    left %= size;
    if (many || parts.length) parts.push([many, unit]);
  }
  return parts.slice(0, 2).filter(([many]) => many).map(([many, unit]) => `${many.toLocaleString("en")} ${unit}`).join(" ") || "0 s";
}

/** Return a function that tells the lab's time in seconds, counted on from when the kernel last told it. */
function clockOf(model) {
  let offset = 0, count = null;
  return () => {
    const told = model.get("told");
    if (told.count !== count) [offset, count] = [told.time - Date.now() / 1000, told.count];
    // Time stands still for a lab that has ended.
    return model.get("ended") ? told.time : Date.now() / 1000 + offset;
  };
}

/** The line to the kernel: each wish has a number, and is done when the kernel says so. */
function deskOf(model, root) {
  const waiting = el("p", { class: "al-faint al-ti-waiting", role: "status" });
  const quiet = announcer();
  let asked = 0, done = 0, patience = null;
  const ask = (wish) => {
    asked += 1;
    clearTimeout(patience);
    patience = setTimeout(() => say(waiting, "Waiting: a cell is still running, or the kernel has stopped."), 600);
    tell(model, root, { ...wish, count: asked });
    return asked;
  };
  const listen = (update) => {
    const hear = (message) => {
      done = Math.max(done, message.done ?? 0);
      if (done < asked) return;
      clearTimeout(patience);
      say(waiting, "");
      update();
    };
    model.on("msg:custom", hear);
    return () => { clearTimeout(patience); model.off("msg:custom", hear); };
  };
  return { ask, listen, isDone: (number) => done >= number, announce: (words) => say(quiet, words), element: el("div", {}, waiting, quiet) };
}

/** A text area that tells what was typed when one pauses; what the kernel shows comes in when nothing is under way. */
function field(desk, { label, name, key, rows, wish }) {
  let typed = false, number = 0, timer = null;
  const flush = () => {
    clearTimeout(timer);
    if (typed) number = desk.ask(wish(box.value));
    typed = false;
  };
  const box = el("textarea", {
    "aria-label": name ?? label, "data-key": key, rows, spellcheck: "false", autocomplete: "off", autocapitalize: "off",
    oninput: () => { typed = true; clearTimeout(timer); timer = setTimeout(flush, 250); },
    onblur: flush,
  });
  const update = (text, editable) => {
    if (box.readOnly === editable) box.readOnly = !editable;
    if (typed || !desk.isDone(number) || box.value === text) return;
    box.value = text;
    // Where an area does not grow with what is in it by itself, it has as many lines.
    if (!CSS.supports("field-sizing", "content")) box.rows = Math.max(rows, Math.min(12, text.split("\n").length));
  };
  return { element: el("label", { class: "al-ti-field" }, el("span", { class: "al-faint", "aria-hidden": "true" }, label), box), update };
}
