// A token in three parts: as it came, as text to edit, and what each member means; whether it holds, and why not.
// Before it stands token_fields.js: what one types into, and how time is said.

const SIGNS = {
  valid: ["✓", "al-good"], early: ["✕", "al-bad"], expired: ["✕", "al-bad"], broken: ["✕", "al-bad"],
  refused: ["✕", "al-bad"], unsigned: ["!", "al-bad"], unreadable: ["✕", "al-bad"], unchecked: ["?", ""], empty: ["·", ""],
};
const TITLES = { header: "1 · Header", claims: "2 · Claims", signature: "3 · Signature" };
const NAMES = { header: "Header", claims: "Claims", signature: "Signature" };
const SECTIONS = { header: "Header of the token", claims: "Claims of the token", signature: "Signature of the token" };

/** The verdict: a sign and words; the one that stands now, of those that follow each other in time. */
function verdictBox(model, clock) {
  const box = el("div", { class: "al-ti-verdict", role: "status", "aria-live": "polite" });
  const left = el("p", { class: "al-ti-left" });
  const show = once(({ state, word, because, hints }) => {
    const [mark, look] = SIGNS[state];
    box.dataset.state = state;
    fill(box,
      el("p", {}, el("span", { class: `al-ti-mark ${look}`, "aria-hidden": "true" }, mark), el("strong", { class: look }, word), " ", because),
      hints.length > 0 && el("ul", {}, hints.map((each) => el("li", {}, each))));
  });
  const update = () => {
    const { verdicts, parts } = model.get("shown");
    const now = clock();
    show(verdicts.filter(([since]) => since === null || since <= now).at(-1)[1]);
    const exp = parts.claims.words.find(([name, , , , , time]) => name === "exp" && time !== null);
    say(left, exp ? (exp[5] > now ? `Expires in ${lasting(exp[5] - now)}.` : `Expired ${lasting(now - exp[5])} ago.`) : "");
    shownIf(exp, left);
  };
  return { element: el("div", { class: "al-ti-top" }, box, left), update };
}

/** What the members of a part mean, a row each; times tell how far away they are. */
function meanings(name, model, clock) {
  const rows = el("tbody", {});
  const notes = el("div", { class: "al-ti-notes" });
  const table = el("table", {},
    el("caption", { class: "al-quiet" }, `What the ${name === "header" ? "header" : "claims"} mean`),
    el("thead", { class: "al-quiet" }, el("tr", {}, ["Name", "Value", "Meaning"].map((each) => el("th", { scope: "col" }, each)))), rows);
  const times = [];
  const tick = () => {
    const now = clock();
    for (const [element, time] of times) say(element, time > now ? `in ${lasting(time - now)}` : `${lasting(now - time)} ago`);
  };
  const row = ([member, says, meaning, source, tone, time, moment]) => {
    const relative = time === null ? null : el("div", {});
    if (relative) times.push([relative, time]);
    return el("tr", {},
      el("th", { scope: "row" }, el("code", {}, member)),
      el("td", {}, el("code", {}, says), relative && el("div", { class: "al-ti-when" }, moment, relative)),
      el("td", {}, tone === "open" && el("strong", { class: "al-bad" }, "! ", el("span", { class: "al-quiet" }, "Beware: ")),
        meaning, source && [" ", el("span", { class: "al-faint al-ti-source" }, source)]));
  };
  const show = once((words, more, fault, twice) => {
    times.length = 0;
    fill(rows, words.map(row), more > 0 && el("tr", {}, el("td", { colspan: 3, class: "al-faint" }, `and ${more} more`)));
    table.hidden = words.length === 0;
    fill(notes,
      fault && el("p", {}, el("strong", { class: "al-bad" }, "✕ "), fault),
      twice.length > 0 && el("p", {}, el("strong", { class: "al-bad" }, "! "), `Named twice: ${twice.join(", ")}. The table has the last; another reader may take the first.`));
  });
  const update = () => {
    const { words, more, fault, twice } = model.get("shown").parts[name];
    show(words, more, fault, twice);
    tick();
  };
  return { element: el("div", { class: "al-ti-means" }, notes, table), update, tick };
}

/** One part: how it came and how it reads on the left, what it means on the right. */
function part(name, model, desk, right) {
  const encoded = field(desk, { label: "On the wire: base64url", name: `${NAMES[name]} on the wire, base64url`, key: `${name}-segment`, rows: 2, wish: (text) => ({ do: "segment", part: name, text }) });
  encoded.element.classList.add("al-ti-encoded");
  const decoded = name === "signature" ? null : field(desk, { label: "Decoded", name: `${NAMES[name]}, decoded`, key: `${name}-text`, rows: 3, wish: (text) => ({ do: "edit", part: name, text }) });
  const edited = el("span", { class: "al-ti-edited", hidden: true }, "✎ edited");
  const element = el("section", { class: `al-ti-part al-ti-${name}`, "aria-label": SECTIONS[name] },
    el("div", { class: "al-ti-text" }, el("h4", {}, TITLES[name], edited), encoded.element, decoded?.element), right.element);
  const update = () => {
    const { segment, text, whole, fault, edited: changed } = model.get("shown").parts[name];
    shownIf(changed, edited);
    encoded.update(segment, true);
    // What is no text, or too long to be sent back and forth, is looked at and not edited.
    decoded?.update(text, whole && !fault.includes("no text"));
    right.update();
  };
  return { element, update, tick: right.tick ?? (() => {}) };
}

/** The keys: which were given, one of one's own, and signing anew. */
function keysAndSigning(model, desk) {
  const given = el("ul", { class: "al-ti-keys" });
  const none = el("p", { class: "al-faint" }, "No key given: nothing can be checked.");
  const own = field(desk, { label: "A key of yours: a secret, PEM, JWK or JWKS", key: "key", rows: 2, wish: (text) => ({ do: "key", text }) });
  const alg = el("select", { "aria-label": "Algorithm to sign with", "data-key": "alg", onchange: () => offerKeys() });
  const key = el("select", { "aria-label": "Key to sign with", "data-key": "sign-with" });
  const button = el("button", { type: "button", "data-key": "sign", onclick: () => desk.ask({ do: "sign", alg: alg.value, key: Number(key.value) }) }, "Sign again");
  const fillKeys = once((names, faults) => {
    fill(given, names.map((each) => el("li", {}, each)), faults.map((each) => el("li", { class: "al-bad" }, "! ", each)));
    none.hidden = names.length > 0 || faults.length > 0;
  });
  const offerKeys = () => offer(key, model.get("shown").keys.signing[alg.value] ?? []);
  const update = () => {
    const { names, faults, signing } = model.get("shown").keys;
    fillKeys(names, faults);
    if (offer(alg, Object.keys(signing).map((each) => [each, each]))) alg.value = model.get("shown").alg;
    offerKeys();
  };
  const element = el("div", { class: "al-ti-means" },
    el("h5", {}, "Keys to check it with"), none, given, own.element,
    el("h5", {}, "Sign it again, with"),
    el("div", { class: "al-ti-sign", role: "group", "aria-label": "Sign the token again" }, alg, key, button));
  return { element, update };
}

/** Send the token, and see what the site makes of it. */
function sending(model, desk) {
  const button = el("button", { type: "button", class: "al-ti-send", "data-acts": true, "data-key": "send", onclick: () => desk.ask({ do: "send" }) }, "Send to the lab");
  const stale = el("span", { class: "al-faint" });
  const came = el("div", { class: "al-ti-answer", role: "status", "aria-live": "polite" });
  const element = el("section", { class: "al-ti-sending", "aria-label": "Send the token" }, el("div", {}, button, " ", stale), came);
  const show = once((ok, line, headers = [], body = "") => fill(came,
    line && el("p", {}, ok === null ? null : el("strong", { class: ok ? "al-good" : "al-bad", "aria-hidden": "true" }, ok ? "✓ " : "✕ "), line),
    headers.length > 0 && el("dl", {}, headers.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    body && el("pre", { tabindex: 0, role: "group", "aria-label": "Body of the answer" }, body)));
  const update = () => {
    const { ok, line, headers, body, stale: old } = model.get("answer");
    shownIf(model.get("can_send"), element);
    const nothing = model.get("shown").length === 0;
    if (button.disabled !== nothing) button.disabled = nothing;
    show(ok, line, headers, body);
    say(stale, line ? (old ? "The answer below is about the token as it was when it was sent." : "The answer to this very token:") : "");
  };
  return { element, update };
}

/** The line at the top: what it is, how long, copy, undo. */
function titleLine(model, desk) {
  const length = el("span", { class: "al-faint" });
  const copy = el("button", { type: "button", "data-key": "copy", onclick: async () => {
    const { parts } = model.get("shown");
    await navigator.clipboard.writeText(["header", "claims", "signature"].map((name) => parts[name].segment).join("."));
    desk.announce("Copied.");
  } }, "Copy");
  const back = el("button", { type: "button", "data-key": "back", onclick: () => desk.ask({ do: "back" }) }, "Undo all edits");
  const paste = field(desk, { label: "Paste a token here", name: "Token", key: "paste", rows: 2, wish: (text) => ({ do: "paste", text }) });
  const update = () => {
    const { length: many, edited, fault, parts, compact } = model.get("shown");
    say(length, many ? `${many.toLocaleString("en")} characters${edited ? ", edited here" : ""}` : "");
    shownIf(!fault && navigator.clipboard && Object.values(parts).every(({ segment }) => !segment.endsWith("…")), copy);
    shownIf(edited, back);
    // A text that is no token has no parts: here another one can be put in its place.
    shownIf(fault, paste.element);
    paste.update(compact, true);
  };
  return { element: el("div", {}, el("div", { class: "al-ti-title" }, el("h3", {}, model.get("title")), length, copy, back), paste.element), update };
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-ti");
    root.dataset.looks = "";
    const desk = deskOf(model, root);
    const clock = clockOf(model);
    const title = titleLine(model, desk);
    const verdict = verdictBox(model, clock);
    const header = part("header", model, desk, meanings("header", model, clock));
    const claims = part("claims", model, desk, meanings("claims", model, clock));
    const signature = part("signature", model, desk, keysAndSigning(model, desk));
    const send = sending(model, desk);
    const said = el("p", { class: "al-bad al-ti-said", role: "alert" });
    const parts = el("div", { class: "al-ti-parts" }, header.element, claims.element, signature.element);
    root.append(title.element, verdict.element, parts, said, send.element, desk.element);

    const pieces = [title, verdict, header, claims, signature, send];
    const update = () => {
      for (const each of pieces) each.update();
      say(said, model.get("said"));
      shownIf(!model.get("shown").fault, parts);
    };
    const tick = () => { verdict.update(); header.tick(); claims.tick(); };
    update();
    const ends = [watch(model, ["shown", "answer", "said", "can_send"], update), watch(model, ["told"], tick), desk.listen(update)];
    const ticking = setInterval(tick, 250);
    desk.ask({ do: "look" });
    return () => {
      clearInterval(ticking);
      for (const end of ends) end();
    };
  },
});
