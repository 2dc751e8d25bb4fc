// A login message by message: the one that waits, with its parameters to change; what was sent; who refuses, and why.

const WHERE = { address: "in the address", form: "in the form", header: "in the Authorization header" };
const TONES = { refused: ["✕", "al-bad"], missed: ["!", "al-bad"], through: ["✓", "al-good"] };

/** One parameter: its value to type over, a button that leaves it out, and what it is for. */
function parameterRow(row) {
  const label = `${row.name} ${WHERE[row.where]}`;
  const mark = el("span", { class: "al-fv-mark", role: "status" });
  const field = el("input", { type: "text", value: row.value, spellcheck: "false", autocomplete: "off", "aria-label": `Value of ${label}`, "data-key": `value ${row.place}`, oninput: tellState });
  const drop = el("button", { type: "button", "aria-label": `Drop ${label}`, "data-key": `drop ${row.place}`, onclick: () => { dropped = true; tellState(); undo.focus(); } }, "Drop");
  const undo = el("button", { type: "button", hidden: true, "aria-label": `Keep ${label} as it was`, "data-key": `keep ${row.place}`, onclick: () => { dropped = false; field.value = row.value; tellState(); field.focus(); } }, "Keep");
  const element = el("tr", {},
    el("th", { scope: "row" }, el("code", {}, row.name), el("span", { class: "al-fv-where al-faint" }, WHERE[row.where])),
    el("td", { class: "al-fv-value" }, el("div", {}, field, drop, undo), mark),
    el("td", { class: "al-fv-what" }, row.what, row.section && el("span", { class: "al-fv-section al-faint" }, ` ${row.section}`)));
  let dropped = false;

  function tellState() {
    const changed = !dropped && field.value !== row.value;
    field.readOnly = dropped;
    drop.hidden = dropped || changed;
    undo.hidden = !drop.hidden;
    element.classList.toggle("al-fv-edited", dropped || changed);
    field.classList.toggle("al-fv-dropped", dropped);
    say(mark, dropped ? "✎ dropped" : changed ? "✎ changed" : "");
  }
  return { element, change: () => (dropped ? [row.place, null] : field.value !== row.value ? [row.place, field.value] : null) };
}

export default view({
  render({ model, el: root }) {
    const name = model.get("name");
    let rows = [], busy = null, shown = null;
    root.classList.add("al", "al-fv");
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", `A login of ${name}, message by message`);
    const status = announcer();

    const button = (key, words, press, more = "") => el("button", { type: "button", class: more, "data-key": key, onclick: press }, words);
    const send = button("send", "Send", () => ask({ do: "send", changes: changes() }), "al-fv-main");
    const all = button("all", "Send all", () => ask({ do: "all", changes: changes() }));
    const again = button("again", "Begin again", () => ask({ do: "again", fresh: false }));
    const fresh = button("fresh", "Begin again without cookies", () => ask({ do: "again", fresh: true }));
    const slow = el("span", { class: "al-faint", role: "status" });
    const card = el("section", { class: "al-fv-card", "aria-label": "The message that waits" });
    const tools = el("div", { class: "al-fv-tools", role: "toolbar", "aria-label": "Send" }, send, all, again, fresh, slow);
    const verdict = el("section", { class: "al-fv-verdict", "aria-label": "Who refuses", hidden: true });
    const heads = el("div");
    const list = el("ol", { class: "al-fv-list" });
    const log = el("div", { class: "al-fv-log", role: "group", tabindex: 0, "aria-label": "Messages that were sent" }, heads, list);
    const sentPart = el("section", { "aria-label": "Sent so far" }, el("h4", {}, "Sent so far"), channelLegend(), log);
    root.append(el("h3", {}, `A login of ${name}, message by message`), card, tools, verdict, sentPart, status);

    const changes = () => rows.map((row) => row.change()).filter(Boolean);

    function ask(wish) {
      if (busy || (wish.do !== "again" && !model.get("waiting").number)) return;
      busy = setTimeout(() => say(slow, "Waiting: a cell is still running, or a site is slow."), 500);
      buttons();
      tell(model, root, { ...wish, count: model.get("count") });
    }

    /** A button that is not to be pressed now keeps the focus all the same. */
    function buttons() {
      const open = Boolean(model.get("waiting").number);
      for (const each of [send, all]) each.setAttribute("aria-disabled", String(Boolean(busy) || !open));
      for (const each of [again, fresh]) each.setAttribute("aria-disabled", String(Boolean(busy)));
    }

    function drawCard(message) {
      if (!message.number) {
        rows = [];
        return fill(card, el("p", { class: "al-faint" }, "No message waits: the way is over."));
      }
      rows = message.parameters.map(parameterRow);
      const back = message.channel === "back";
      const head = ["Parameter", "Value on its way", "What it is for, and what breaks without it"];
      fill(card,
        el("div", { class: "al-fv-title" }, el("span", { class: "al-fv-count" }, `Message ${message.number}`), el("b", {}, message.title)),
        el("div", { class: "al-fv-line" }, el("span", { class: `al-fv-channel${back ? " al-fv-back" : ""}` }, `${message.channel} channel`), el("code", {}, `${message.method} ${message.to} ${message.path}`)),
        el("p", { class: "al-faint" }, message.about),
        rows.length
          ? el("table", { class: "al-fv-table" }, el("thead", {}, el("tr", {}, head.map((word) => el("th", { scope: "col" }, word)))), el("tbody", {}, rows.map((row) => row.element)))
          : el("p", {}, "It has no parameters."));
    }

    function drawVerdict(outcome) {
      verdict.hidden = !outcome.title;
      verdict.className = `al-fv-verdict al-fv-${outcome.tone ?? ""}`;
      if (!outcome.title) return verdict.replaceChildren();
      const [sign, tone] = TONES[outcome.tone] ?? ["", ""];
      fill(verdict, el("p", { class: `al-fv-says ${tone}` }, `${sign} ${outcome.title}`),
        outcome.lines.map((line) => el("p", {}, line.text, line.section && el("span", { class: "al-fv-section" }, line.section))));
    }

    function drawSent(sent) {
      const lanes = lanesOf(sent, name);
      sentPart.hidden = !sent.length;
      fill(heads, headLine(lanes));
      fill(list, sent.map((message) => sentLine(message, lanes, name)));
      log.scrollTop = log.scrollHeight;
    }

    function update() {
      if (shown === model.get("count")) return;
      const first = shown === null;
      shown = model.get("count");
      clearTimeout(busy);
      busy = null;
      say(slow, "");
      const [message, outcome] = [model.get("waiting"), model.get("outcome")];
      drawCard(message);
      drawVerdict(outcome);
      drawSent(model.get("sent"));
      buttons();
      if (!first) say(status, [outcome.title, message.title && `Message ${message.number}: ${message.title}`].filter(Boolean).join(" "));
    }

    update();
    const unwatch = watch(model, ["count"], update);
    return () => {
      clearTimeout(busy);
      unwatch();
    };
  },
});
