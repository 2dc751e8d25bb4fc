// One decision: the question, the outcome, every rule, what would have to change, and who can.

const PARTS = { subject: "Subject", action: "Action", resource: "Resource", context: "Context" };

/** One part of the question, a line for each member; what was changed says what it was. */
function partOf({ part, rows, more }) {
  return el("div", { class: "al-dt-part", role: "group", "aria-label": PARTS[part] },
    el("h4", {}, PARTS[part]),
    rows.length
      ? el("dl", {}, rows.map((row) => el("div", { class: row.was ? "al-dt-changed" : null },
        el("dt", {}, row.name),
        el("dd", {}, el("code", {}, row.value), row.was && el("span", { class: "al-dt-was" }, `✎ was ${row.was}`)))))
      : el("p", { class: "al-faint" }, "nothing is said"),
    more ? el("p", { class: "al-faint" }, `and ${more} more`) : null);
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-dt");
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", "A decision, explained");
    const title = el("h3", {});
    const question = el("div", { class: "al-dt-question" });
    const tools = el("div", { class: "al-dt-tools" });
    const verdict = el("div", { role: "status" });
    const said = el("p", { class: "al-bad al-dt-said", role: "alert", hidden: true });
    const rules = el("div", { role: "group", "aria-label": "Rules" });
    const flips = el("div", { role: "group", class: "al-dt-flips", "aria-label": "What would have to change" });
    const who = el("div", { role: "group", class: "al-dt-who", "aria-label": "Who can" });
    root.append(title, question, tools, verdict, said, rules, flips, who);
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !model.get("shown").steps || model.get("ended")) return;
      event.preventDefault();
      send({ do: "back" });
    });

    const send = (wish) => tell(model, root, { ...wish, count: model.get("count") });
    const button = (key, words, wish, label = null) => el("button", { type: "button", "data-key": key, "aria-label": label, onclick: () => send(wish) }, words);

    function flipOf(flip, place) {
      const words = flip.changes.map((each) => `${each.name} from ${each.was} to ${each.now}`).join(" and ");
      return el("li", {},
        button(`try ${words}`, "Try it", { do: "try", flip: place }, `Try it: ${words}`),
        el("span", { class: "al-dt-changes" }, flip.changes.map((each, number) => [number ? " and " : "", el("code", {}, each.name), " ", el("code", {}, each.was), " → ", el("code", { class: "al-de-value" }, each.now)]).flat()),
        el("span", { class: `al-dt-to al-de-${flip.to.tone}` }, `then: ${flip.to.word}`));
    }

    /** Flips, together by who could make these changes. */
    function flipsOf(shown) {
      if (!shown.could_flip) return [];
      const groups = new Map();
      shown.flips.forEach((flip, place) => groups.set(flip.who, [...(groups.get(flip.who) ?? []), flipOf(flip, place)]));
      const lists = [...groups].flatMap(([name, items]) => [el("h5", {}, `Changeable by ${name}`), el("ul", {}, items)]);
      return [el("h4", {}, "What would have to change"), ...(lists.length ? lists : [el("p", { class: "al-faint" }, "Nothing that was tried turns the answer.")])];
    }

    function whoOf(shown) {
      const searches = model.get("searches");
      if (!searches.length) return [];
      const found = shown.found.map((name, place) => el("li", {}, button(`ask ${place}`, name, { do: "ask", found: place }, `Ask with ${name}`)));
      return [el("h4", {}, "And the other way round"),
        el("div", { class: "al-dt-tools" }, searches.map(([kind, words]) => button(`search ${kind}`, words, { do: "search", kind }))),
        shown.searched && el("p", { role: "status" }, `${searches.find(([kind]) => kind === shown.searched)[1]} ${found.length + shown.more || "Nobody and nothing is"} found.`),
        shown.searched && (found.length ? el("ul", { class: "al-dt-found" }, found, shown.more ? el("li", { class: "al-faint" }, `and ${shown.more} more`) : null) : null)];
    }

    function update() {
      const shown = model.get("shown");
      const back = root.contains(document.activeElement) && document.activeElement.dataset.key?.match(/^(try|ask|back)/);
      say(title, shown.asked);
      fill(question, shown.question.map(partOf));
      const steps = shown.steps > 1 ? ` (${shown.steps} changes)` : "";
      fill(tools, shown.steps ? [button("back", `Back${steps}`, { do: "back" })] : []);
      fill(verdict, shown.decision ? [verdictOf(shown.decision.verdict)] : []);
      fill(rules, shown.decision ? [el("h4", {}, "Every rule"), rulesOf(shown.decision)] : []);
      fill(flips, flipsOf(shown));
      fill(who, whoOf(shown));
      flips.hidden = !flips.children.length;
      who.hidden = !who.children.length;
      // What was pressed may be gone by now: the way back, or else what can be tried, is the next thing to press.
      if (back && !root.contains(document.activeElement)) root.querySelector('[data-key="back"], [data-key^="try"], [data-key^="search"]')?.focus();
    }

    function complain() {
      say(said, model.get("said"));
      said.hidden = !said.textContent;
    }

    update();
    complain();
    const ends = [watch(model, ["count"], update), watch(model, ["said"], complain)];
    return () => ends.forEach((end) => end());
  },
});
