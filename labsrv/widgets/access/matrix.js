// Actors across, endpoints and verbs down: what was observed beside what is declared. A cell opens its request.

const MOST_CHIPS = 12;
const STATES = {
  agrees: ["✓", "al-am-agrees", "as declared"], differs: ["✕", "al-am-differs", "not as declared"],
  failed: ["!", "al-am-differs", "no answer"], open: ["?", "al-am-open", "not asked yet"],
};

/** The state of a cell, from what was observed (-1: no answer, null: not asked) and what is declared. */
function stateOf(observed, expected) {
  if (observed === null || observed === undefined) return "open";
  if (observed < 0) return "failed";
  return observed === expected ? "agrees" : "differs";
}

/** The request of a cell, and its answer. */
function requestOf(request) {
  if (!request) return el("p", { class: "al-faint" }, "No request was recorded for this cell.");
  const body = (words, text) => text && [el("h5", {}, words), el("pre", { tabindex: 0, role: "group", "aria-label": words }, text)];
  return el("div", {},
    el("p", {}, el("code", {}, `${request.method} ${request.url}`)),
    el("p", {}, `Exchange #${request.number} of ${request.who}, answered with `, el("b", {}, String(request.status || "nothing")), "."),
    body("What was sent", request.sent), body("What came back", request.came), body("What the site raised", request.error));
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-am");
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", model.get("title"));
    const status = announcer();
    const sum = el("p", { class: "al-am-sum" });
    const again = el("button", { type: "button", "data-key": "again", onclick: () => askAgain() }, "Ask again");
    const only = el("input", { "data-looks": true, type: "checkbox", "data-key": "only", onchange: () => { build(); } });
    const progress = el("progress", { "aria-label": "Cells asked so far", hidden: true });
    const legend = el("span", { class: "al-am-legend al-faint" }, Object.values(STATES).map(([sign, tone, words]) => el("span", {}, el("span", { class: `al-am-key ${tone}`, "aria-hidden": "true" }, sign), ` ${words}`)));
    const chips = el("ul", { "data-looks": true, class: "al-am-chips", "aria-label": "What differs" });
    const said = el("p", { class: "al-bad", role: "alert", hidden: true });
    const scroll = el("div", { "data-looks": true, class: "al-am-scroll" });
    const panel = el("section", { "data-looks": true, class: "al-am-panel", "aria-label": "The cell that is open", hidden: true });
    root.append(el("h3", {}, model.get("title")), sum,
      el("div", { class: "al-am-tools" }, again, el("label", {}, only, " Only what differs"), legend, progress),
      said, chips, el("div", { class: "al-am-body" }, scroll, panel), status);

    // The places that have a cell, as a grid to walk on; the cells' buttons by their numbers.
    let rows = [], buttons = new Map(), active = null, wasAsking = false, pressed = false, back = null;

    root.addEventListener("keydown", (event) => {
      const known = event.ctrlKey && ["Home", "End"].includes(event.key);
      if ((event.ctrlKey && !known) || event.metaKey || event.altKey) return;
      event.stopPropagation();
      if (event.key === "Escape" && model.get("opened").actor) {
        event.preventDefault();
        shut();
      } else if (event.target.dataset.cell !== undefined) move(event);
    });

    function move(event) {
      const row = rows.findIndex((line) => line.includes(active)), column = rows[row]?.indexOf(active) ?? 0;
      const steps = {
        ArrowRight: [row, column + 1, 0, 1], ArrowLeft: [row, column - 1, 0, -1], ArrowDown: [row + 1, column, 1, 0], ArrowUp: [row - 1, column, -1, 0],
        PageDown: [Math.min(row + 8, rows.length - 1), column, -1, 0], PageUp: [Math.max(row - 8, 0), column, 1, 0],
        Home: event.ctrlKey ? [0, 0, 0, 1] : [row, 0, 0, 1], End: event.ctrlKey ? [rows.length - 1, rows[0].length - 1, 0, -1] : [row, rows[0].length - 1, 0, -1],
      };
      if (!(event.key in steps)) return;
      event.preventDefault();
      let [y, x, down, right] = steps[event.key];
      while (rows[y]?.[x] === -1) { y += down; x += right; }
      if (rows[y]?.[x] !== undefined) go(rows[y][x]);
    }

    function go(cell) {
      if (active !== null) buttons.get(active)?.setAttribute("tabindex", "-1");
      active = cell;
      const button = buttons.get(cell);
      button?.setAttribute("tabindex", "0");
      button?.focus();
    }

    function open(cell) {
      pressed = true;
      back = document.activeElement;
      if (buttons.has(cell)) { buttons.get(active)?.setAttribute("tabindex", "-1"); active = cell; buttons.get(cell).setAttribute("tabindex", "0"); }
      tell(model, root, { do: "open", cell });
    }

    function shut() {
      tell(model, root, { do: "shut" });
      panel.hidden = true;
      (back?.isConnected ? back : buttons.get(active))?.focus();
    }

    function askAgain() {
      if (!model.get("asking") && !again.matches("[aria-disabled=true]")) tell(model, root, { do: "ask", count: model.get("count") });
      again.setAttribute("aria-disabled", "true");
    }

    const where = (cell) => { const { lines, actors } = model.get("grid"); const line = lines.find((each) => each.cells.includes(cell)); return `${actors[line.cells.indexOf(cell)]} ${line.verb} ${line.path}`; };
    const wordsOf = (cell, expected, observed) => {
      const state = stateOf(observed, expected);
      return `${where(cell)}: expected ${expected}, ${state === "open" ? "not asked yet" : state === "failed" ? "no answer" : `observed ${observed}`}, ${STATES[state][2]}`;
    };

    /** Build the grid: the lines that are to be seen, and a button for each cell. */
    function build() {
      const { actors, lines } = model.get("grid"), observed = model.get("observed"), expected = model.get("grid").expected;
      const differs = (cell) => cell >= 0 && ["differs", "failed"].includes(stateOf(observed[cell], expected[cell]));
      const seen = only.checked ? lines.filter((line) => line.cells.some(differs)) : lines;
      buttons = new Map();
      rows = seen.map((line) => line.cells);
      if (!rows.some((line) => line.includes(active))) active = rows.flat().find((cell) => cell >= 0) ?? null;
      const body = [];
      seen.forEach((line, place) => {
        const first = !place || seen[place - 1].path !== line.path;
        const span = seen.filter((each) => each.path === line.path).length;
        body.push(el("tr", { class: first ? "al-am-first" : null },
          first ? el("th", { scope: "rowgroup", rowspan: span, class: "al-am-path" }, el("code", {}, line.path)) : null,
          el("th", { scope: "row", class: "al-am-verb" }, el("code", {}, line.verb)),
          line.cells.map((cell) => el("td", {}, cell < 0 ? el("span", { class: "al-faint" }, "·", el("span", { class: "al-quiet" }, "not declared")) : cellOf(cell)))));
      });
      fill(scroll, seen.length
        ? el("table", { role: "grid", "aria-label": "Actors, endpoints and verbs", "aria-readonly": "true" },
          el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Endpoint"), el("th", { scope: "col" }, "Verb"), actors.map((actor) => el("th", { scope: "col" }, actor)))),
          el("tbody", {}, body))
        : el("p", { class: "al-faint" }, lines.length ? "Nothing differs." : "No cell was declared."));
      paint();
    }

    function cellOf(cell) {
      const button = el("button", { type: "button", "data-cell": cell, "data-key": `cell ${cell}`, tabindex: cell === active ? 0 : -1, onclick: () => open(cell) });
      buttons.set(cell, button);
      return button;
    }

    /** Say in each cell what is known by now. */
    function paint() {
      const observed = model.get("observed"), expected = model.get("grid").expected, opened = model.get("opened");
      for (const [cell, button] of buttons) {
        const state = stateOf(observed[cell], expected[cell]), [sign, tone] = STATES[state];
        const key = `${state} ${observed[cell]} ${opened.cell === cell}`;
        if (button.dataset.state === key) continue;
        button.dataset.state = key;
        button.className = `al-am-cell ${tone}${opened.actor && opened.cell === cell ? " al-am-opened" : ""}`;
        button.setAttribute("aria-label", wordsOf(cell, expected[cell], observed[cell]));
        button.replaceChildren(
          el("span", { class: "al-am-sign", "aria-hidden": "true" }, sign), state === "failed" ? "–" : String(state === "open" ? expected[cell] : observed[cell]),
          ...(state === "differs" || state === "failed" ? [el("span", { class: "al-am-not" }, `not ${expected[cell]}`)] : []));
      }
    }

    function chipsOf() {
      const observed = model.get("observed"), expected = model.get("grid").expected;
      const found = expected.map((_, cell) => cell).filter((cell) => ["differs", "failed"].includes(stateOf(observed[cell], expected[cell])));
      const chip = (cell) => el("li", {}, el("button", { type: "button", class: "al-am-differs", "data-key": `chip ${cell}`, onclick: () => open(cell) }, `${observed[cell] < 0 ? "!" : "✕"} ${where(cell)}: ${observed[cell] < 0 ? "no answer" : observed[cell]}, not ${expected[cell]}`));
      fill(chips, [...found.slice(0, MOST_CHIPS).map(chip), found.length > MOST_CHIPS ? el("li", { class: "al-faint" }, `and ${found.length - MOST_CHIPS} more`) : null]);
      chips.hidden = !found.length;
    }

    function update() {
      const asking = model.get("asking"), all = model.get("observed").length;
      say(sum, model.get("summary"));
      again.setAttribute("aria-disabled", String(asking));
      progress.hidden = !asking;
      progress.max = Math.max(all, 1);
      progress.value = model.get("asked");
      say(said, model.get("said"));
      said.hidden = !said.textContent;
      if (only.checked && !asking) build();
      else paint();
      if (!asking) chipsOf();
      if (wasAsking && !asking) say(status, model.get("summary"));
      wasAsking = asking;
    }

    function showOpened() {
      const cell = model.get("opened");
      paint();
      panel.hidden = !cell.actor;
      if (!cell.actor) return panel.replaceChildren();
      const tone = { agrees: "al-good", differs: "al-bad", failed: "al-bad" }[cell.state] ?? "al-faint";
      panel.replaceChildren(
        el("header", {}, el("h4", { tabindex: -1 }, `${cell.actor}: ${cell.verb} ${cell.path}`), el("button", { type: "button", onclick: shut }, "Close (Esc)")),
        el("p", {}, "Declared ", el("b", {}, cell.expected), ", observed ", el("b", { class: tone }, cell.observed || "nothing"), cell.problem ? `. ${cell.problem}` : "."),
        el("div", { class: "al-am-halves" },
          el("div", {}, el("h5", {}, "Request and answer"), requestOf(cell.request)),
          el("div", {}, el("h5", {}, "Decision"), ...(cell.decision ? [verdictOf(cell.decision.verdict), rulesOf(cell.decision)] : [el("p", { class: "al-faint" }, "The site told no decision for this cell.")]))));
      if (!pressed) return;
      pressed = false;
      panel.querySelector("h4").focus({ preventScroll: true });
      panel.querySelector("header").scrollIntoView({ block: "nearest" });
    }

    build();
    update();
    showOpened();
    const ends = [watch(model, ["count"], update), watch(model, ["grid"], build), watch(model, ["opened"], showOpened)];
    return () => ends.forEach((end) => end());
  },
});
