// Controls by data: a label, the control itself, and what it stands at in words.

const two = (number) => String(number).padStart(2, "0");
const atTime = (minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** What a control stands at, in words. */
function standing(row, place) {
  if (row.kind === "time") return `${atTime(place)}${row.unit ? ` ${row.unit}` : ""}`;
  if (row.kind === "choice") return row.of[place];
  if (row.kind === "yes or no") return place ? "yes" : "no";
  return `${place}${row.unit ? ` ${row.unit}` : ""}`;
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-sl");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", model.get("title"));
    const rows = new Map();
    const said = el("p", { class: "al-bad al-sl-said", role: "alert", hidden: true });
    const list = el("div", { class: "al-sl-list" });
    const back = el("button", { type: "button", "data-key": "reset", onclick: () => send({ do: "reset" }) }, "Back to the start");
    root.append(el("h3", {}, model.get("title")), list, el("div", { class: "al-sl-tools" }, back), said);
    // One move at a time: the latest waits until the kernel has answered the one before.
    let busy = false, waiting = null;

    function send(message) {
      if (busy) { waiting = message; return; }
      busy = true;
      tell(model, root, message);
    }

    function answered() {
      busy = false;
      const next = waiting;
      waiting = null;
      if (next) send(next);
      else update();
    }

    function control(row) {
      const id = `al-sl-${Math.random().toString(36).slice(2)}`;
      const words = el("output", { for: id, class: "al-sl-words" });
      const move = (place) => { show(place); send({ do: "move", name: row.name, place }); };
      const common = { id, "data-key": row.name };
      const input = row.kind === "choice"
        ? el("select", { ...common, onchange: () => move(Number(input.value)) }, row.of.map((each, place) => el("option", { value: String(place) }, each)))
        : row.kind === "yes or no"
          ? el("input", { ...common, type: "checkbox", onchange: () => move(input.checked) })
          : el("input", { ...common, type: "range", min: row.low, max: row.high, step: row.step, oninput: () => move(Number(input.value)) });
      const ends = row.kind === "number" ? [row.low, row.high] : row.kind === "time" ? [atTime(row.low), atTime(row.high)] : null;

      function show(place) {
        if (row.kind === "yes or no") input.checked = place;
        else input.value = String(place);
        say(words, row.kind === "choice" ? "" : standing(row, place));
        if (input.type === "range") input.setAttribute("aria-valuetext", standing(row, place));
      }
      const element = el("div", { class: "al-sl-row" }, el("label", { for: id }, row.label),
        el("span", { class: "al-sl-control" }, ends && el("span", { class: "al-faint", "aria-hidden": "true" }, String(ends[0])), input, ends && el("span", { class: "al-faint", "aria-hidden": "true" }, String(ends[1]))), words);
      return { element, show };
    }

    function update() {
      for (const row of model.get("controls")) {
        if (!rows.has(row.name)) {
          rows.set(row.name, control(row));
          list.append(rows.get(row.name).element);
        }
        rows.get(row.name).show(row.place);
      }
    }

    function complain() {
      say(said, model.get("said"));
      said.hidden = !said.textContent;
    }

    update();
    complain();
    const ends = [watch(model, ["count"], answered), watch(model, ["said"], complain)];
    return () => ends.forEach((end) => end());
  },
});
