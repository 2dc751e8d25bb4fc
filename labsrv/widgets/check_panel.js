// An exercise's promises, kept up to date in place: rows stay, their words change, and the focus stays where it was.

const SIGNS = { passed: "✓", failed: "✗", waiting: "…", broken: "!" };
const WORDS = { passed: "kept", failed: "broken", waiting: "waiting", broken: "the check itself broke" };
const CODE = { "": "the code it was started with", mine: "your code", secure: "the secure code" };

/** Count things in words: count(1, "point") is "1 point". */
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Words with code in backticks, as nodes. */
const withCode = (text) => text.split(/(`[^`\n]+`)/).filter(Boolean).map((part) => part.startsWith("`") && part.length > 2 ? el("code", {}, part.slice(1, -1)) : part);

function putWithCode(element, text) {
  if (element.dataset.said === text) return;
  element.dataset.said = text;
  element.replaceChildren(...withCode(text));
}

/** Say how many promises are kept, broken and waiting. */
function inWords(checks) {
  const words = Object.keys(SIGNS).map((outcome) => [checks.filter((each) => each.outcome === outcome).length, outcome]);
  return words.filter(([many]) => many).map(([many, outcome]) => `${many} ${WORDS[outcome]}`).join(" · ");
}

/** One promise: a row that lives as long as the panel. */
function row(name, ask) {
  const sign = el("span", { class: "al-check-sign", "aria-hidden": "true" });
  const word = el("span", { class: "al-quiet" });
  const number = el("span", { class: "al-check-number al-faint" });
  const promise = el("span", { class: "al-check-promise" });
  const worth = el("span", { class: "al-check-worth al-faint" });
  const message = el("p", { class: "al-check-message" });
  const hints = el("ol", { class: "al-check-hints", "aria-label": "Hints" });
  const more = el("button", { class: "al-check-more", "data-key": `hint ${name}`, onclick: () => ask({ do: "hint", check: name }) });
  const below = el("div", { class: "al-check-below" }, message, hints, more);
  const element = el("li", { class: "al-check", tabindex: -1 }, sign, word, number, promise, worth, below);

  function show(check, place) {
    element.dataset.outcome = check.outcome;
    put(sign, SIGNS[check.outcome]);
    put(word, `${WORDS[check.outcome]}: `);
    put(number, `${place}. `);
    putWithCode(promise, check.promise);
    put(worth, check.out_of ? `${check.points} of ${count(check.out_of, "point")}` : "");
    putWithCode(message, check.message);
    message.hidden = !check.message;
    check.hints.slice(hints.children.length).forEach((hint) => hints.append(el("li", {}, withCode(hint))));
    if (check.hints.length < hints.children.length) hints.replaceChildren(...check.hints.map((hint) => el("li", {}, withCode(hint))));
    hints.hidden = !check.hints.length;
    put(more, `${check.hints.length ? "Next hint" : "Hint"} (${check.hints_left} left)`);
    more.setAttribute("aria-label", `${more.textContent} for: ${check.promise}`);
    // A focused button that goes away would drop the focus to the top of the page.
    if (!check.hints_left && more.contains(document.activeElement)) element.focus();
    more.hidden = !check.hints_left;
    below.hidden = message.hidden && hints.hidden && more.hidden;
  }
  return { element, show };
}

export default view({
  render({ model, el: root }) {
    const ask = (message) => tell(model, root, message);
    const rows = new Map();
    const quiet = announcer();
    const title = el("h3", {});
    const points = el("span", { class: "al-check-points" });
    const meter = el("progress", { class: "al-check-meter", "aria-label": "Points" });
    const summary = el("p", { class: "al-check-summary al-faint" });
    const list = el("ol", { class: "al-check-list", "aria-label": "Promises" });
    const note = el("p", { class: "al-check-note", role: "alert" });
    const trouble = el("p", { class: "al-check-note", role: "alert", hidden: true });
    const done = el("p", { class: "al-check-done", role: "status", hidden: true });
    const status = el("span", { class: "al-check-status al-faint" });
    const again = el("button", { "data-key": "check", onclick: () => ask({ do: "check" }) }, "Check now");
    const buttons = el("div", { class: "al-check-buttons" }, opener(model.get("file")), again, status);
    const runs = el("span", { class: "al-check-runs" });
    const mine = el("button", { "data-key": "mine", onclick: () => ask({ do: "run", which: "mine" }) });
    const secure = el("button", { "data-key": "secure", onclick: () => ask({ do: "run", which: "secure" }) }, "Run it with the secure code again");
    const said = el("p", { class: "al-check-message", role: "alert" });
    const live = el("section", { class: "al-check-live", "aria-label": "The running lab" },
      el("div", { class: "al-check-buttons" }, mine, secure, runs), said);
    const panel = el("section", { class: "al al-checks" },
      el("div", { class: "al-check-head" }, title, el("div", { class: "al-check-score" }, points, meter)), buttons, note, trouble, summary, list, done, live, quiet);
    root.replaceChildren(panel);

    function showReport() {
      const { title: words, exercise, points: earned, out_of: most, checks, trouble: above = "" } = model.get("report");
      put(title, words);
      title.title = exercise;
      panel.setAttribute("aria-label", `Checks: ${words}`);
      const best = model.get("best") > earned ? `  (best: ${model.get("best")})` : "";
      put(points, checks.length ? `${earned} of ${count(most, "point")}${best}` : "");
      meter.hidden = !checks.length;
      meter.max = most || 1;
      meter.value = earned;
      put(summary, checks.length ? inWords(checks) : "Checking for the first time …");
      const names = checks.map((each) => each.name);
      for (const name of [...rows.keys()].filter((each) => !names.includes(each))) {
        rows.get(name).element.remove();
        rows.delete(name);
      }
      putWithCode(trouble, above);
      trouble.hidden = !above;
      const all = checks.length > 0 && checks.every((each) => each.outcome === "passed");
      put(done, all ? `All promises are kept. ${model.get("following")}` : "");
      done.hidden = !all;
      for (const [index, check] of checks.entries()) {
        if (!rows.has(check.name)) {
          rows.set(check.name, row(check.name, ask));
          list.append(rows.get(check.name).element);
        }
        rows.get(check.name).show(check, index + 1);
      }
    }

    function showStatus() {
      const at = model.get("at") && new Date(model.get("at") * 1000).toLocaleTimeString();
      panel.setAttribute("aria-busy", String(model.get("checking")));
      put(status, model.get("checking") ? "Checking …" : at ? `Checked at ${at}. Checked again when you save.` : "");
      put(note, model.get("note"));
      note.hidden = !model.get("note");
    }

    function announce() {
      const { points: earned, out_of: most, checks } = model.get("report");
      quiet.textContent = `Checked: ${inWords(checks).replaceAll(" ·", ",")}. ${earned} of ${count(most, "point")}.`;
    }

    function showLive() {
      const { can, runs: which, busy, said: words } = model.get("live");
      live.hidden = !can;
      put(mine, which === "mine" ? "Run it with my code anew" : "Run the lab with my code");
      secure.hidden = which !== "mine";
      mine.setAttribute("aria-disabled", String(busy));
      put(runs, busy ? "Starting …" : `The lab runs ${CODE[which]}.`);
      put(said, words);
      said.hidden = !words;
    }

    showReport();
    showStatus();
    showLive();
    const endings = [
      watch(model, ["report", "best"], showReport),
      watch(model, ["checking", "at", "note"], showStatus),
      watch(model, ["at"], announce),
      watch(model, ["live"], showLive),
    ];
    return () => endings.forEach((end) => end());
  },
});
