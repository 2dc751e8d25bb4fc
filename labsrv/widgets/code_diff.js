// Two columns of lines; where it is narrow, one below the other.

const SAID = { "": "", "~": "changed: ", "+": "only here: ", "−": "only here: " };
// Two lines that have nothing in common may share a row.
const SIGNS = { "±": ["+", "−"] };

function piece([text, kind, marked]) {
  const content = kind ? el("span", { class: `al-py-${kind}` }, text) : text;
  return marked ? el("mark", {}, content) : content;
}

function lineOf(line, sign, row, column) {
  const element = line === null
    ? el("div", { class: "al-cd-line al-cd-blank", "aria-hidden": "true" })
    : el("div", { class: `al-cd-line${sign ? " al-cd-differs" : ""}`, role: "listitem" },
      el("span", { class: "al-cd-number", "aria-hidden": "true" }, String(line[0])),
      el("span", { class: "al-cd-sign", "aria-hidden": "true" }, sign),
      el("code", {}, sign && el("span", { class: "al-quiet" }, SAID[sign]), line[1].map(piece)));
  const indent = line ? (line[1].map(([text]) => text).join("").match(/^ */)[0].length + 4) : 0;
  element.style.setProperty("--al-indent", `${indent}ch`);
  element.style.setProperty("--al-row", row + 2);
  element.style.setProperty("--al-column", column + 1);
  return element;
}

function side(model, column) {
  const title = model.get("titles")[column] ?? "";
  const head = el("div", { class: "al-cd-title" }, title);
  head.style.setProperty("--al-column", column + 1);
  const lines = model.get("rows").map((row, index) => lineOf(row[column], SIGNS[row[2]]?.[column] ?? row[2], index, column));
  return el("div", { class: `al-cd-side al-cd-${column ? "flawed" : "secure"}`, role: "group", "aria-label": title },
    head, el("div", { class: "al-cd-lines", role: "list" }, lines));
}

export default view({
  picture: true,
  render({ model, el: root }) {
    root.classList.add("al", "al-cd");
    const grid = el("div", { class: "al-cd-grid" });
    root.append(grid);
    const draw = () => fill(grid, side(model, 0), side(model, 1));
    draw();
    return watch(model, ["rows", "titles"], draw);
  },
});
