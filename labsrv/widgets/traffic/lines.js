// A sequence diagram's lines: what was said, in words, and in which order.
//
// rows (from the kernel) → groups (redirects folded, assets collapsed) → lines (one a message) → those in sight
//
// Rows come in the order in which exchanges ended. A site that calls another one while it answers, in the back channel,
// has these calls drawn between the request that they are for and its answer.

const A_MINUTE = 60_000;
// A longer chain of redirects is closed until somebody opens it.
const LONGEST_OPEN = 3;

// What was said, in words.

const failed = (row) => row.status === 0 || row.status >= 400;
const outcome = (row) => row.status || "no answer";
const also = (words, names) => (names ? `, ${words} ${names}` : "");
// A browser's request passes through somebody's hands; a site's own one goes from server to server.
const isBack = (row) => row.from.startsWith("s:");
const bare = (path) => path.split("?")[0];
const shortName = (text) => text.replace(/\.localhost$/, "");

/** What a chain of redirects went through: "/login, idp /authorize, shop /callback". */
function passed(rows, name) {
  return rows.map((row, place) => (row.to === rows[Math.max(0, place - 1)].to ? "" : `${shortName(name(row.to))} `) + bare(row.path));
}

function spoken(line, name) {
  const { row, last } = line;
  const from = name(row.from), to = name(last.to);
  if (line.half === "assets") return `${from} and ${to}: ${line.text}`;
  if (line.half === "request") {
    const { rows } = line.group;
    const folded = rows.length > 1 && line.folded ? `, ${rows.length} requests in a row, folded: ${passed(rows, name).join(", ")}` : "";
    const back = isBack(row) ? ", in the back channel" : "";
    return `${from} to ${name(row.to)}: ${row.method} ${row.path}${also("with cookie", row.sent)}${also("withheld", row.withheld)}${back}${folded}`;
  }
  const going = last.going ? `, redirect to ${last.going}` : "";
  const raised = last.raised ? ", the site raised an error" : "";
  return `${to} answers ${from}: ${outcome(last)}${going}${raised}${also("sets cookie", line.sets)}${also("the browser refused", line.refused)}`;
}

const joined = (rows, field) => [...new Set(rows.map((row) => row[field]).filter(Boolean))].join(", ");

function counted(rows) {
  const counts = {};
  for (const row of rows) counts[row.kind] = (counts[row.kind] ?? 0) + 1;
  return Object.entries(counts).map(([kind, count]) => (count > 1 ? `${kind} ×${count}` : kind)).join(", ");
}

function pause(milliseconds) {
  const minutes = Math.round(Math.abs(milliseconds) / A_MINUTE);
  const days = Math.floor(minutes / 1440), hours = Math.floor((minutes % 1440) / 60);
  const parts = [[days, "day"], [hours, "hour"], [minutes % 60, "minute"]].filter(([count]) => count);
  const words = parts.map(([count, unit]) => `${count} ${unit}${count > 1 ? "s" : ""}`).join(" ");
  return milliseconds > 0 ? `${words} later` : `the clock goes back by ${words}`;
}

// Rows to lines.

function grouped(rows, { fold, collapse }) {
  const groups = [], led = new Map(), chains = lengths(rows);
  for (const row of rows) {
    const chain = row.follows && (fold || chains.get(row.number) > LONGEST_OPEN) ? led.get(row.follows) : null;
    const before = groups.at(-1);
    const parts = collapse && row.asset && before?.kind === "assets" && before.rows[0].from === row.from && before.rows[0].to === row.to;
    const group = chain ?? (parts ? before : { kind: collapse && row.asset ? "assets" : "chain", key: row.number, rows: [] });
    if (!group.rows.length) groups.push(group);
    group.rows.push(row);
    led.set(row.number, group);
  }
  return groups;
}

/** How many requests the chain of redirects has that a row is part of. */
function lengths(rows) {
  const first = new Map(), many = new Map();
  for (const { number, follows } of rows) {
    const begin = first.get(follows) ?? number;
    first.set(number, begin);
    many.set(begin, (many.get(begin) ?? 0) + 1);
  }
  return new Map(rows.map(({ number }) => [number, many.get(first.get(number))]));
}

function linesOf(rows, settings) {
  const lines = [];
  let at = null;
  for (const group of grouped(rows, settings)) {
    const many = group.rows.length > 1, folded = many && !settings.unfolded.has(group.key);
    const gap = at === null ? 0 : group.rows[0].at - at;
    if (Math.abs(gap) >= A_MINUTE) lines.push({ key: `p${group.key}`, half: "pause", text: pause(gap) });
    at = group.rows.at(-1).at;

    const sign = many ? (folded ? "▸" : "▾") : "";
    if (folded && group.kind === "assets") {
      const [row, last] = [group.rows[0], group.rows.at(-1)];
      lines.push({ key: `${row.number}a`, half: "assets", row, last, group, folded, sign, text: `${group.rows.length} assets: ${counted(group.rows)}` });
      continue;
    }
    const pieces = folded ? [group.rows] : group.rows.map((row) => [row]);
    for (const [index, piece] of pieces.entries()) {
      const common = { row: piece[0], last: piece.at(-1), group, folded, sign: index ? "" : sign };
      lines.push({ ...common, key: `${piece[0].number}q`, half: "request" });
      lines.push({ ...common, key: `${piece[0].number}r`, half: "answer", sign: "", sets: joined(piece, "sets"), refused: joined(piece, "refused"),
        way: piece.map(outcome).join(" ↪ ") });
    }
  }
  return nested(lines);
}

const listed = (map, key) => map.get(key) ?? map.set(key, []).get(key);

/** Put the calls that a site makes while it answers before that answer. */
function nested(lines) {
  const underWay = new Map(), calls = new Map(), inside = new Set();
  for (const answer of lines.filter((line) => line.half === "answer")) {
    for (const row of answer.folded ? answer.group.rows : [answer.row]) listed(underWay, row.to).push([row, answer]);
  }
  for (const line of lines.filter((each) => each.row && isBack(each.row))) {
    const { from, number } = line.row;
    const whole = underWay.get(from)?.find(([row]) => row.after < number && number < row.number)?.[1];
    if (!whole) continue;
    inside.add(line);
    listed(calls, whole).push(line);
  }
  const placed = (line) => [...(calls.get(line) ?? []).flatMap(placed), line];
  return lines.filter((line) => !inside.has(line)).flatMap(placed);
}
