// The messages that were sent, as a sequence diagram: a lane for the browser and each site, words beside them.

const STEP = 30;
const EDGE = 34;
const LANE = 78;

/** The lanes of these messages: the browser's first, then the sites in the order of their coming. */
function lanesOf(messages, browser) {
  const names = [browser];
  for (const { from, to } of messages) for (const name of [from, to]) if (!names.includes(name)) names.push(name);
  return { names, width: EDGE * 2 + LANE * (names.length - 1), at: (name) => EDGE + LANE * names.indexOf(name) };
}

/** An arrow; two strokes in the back channel, dashes where a redirect comes back to the browser. */
function flowArrow(from, to, { back, dashed, y = STEP / 2 }) {
  const kind = `al-fv-arrow${dashed ? " al-fv-dashed" : ""}`;
  if (from === to) return [svg("path", { d: `M${from} ${y - 5}h14v10h-6`, class: kind }), tip(from + 2, y + 5, -1)];
  const way = Math.sign(to - from);
  const stroke = (shift) => svg("line", { x1: from, y1: y + shift, x2: to - way * 7, y2: y + shift, class: kind });
  return [...(back ? [stroke(-2), stroke(2)] : [stroke(0)]), tip(to, y, way)];
}

const tip = (x, y, way) => svg("path", { d: `M${x} ${y}l${-way * 8} -4v8z`, class: "al-fv-tip" });

/** One message among the lanes. A redirect goes back to the browser first, and from there to where it leads. */
function strokes(message, lanes, browser) {
  const at = (name) => lanes.at(name);
  const picture = svg("svg", { width: lanes.width, height: "100%", "aria-hidden": "true", focusable: "false" },
    lanes.names.map((name) => svg("line", { x1: at(name), y1: 0, x2: at(name), y2: "100%", class: "al-fv-lane" })));
  const { from, to } = message;
  if (message.kind === "redirect") {
    picture.append(...flowArrow(at(from), at(browser), { dashed: true, y: 9 }), ...flowArrow(at(browser), at(to), { y: 22 }));
  } else {
    picture.append(...flowArrow(at(from), at(to), { back: message.channel === "back" }));
  }
  return picture;
}

const KINDS = { request: "", redirect: "redirect", form: "form", call: "back" };

function sentLine(message, lanes, browser) {
  const { number, from, to, method, path, touched, came, refused, held } = message;
  const kind = KINDS[message.kind];
  const drawing = el("div", { class: "al-fv-drawing" }, strokes(message, lanes, browser));
  drawing.style.width = `${lanes.width}px`;
  return el("li", { class: "al-fv-sent" },
    drawing,
    el("div", { class: "al-fv-words" },
      el("span", { class: "al-fv-number" }, String(number)),
      el("span", { class: "al-quiet" }, ` ${from} to ${to}, ${message.channel} channel: `),
      el("b", {}, method), " ", kind && el("span", { class: "al-fv-chip" }, kind), path,
      touched.map((each) => el("span", { class: "al-fv-touched" }, `✎ ${each}`)),
      !held && el("span", { class: "al-faint" }, " (not held: that site runs in a process of its own)"),
      el("div", { class: `al-fv-came ${refused ? "al-bad" : "al-faint"}` }, refused ? "✕ refused: " : "", came || "… on its way")));
}

function headLine(lanes) {
  const heads = lanes.names.map((name, place) => {
    const head = el("span", { class: `al-fv-head${place ? "" : " al-fv-person"}`, title: name }, name);
    head.style.left = `${lanes.at(name)}px`;
    return head;
  });
  const line = el("div", { class: "al-fv-heads", "aria-hidden": "true" }, heads);
  line.style.width = `${lanes.width}px`;
  return line;
}

function channelLegend() {
  const sample = (options, words) => el("span", {}, svg("svg", { width: 40, height: 16, "aria-hidden": "true" }, flowArrow(2, 38, { ...options, y: 8 })), ` ${words}`);
  return el("p", { class: "al-fv-legend al-faint" },
    sample({}, "front channel: through the browser"), sample({ dashed: true }, "redirect: sends it on"), sample({ back: true }, "back channel: from server to server"));
}
