// A store's collections as tabs, the open one as a table; what the last step changed is marked by words and signs.

const MARKS = {
  added: ["+", "al-good", "added"],
  changed: ["~", "al-sv-changed", "changed"],
  removed: ["−", "al-bad", "removed"],
  "": ["", "", ""],
};

const LONG_WORD = 24;

/** A tab for each collection; arrow keys move between them. */
function tabList(model, panel) {
  const list = el("div", { class: "al-sv-tabs", role: "tablist", "aria-label": "Collections" });
  const open = (name) => model.send({ do: "open", collection: name });

  list.addEventListener("keydown", (event) => {
    const tabs = [...list.children];
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab.focus();
    open(tab.dataset.name);
  });

  const update = () => {
    const chosen = model.get("table").name;
    fill(list, model.get("collections").map(([name, total, added, changed, removed]) => {
      const counts = [["+", added, "added", "al-good"], ["~", changed, "changed", "al-sv-changed"], ["−", removed, "removed", "al-bad"]];
      return el("button", {
        role: "tab", "data-key": `tab ${name}`, "data-name": name, onclick: () => open(name),
        "aria-selected": String(name === chosen), tabindex: name === chosen ? 0 : -1, "aria-controls": panel.id,
      },
      el("code", {}, name), el("span", { class: "al-faint" }, ` ${total}`),
      counts.filter(([, many]) => many).map(([sign, many, word, look]) =>
        el("span", { class: look }, el("span", { "aria-hidden": "true" }, ` ${sign}${many}`), el("span", { class: "al-quiet" }, `, ${many} ${word}`))));
    }));
  };
  return { element: list, update };
}

/** One row of the open collection. */
function rowOf(model, { key, mark, cells }, opened) {
  const [sign, look, word] = MARKS[mark];
  const open = key === opened;
  return el("tr", { class: mark ? `al-sv-${mark}-row` : null },
    el("td", { class: "al-sv-mark" },
      el("button", {
        class: "al-sv-open", "data-key": `row ${key}`, "aria-expanded": String(open),
        "aria-label": `${open ? "Close" : "Open"} the row ${cells[0]?.[0] ?? ""}`,
        onclick: () => model.send({ do: "row", key: open ? "" : key }),
      }, open ? "▾" : "▸"),
      mark && el("span", { class: look, title: word }, el("span", { "aria-hidden": "true" }, sign), el("span", { class: "al-quiet" }, word))),
    cells.map(([value, was]) => {
      // An id is one word: broken into lines it is hard to tell from another. The open row has it in full.
      const look = value.length > LONG_WORD && !/\s/.test(value) ? { class: "al-sv-word", title: value } : {};
      if (was === undefined) return el("td", look, mark === "removed" ? el("s", {}, value) : value);
      return el("td", { class: "al-sv-cell-changed" }, el("strong", {}, value || "(nothing)"),
        el("span", { class: "al-sv-was" }, el("span", { class: "al-quiet" }, "was "), el("s", {}, was)));
    }));
}

/** A row with its values in full, below it. */
function whole({ fields }, columns) {
  return el("tr", { class: "al-sv-whole" }, el("td", { colspan: columns },
    el("dl", {}, fields.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]))));
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-sv");
    root.dataset.looks = "";
    const panel = el("div", { class: "al-sv-panel", role: "tabpanel", tabindex: 0, id: `al-sv-${Math.random().toString(36).slice(2)}` });
    const tabs = tabList(model, panel);
    const cause = el("p", { class: "al-sv-cause", role: "status", "aria-live": "polite" });
    const trouble = el("p", { class: "al-bad al-sv-trouble", role: "alert" });
    const head = el("thead", {});
    const body = el("tbody", {});
    const table = el("table", {}, head, body);
    const note = el("p", { class: "al-faint al-sv-note" });
    let drawn = new Map();
    let columns = "";
    panel.append(table, note);
    root.append(
      el("div", { class: "al-sv-top" }, el("h3", {}, "Server store"), el("span", { class: "al-faint" }, model.get("where")), cause),
      trouble, tabs.element, panel);

    function updateTable() {
      const { name, fields = [], rows = [], total = 0, left_out: leftOut = 0 } = model.get("table");
      const opened = model.get("opened");
      if (columns !== JSON.stringify([name, fields])) {
        columns = JSON.stringify([name, fields]);
        head.replaceChildren(el("tr", {},
          el("th", { scope: "col" }, el("span", { class: "al-quiet" }, "Change")),
          ...fields.map((each) => el("th", { scope: "col" }, each))));
        panel.setAttribute("aria-label", `Collection ${name}`);
        drawn = new Map();
      }
      // Rows that are as they were stay the very elements they were: nothing flickers, and the focus stays.
      const kept = new Map();
      const shown = [];
      for (const row of rows) {
        const key = JSON.stringify([row, row.key === opened.key]);
        const element = drawn.get(key) ?? rowOf(model, row, opened.key);
        kept.set(key, element);
        shown.push(element);
        if (row.key === opened.key) shown.push(whole(opened, fields.length + 1));
      }
      drawn = kept;
      fill(body, ...shown);
      table.hidden = rows.length === 0;
      note.textContent = rows.length === 0 ? "No rows." : leftOut > 0 ? `${leftOut} more of ${total} rows are not shown.` : "";
      note.hidden = !note.textContent;
    }

    function updateTop() {
      const words = model.get("cause");
      cause.textContent = words ? `Last change by ${words}` : "";
      trouble.textContent = model.get("trouble");
      trouble.hidden = !trouble.textContent;
    }

    const ends = [
      watch(model, ["collections"], tabs.update),
      watch(model, ["table"], () => { tabs.update(); updateTable(); }),
      watch(model, ["opened"], updateTable),
      watch(model, ["cause", "trouble"], updateTop),
    ];
    tabs.update();
    updateTable();
    updateTop();
    return () => ends.forEach((each) => each());
  },
});
