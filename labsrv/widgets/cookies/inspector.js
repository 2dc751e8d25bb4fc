// A browser's cookies: a list, the chosen one in full, a what-if, and what was decided at a request.

const TONES = {
  kept: ["✓", "al-good", "protects"],
  open: ["!", "al-bad", "leaves something open"],
  "": ["·", "al-faint", "neither protects nor opens"],
};
const GOOD_WORDS = ["sent", "stored", "stored in place of the one before"];
const BAD_WORDS = ["refused"];

/** A sign with words for those who do not see it. */
function sign(mark, look, words) {
  return [el("span", { class: look, "aria-hidden": "true" }, mark), el("span", { class: "al-quiet" }, words)];
}

/** A select with a label; choices are [value, words]. */
function choice(label, key, onchange) {
  const select = el("select", { "data-key": key, "aria-label": label, onchange });
  return { select, field: el("label", { class: "al-ci-field" }, el("span", { class: "al-faint" }, label), select) };
}

/** Offer choices, without touching a select that offers them already. */
function offer(select, choices, value) {
  const key = JSON.stringify(choices);
  if (select.dataset.offers !== key) {
    select.dataset.offers = key;
    select.replaceChildren(...choices.map(([each, words]) => el("option", { value: String(each) }, words)));
  }
  if (select.value !== String(value)) select.value = String(value);
}

/** The list of cookies, as buttons. */
function cookieList(model) {
  const list = el("ul", { class: "al-ci-list", "aria-label": "Cookies" });
  const none = el("p", { class: "al-faint al-ci-none" }, "This browser has no cookies.");
  const update = () => {
    const chosen = model.get("chosen").key;
    const cookies = model.get("cookies");
    none.hidden = cookies.length > 0;
    fill(list, cookies.map(({ key, name, where, open }) =>
      el("li", {}, el("button", {
        "data-key": key, "aria-current": key === chosen ? "true" : null,
        onclick: () => model.send({ do: "choose", key }),
      },
      el("code", {}, name || "(no name)"),
      el("span", { class: "al-faint" }, where),
      open > 0 && el("span", { class: "al-bad al-ci-open" }, `${open} weak point${open === 1 ? "" : "s"}`)))));
  };
  return { element: el("nav", { "aria-label": "Cookies" }, none, list), update };
}

/** The chosen cookie with all its attributes, and what script sees. */
function details(model) {
  const element = el("section", { class: "al-ci-details", "aria-label": "The chosen cookie" });
  const update = () => {
    const { name, value, length, words, times, script, token } = model.get("chosen");
    if (!words) return fill(element);
    const rows = words.map(([attribute, says, meaning, tone]) => {
      const [mark, look, spoken] = TONES[tone];
      return el("tr", {},
        el("td", { class: "al-ci-sign" }, ...sign(mark, look, spoken)),
        el("th", { scope: "row" }, attribute),
        el("td", {}, el("code", {}, says)),
        el("td", {}, meaning));
    });
    fill(element,
      el("h3", { class: "al-ci-name" }, el("code", {}, name || "(no name)")),
      el("p", { class: "al-ci-value" }, el("code", {}, value), el("span", { class: "al-faint" }, ` ${length} characters. ${times}`)),
      token && el("p", { class: "al-ci-look" }, lookButton(`the cookie ${name}`, "look", () => model.send({ do: "token" }))),
      el("table", {},
        el("thead", { class: "al-quiet" }, el("tr", {},
          ...["Effect", "Attribute", "Given", "What it means"].map((each) => el("th", { scope: "col" }, each)))),
        el("tbody", {}, ...rows)),
      el("h3", {}, "What page script sees"),
      el("pre", { class: "al-ci-script" },
        el("span", { class: "al-faint" }, `// on ${script.at}\n`), "> document.cookie\n", JSON.stringify(script.line)),
      el("p", { class: "al-ci-sees" }, seen(script)));
  };
  return { element, update };
}

/** Say in a sentence what script gets of this cookie. */
function seen({ sees, hidden }) {
  const hides = hidden.length ? ` HttpOnly hides ${hidden.join(", ")}.` : "";
  return (sees ? "Script on that page reads this cookie." : "Script on that page does not read this cookie.") + hides;
}

/**
 * The form that asks "would it be sent if …", and the answer.
 * Questions have a turn: an answer to an earlier one must not undo a choice that a fast hand has made meanwhile.
 */
function whatIf(model) {
  const numbers = new Set(["after"]);
  const answered = () => model.get("answer").turn ?? 0;
  let turn = 0;
  const ask = () => {
    const question = {};
    for (const [part, { select }] of Object.entries(parts)) {
      question[part] = numbers.has(part) ? Number(select.value) : select.value;
    }
    turn = Math.max(turn, answered()) + 1;
    model.send({ do: "ask", question, turn });
  };
  const parts = {
    from: choice("it comes from", "ask-from", ask),
    by: choice("by", "ask-by", ask),
    after: choice("when", "ask-after", ask),
    over: choice("over", "ask-over", ask),
  };
  const verdict = el("p", { class: "al-ci-verdict", role: "status", "aria-live": "polite" });
  const element = el("fieldset", { class: "al-ci-ask" },
    el("legend", {}, "Would it be sent if …"),
    el("div", { class: "al-ci-parts" }, ...Object.values(parts).map(({ field }) => field)),
    verdict);
  let told = "";

  const update = () => {
    const { asked, sent, reason, to, note } = model.get("answer");
    const { sources } = model.get("chosen");
    element.hidden = !asked;
    if (!asked || !sources || answered() < turn) return;
    const { by, after, over } = model.get("choices");
    offer(parts.from.select, sources, asked.from);
    offer(parts.by.select, by, asked.by);
    offer(parts.after.select, after, asked.after);
    offer(parts.over.select, over.map((each) => [each, each]), asked.over);
    parts.by.select.disabled = asked.from === "typed";

    const now = JSON.stringify([sent, reason, to, note]);
    if (now === told) return;
    told = now;
    // Neither is good or bad: a form of Mallory's may be what was sent.
    const mark = sent ? "→ " : "✕ ";
    fill(verdict,
      el("strong", {}, el("span", { "aria-hidden": "true" }, mark), sent ? "Sent" : "Withheld"),
      reason.replace(/^\w+/, ""), ". ",
      note && el("span", {}, note, " "),
      el("span", { class: "al-faint" }, `Asked about ${to}`));
  };
  return { element, update };
}

/** What was decided about each cookie at one request, by default the last. */
function decisions(model) {
  const LAST = [0, "the last one, whichever it is"];
  const select = el("select", {
    "data-key": "request", "aria-label": "Request",
    onchange: () => model.send({ do: "request", serial: Number(select.value) }),
  });
  const line = el("span", { class: "al-ci-line" });
  const rows = el("tbody", {});
  const table = el("table", {},
    el("thead", { class: "al-quiet" }, el("tr", {},
      ...["Cookie", "Decision", "Reason"].map((each) => el("th", { scope: "col" }, each)))), rows);
  const none = el("p", { class: "al-faint al-ci-none" });
  const element = el("section", { class: "al-ci-requests", "aria-label": "Decisions at a request" },
    el("h3", {}, "At the request "), select, line, none, table);

  const update = () => {
    const requests = model.get("requests");
    const { serial, follows, rows: decided = [], more } = model.get("request");
    offer(select, [LAST, ...requests], follows === false ? serial : 0);
    select.disabled = requests.length === 0;
    say(line, follows ? (requests.find(([each]) => each === serial) ?? ["", ""])[1] : "");
    say(none, requests.length === 0 ? "This browser has sent no request yet." : "No cookie could go along, and none came.");
    none.hidden = decided.length > 0;
    table.hidden = decided.length === 0;
    fill(rows,
      decided.map(([name, word, reason]) => {
        const good = GOOD_WORDS.includes(word);
        const look = good ? "al-good" : BAD_WORDS.includes(word) ? "al-bad" : "";
        return el("tr", {},
          el("th", { scope: "row" }, el("code", {}, name || "(no name)")),
          el("td", { class: `al-ci-word ${look}` },
            el("span", { "aria-hidden": "true" }, good ? "✓ " : "✕ "), word),
          el("td", {}, reason));
      }),
      more > 0 && el("tr", {}, el("td", { colspan: 3, class: "al-faint" }, `and ${more} more`)));
  };
  return { element, update };
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-ci");
    root.dataset.looks = "";
    const list = cookieList(model);
    const about = details(model);
    const ask = whatIf(model);
    const requests = decisions(model);
    const place = tokenPlace(model, root);
    root.append(
      el("h3", {}, `Cookies of ${model.get("name")}`),
      el("div", { class: "al-ci-halves" }, list.element, el("div", {}, about.element, ask.element)),
      place.element,
      requests.element,
    );
    // A browser without a cookie and without a request is told in one line.
    const shrink = () => {
      const bare = model.get("cookies").length === 0 && model.get("requests").length === 0;
      root.classList.toggle("al-ci-bare", bare);
      requests.element.hidden = bare;
    };
    shrink();
    const ends = [
      watch(model, ["cookies"], list.update),
      watch(model, ["cookies", "requests"], shrink),
      watch(model, ["chosen"], () => { list.update(); about.update(); ask.update(); }),
      watch(model, ["answer"], ask.update),
      watch(model, ["requests", "request"], requests.update),
      watch(model, ["inspecting"], place.update),
    ];
    for (const part of [list, about, ask, requests, place]) part.update();
    return () => {
      ends.forEach((each) => each());
      place.end();
    };
  },
});
