// A layered graph: boxes are buttons, links are drawn beneath them, and a chosen box shows what it inherits.

const SPACE = 24;
// A graph that is not too wide has the names of its bands beside it, a wide one above each band.
const GUTTER = 92, NARROW = 560;
const BAND = { user: "Users", role: "Roles", permission: "Permissions" };

/** A smooth way through points: down, and no further across than needed. */
function curve(points) {
  let path = `M${points[0][0]} ${points[0][1]}`;
  for (let place = 1; place < points.length; place += 1) {
    const [[x, y], [toX, toY]] = [points[place - 1], points[place]];
    const middle = (y + toY) / 2;
    path += `C${x} ${middle} ${toX} ${middle} ${toX} ${toY}`;
  }
  return path;
}

/** The way of a separation of duty: out of one box, along, and into the other. */
function around([from, one, other, to]) {
  return `M${from}C${one} ${other} ${to}`;
}

/** The name of each band of rows, and the height of its first row. */
function bands(nodes) {
  const first = new Map();
  for (const node of nodes) if (BAND[node.kind] && node.y < (first.get(node.kind) ?? Infinity)) first.set(node.kind, node.y);
  return nodes.some((node) => node.kind === "role") ? [...first] : [];
}

export default view({
  picture: true,
  render({ model, el: root }) {
    root.classList.add("al", "al-rg");
    const title = el("h3", {});
    const hint = el("p", { class: "al-faint al-rg-hint" }, "Choose a box: solid blue is what it inherits, dashed blue who has it. Arrow keys move, Enter chooses, Escape lets go.");
    const stage = el("div", { class: "al-rg-stage", role: "group" });
    const scroll = el("div", { class: "al-rg-scroll" }, stage);
    const says = el("p", { class: "al-rg-says", role: "status" });
    const notes = el("ul", { class: "al-rg-notes" });
    root.append(title, hint, scroll, says, notes);
    let graph = { nodes: [], links: [], apart: [] }, gutter = 0, boxes = [], lines = [], active = 0, chosen = null;

    root.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && boxes.includes(event.target)) press(event);
    });

    function press(event) {
      if (event.key === "Escape" && chosen !== null) choose(null);
      else if (event.key === "Home") go(inOrder()[0]);
      else if (event.key === "End") go(inOrder().at(-1));
      else if (event.key.startsWith("Arrow")) go(next(event.key));
      else return;
      event.preventDefault();
    }

    const inOrder = () => graph.nodes.map((_, place) => place).sort((a, b) => graph.nodes[a].y - graph.nodes[b].y || graph.nodes[a].x - graph.nodes[b].x);

    /** The box next to the active one: in its row, or the nearest of the row above or below. */
    function next(key) {
      const here = graph.nodes[active];
      const upright = key === "ArrowUp" || key === "ArrowDown", way = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
      const there = graph.nodes.map((node, place) => ({ node, place })).filter(({ node }) => upright ? (node.row - here.row) * way > 0 : node.row === here.row && (node.x - here.x) * way > 0);
      there.sort((a, b) => (upright ? Math.abs(a.node.row - here.row) - Math.abs(b.node.row - here.row) : 0) || Math.abs(a.node.x - here.x) - Math.abs(b.node.x - here.x));
      return there[0]?.place;
    }

    function go(place) {
      if (place === undefined) return;
      active = place;
      boxes.forEach((box, number) => { box.tabIndex = number === active ? 0 : -1; });
      boxes[active].focus();
    }

    function choose(place) {
      chosen = place === chosen ? null : place;
      const node = graph.nodes[chosen];
      const below = new Set(node?.below), above = new Set(node?.above);
      boxes.forEach((box, number) => {
        box.setAttribute("aria-pressed", String(number === chosen));
        box.classList.toggle("al-rg-below", below.has(number));
        box.classList.toggle("al-rg-above", above.has(number));
      });
      lines.forEach((line, number) => {
        const { from, to } = graph.links[number];
        const down = node && (from === chosen || below.has(from)) && below.has(to), up = node && above.has(from) && (to === chosen || above.has(to));
        line.classList.toggle("al-rg-lit", Boolean(down));
        line.classList.toggle("al-rg-up", Boolean(up));
      });
      say(says, node ? node.says : "");
    }

    function box(node, place) {
      const button = el("button", {
        type: "button", class: `al-rg-box al-rg-${node.kind}${node.circle ? " al-rg-circle" : ""}`, "data-key": `${node.kind} ${node.name}`,
        "aria-pressed": "false", "aria-label": `${node.kind} ${node.name}${node.circle ? ", in a cycle" : ""}`, title: node.name, tabindex: place === active ? 0 : -1,
        onclick: () => { active = place; go(place); choose(place); },
      }, node.circle ? "↻ " : null, node.name);
      button.style.left = `${gutter + node.x - node.width / 2}px`;
      button.style.top = `${node.y - 15 + SPACE}px`;
      button.style.width = `${node.width}px`;
      return button;
    }

    function draw() {
      graph = model.get("graph");
      say(title, model.get("title"));
      stage.setAttribute("aria-label", model.get("title"));
      active = 0;
      chosen = null;
      gutter = bands(graph.nodes).length && graph.width <= NARROW ? GUTTER : 0;
      boxes = graph.nodes.map(box);
      lines = graph.links.map((link) => svg("path", { d: curve(link.way), class: `al-rg-link${link.backward ? " al-rg-backward" : ""}` }));
      const apart = graph.apart.map((each) => svg("path", { d: around(each.way), class: "al-rg-apart" }, each.says && svg("title", {}, each.says)));
      // A dashed line at the side of the last box needs room there, one below the last row as well.
      const width = graph.width + (graph.apart.length ? 40 : 0), height = graph.height + SPACE + (graph.apart.length ? 28 : 8);
      const picture = svg("svg", { width, height, viewBox: `0 ${-SPACE} ${width} ${height}`, "aria-hidden": "true", focusable: "false" }, lines, apart);
      picture.style.left = `${gutter}px`;
      const names = bands(graph.nodes).map(([kind, y]) => {
        const name = el("span", { class: "al-rg-band", "aria-hidden": "true" }, BAND[kind]);
        name.style.top = `${y - (gutter ? 10 : 40) + SPACE}px`;
        return name;
      });
      stage.style.width = `${gutter + width}px`;
      stage.style.height = `${height}px`;
      fill(stage, picture, names, inOrder().map((place) => boxes[place]));
      fill(notes, graph.notes.map((note) => el("li", { class: note.tone }, note.tone === "al-rg-parts" && el("span", { class: "al-rg-dash", "aria-hidden": "true" }), note.says)));
      notes.hidden = !graph.notes.length;
      say(says, "");
    }

    draw();
    return watch(model, ["graph", "title"], draw);
  },
});
