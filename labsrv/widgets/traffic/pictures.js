// One line of the diagram, the details of one exchange, and the table that says the same in words.

const LINE = 30;
const GUTTER = 52;

// Drawing one line.

function arrow(from, to, kind, back) {
  const y = LINE - 6;
  if (from === to) return [svg("path", { d: `M${from} ${y - 8}h16v8h-12`, class: `al-tv-arrow ${kind}` }), head(from, y, -1, kind)];
  const way = Math.sign(to - from);
  const stroke = (shift, gap) => svg("line", { x1: from, y1: y + shift, x2: to - way * gap, y2: y + shift, class: `al-tv-arrow ${kind}` });
  // Two strokes: nobody stands between server and server.
  if (back) return [stroke(-2, 7), stroke(2, 7), head(to, y, way, kind)];
  return [svg("line", { x1: from, y1: y, x2: to - way * 2, y2: y, class: `al-tv-arrow ${kind}` }), head(to, y, way, kind)];
}

const head = (x, y, way, kind) => svg("path", { d: `M${x} ${y}l${-way * 8} -4v8z`, class: `al-tv-head ${kind}` });

function drawn(line, lanes) {
  const x = (key) => lanes.at.get(key) ?? GUTTER;
  const kind = line.half === "answer" ? (failed(line.last) ? "al-tv-failed" : line.last.going ? "al-tv-redirect" : "al-tv-answer") : line.half === "assets" ? "al-tv-assets" : "";
  const picture = svg("svg", { width: lanes.width, height: LINE, "aria-hidden": "true", focusable: "false" });
  for (const place of lanes.at.values()) picture.append(svg("line", { x1: place, y1: 0, x2: place, y2: LINE, class: "al-tv-lane" }));
  if (line.half === "pause") return picture;
  const [from, to] = line.half === "answer" ? [x(line.last.to), x(line.row.from)] : [x(line.row.from), x(line.row.to)];
  picture.append(...arrow(from, to, kind, isBack(line.row)));
  if (line.sets) picture.append(svg("circle", { cx: from, cy: LINE - 6, r: 4, class: "al-tv-set" }));
  return picture;
}

function words(line, name) {
  if (line.half === "assets") return [el("span", { class: "al-faint" }, line.text)];
  const { row, last } = line;
  if (line.half === "request") {
    const { rows } = line.group;
    const way = line.folded && line.group.kind === "chain";
    return [
      el("b", {}, row.method), " ",
      way && el("span", { class: "al-tv-channel" }, `${rows.length} in a row`),
      isBack(row) && el("span", { class: "al-tv-channel" }, "back"),
      way ? passed(rows, name).join(" ↪ ") : row.path,
      row.kind !== "page" && el("span", { class: "al-tv-kind" }, row.kind),
      row.sent && el("span", { class: "al-faint" }, ` + ${row.sent}`),
      row.withheld && el("span", { class: "al-bad" }, ` − ${row.withheld} withheld`),
    ];
  }
  return [
    el("span", { class: failed(last) ? "al-bad" : "" }, line.way, last.raised ? " raised" : null),
    last.going && ` ↪ ${last.going}`,
    line.sets && el("span", { class: "al-tv-cookie" }, `● sets ${line.sets}`),
    line.refused && el("span", { class: "al-bad" }, ` ✕ refused ${line.refused}`),
  ];
}

// What the strokes mean.

function legend() {
  const sample = (kind, back, words) => el("span", {},
    svg("svg", { width: 40, height: 16, viewBox: `0 ${LINE - 14} 40 16`, "aria-hidden": "true" }, arrow(2, 38, kind, back)), ` ${words}`);
  return el("p", { class: "al-tv-legend al-faint", hidden: true },
    sample("", false, "front channel: a browser asks"), sample("", true, "back channel: a site asks another one"),
    sample("al-tv-answer", false, "answer"), sample("al-tv-redirect", false, "redirect"));
}

// The details of one exchange.

const marked = (yes) => el("span", { class: yes ? "al-good" : "al-bad" }, yes ? "✓ " : "✕ ");

function half(title, part, cookieTitle, look) {
  const buttons = (place) => part.tokens.filter(([, at]) => at === place).map(([which, , where]) => lookButton(where, `look-${which}`, () => look(which)));
  return el("section", { class: "al-tv-half" },
    el("h4", {}, title),
    el("dl", {}, part.headers.map(([name, value], place) => el("div", {}, el("dt", {}, name), el("dd", {}, value, ...buttons(place))))),
    part.cookies.length ? [el("h5", {}, cookieTitle), el("ul", {}, part.cookies.map((each) => el("li", {}, marked(each.yes), el("b", {}, each.name), `: ${each.reason}`)))] : [],
    part.body ? [el("h5", {}, "Body"), el("pre", { tabindex: 0, role: "group", "aria-label": `Body of the ${title.toLowerCase()}` }, part.body), ...buttons(-1)] : [],
  );
}

function changed(data) {
  if (!data.before) return el("p", { class: "al-faint" }, "It is the first of this visitor and site.");
  if (!data.changes.length) return el("p", { class: "al-faint" }, `Nothing changed since #${data.before}.`);
  const value = (text) => el("code", {}, text);
  return el("ul", { class: "al-tv-changes" }, data.changes.map((each) =>
    el("li", {},
      el("b", { class: each.sign === "+" ? "al-good" : each.sign === "−" ? "al-bad" : "" }, { "+": "+ new", "−": "− gone", "~": "~ changed" }[each.sign]),
      ` ${each.what} (${each.in}): `,
      each.before && value(each.before), each.before && each.after && " → ", each.after && value(each.after))));
}

function detailsOf(data, shut, look) {
  return [
    el("header", {},
      el("h3", { tabindex: -1, "data-key": "details" }, `#${data.number} ${data.who}: ${data.method} ${data.url} → ${outcome(data)}`),
      el("button", { type: "button", onclick: shut, "data-key": "close" }, "Close (Esc)")),
    el("p", { class: "al-faint" }, `At ${data.at} on the lab's clock, from ${data.address}, answered in ${data.milliseconds} ms.`),
    data.error ? el("pre", { class: "al-bad", tabindex: 0, role: "group", "aria-label": "What the site raised" }, data.error) : null,
    el("div", { class: "al-tv-halves" }, half("Request", data.request, "Cookies of this host", look), half("Answer", data.answer, "Cookies set", look)),
    el("h4", {}, data.before ? `What changed since #${data.before}, the last one of the same visitor and site` : "What changed"),
    changed(data),
  ];
}

// The table: the same in words.

const time = (at) => new Date(at).toISOString().slice(11, 19);

function tableOf(rows, name, open) {
  const cells = (row) => [
    `${name(row.from)} ${isBack(row) ? "⇒" : "→"} ${name(row.to)}${isBack(row) ? " (back channel)" : ""}`, time(row.at), `${row.method} ${row.path}`,
    `${outcome(row)}${row.going ? ` ↪ ${row.going}` : ""}${row.raised ? " raised" : ""}`,
    [row.sent && `+ ${row.sent}`, row.withheld && `− ${row.withheld} withheld`].filter(Boolean).join(" "),
    [row.sets && `● ${row.sets}`, row.refused && `✕ refused ${row.refused}`].filter(Boolean).join(" "),
  ];
  const titles = ["#", "Who", "Lab time (UTC)", "Request", "Answer", "Cookies sent", "Cookies set"];
  return el("table", {},
    el("caption", { class: "al-quiet" }, "The messages, two to a row"),
    el("thead", {}, el("tr", {}, titles.map((title) => el("th", { scope: "col" }, title)))),
    el("tbody", {}, rows.map((row) => el("tr", {},
      el("td", {}, el("button", { type: "button", "data-key": `t${row.number}`, "aria-label": `Open exchange ${row.number}`, onclick: () => open(row.number, `t${row.number}`) }, String(row.number))),
      cells(row).map((text) => el("td", {}, text))))));
}
