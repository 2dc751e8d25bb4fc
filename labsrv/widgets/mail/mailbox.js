// A list of messages, newest first, and the open one below: as it reads, as text alone, or as it came over the wire.

const WAYS = [["html", "As it reads"], ["text", "Text"], ["source", "Source"]];
const EMPTY = "No mail yet. What a site sends shows here.";

/** One message of the list. */
function rowOf(model, row, opened) {
  return el("li", {}, el("button", {
    type: "button", class: `al-mail-row${row.new ? " al-mail-new" : ""}`, "data-key": `row ${row.number}`,
    "aria-pressed": String(row.number === opened), onclick: () => model.send({ do: "open", number: row.number }),
  },
  el("span", { class: "al-mail-dot", "aria-hidden": "true" }, row.new ? "●" : ""),
  el("span", { class: "al-mail-from" }, row.new && el("span", { class: "al-quiet" }, "Unread, "), row.sender),
  el("span", { class: "al-mail-at" }, row.at),
  el("span", { class: "al-mail-subject" }, row.subject)));
}

/** The head of the open message. */
function headOf(opened) {
  const line = (name, value) => el("div", {}, el("dt", {}, name), el("dd", {}, value));
  return [el("h3", {}, opened.subject),
    el("dl", {}, line("From", opened.from), line("To", opened.to), line("Came", `${opened.at} UTC, lab time`))];
}

/** A sentence about how many messages there are. */
function counted(many, unread) {
  return `${many || "No"} message${many === 1 ? "" : "s"}${unread ? `, ${unread} unread` : ""}`;
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-mail");
    const id = `al-mail-${Math.random().toString(36).slice(2)}`;
    const status = announcer();
    let way = "html";
    let reading = null;
    let heard = null;

    const title = el("h3", { class: "al-mail-title" });
    const count = el("span", { class: "al-faint" });
    const box = el("select", { "data-looks": true, "aria-label": "Whose mail", onchange: () => model.send({ do: "box", box: Number(box.value) }) });
    const target = el("select", { id: `${id}-in` });
    const targetLabel = el("label", { class: "al-mail-in al-faint", for: `${id}-in` }, "Links open in");
    const outside = el("p", { class: "al-mail-outside" });
    const list = el("ul", { "data-looks": true, class: "al-mail-list", "aria-label": "Messages, newest first" });
    const none = el("p", { class: "al-faint al-mail-none" }, EMPTY);
    const head = el("div", { class: "al-mail-head" });
    const ways = el("div", { "data-looks": true, class: "al-mail-ways", role: "group", "aria-label": "How to show the message" });
    const body = el("div", { class: "al-mail-body", tabindex: 0, role: "group", "aria-label": "What it says" });
    const where = el("p", { class: "al-mail-where al-faint" });
    const said = el("p", { class: "al-mail-said", role: "status" });
    const message = el("article", { class: "al-mail-open", "aria-label": "The open message" }, ways, head, body, where);
    root.append(
      el("div", { class: "al-mail-top" }, title, box, count, el("span", { class: "al-mail-target" }, targetLabel, target)),
      outside, none, list, message, said, status);

    function updateTop() {
      const [boxes, chosen, browsers] = [model.get("boxes"), model.get("chosen"), model.get("browsers")];
      const [address, many, unread] = boxes[chosen] ?? ["", 0, 0];
      title.textContent = boxes.length > 1 ? "Mail of" : `Mail of ${address}`;
      count.textContent = counted(many, unread);
      drawnFrom(box, [boxes.map((each) => each[0])], () => boxes.map(([name], at) => el("option", { value: at }, name)));
      box.value = String(chosen);
      box.hidden = boxes.length < 2;
      drawnFrom(target, [browsers], () => browsers.map((name, at) => el("option", { value: at }, `${name}'s browser`)));
      target.hidden = browsers.length < 2;
      targetLabel.hidden = browsers.length < 1;
      targetLabel.textContent = browsers.length === 1 ? `Links open in ${browsers[0]}'s browser` : "Links open in";
      outside.textContent = model.get("outside");
      outside.hidden = !outside.textContent;
    }

    function updateList() {
      const rows = model.get("rows");
      const opened = model.get("opened").number ?? null;
      drawnFrom(list, [rows, opened], () => rows.map((row) => rowOf(model, row, opened)));
      list.hidden = rows.length === 0;
      none.hidden = rows.length > 0;
      const newest = rows[0] ? `${model.get("chosen")} ${rows[0].number}` : "";
      if (heard !== null && newest !== heard && rows[0]?.new) status.textContent = `New message: ${rows[0].subject}`;
      heard = newest;
    }

    function follow(link) {
      tell(model, root, { do: "follow", link, browser: Number(target.value) || 0 });
    }

    function updateMessage() {
      const opened = model.get("opened");
      message.hidden = opened.number === undefined;
      if (message.hidden) return;
      // Another message is read before its source is.
      if (opened.number !== reading) way = "html";
      reading = opened.number;
      const there = WAYS.filter(([name]) => name !== "html" || opened.html);
      const shown = there.some(([name]) => name === way) ? way : "text";
      const canFollow = model.get("browsers").length > 0 && follow;
      const point = (link) => say(where, link === null ? "" : `→ ${opened.links[link]}`);
      drawnFrom(head, [opened], () => headOf(opened));
      drawnFrom(ways, [opened.number, there, shown], () => [...there.map(([name, words]) => el("button", {
        type: "button", "data-key": name, "aria-pressed": String(name === shown), onclick: () => { way = name; updateMessage(); },
      }, name === "text" && !opened.html ? "As it reads" : words)),
      el("button", { type: "button", class: "al-mail-close", "data-key": "close", onclick: close }, "Close")]);
      drawnFrom(body, [opened, shown], () => shown === "source"
        ? [el("pre", {}, opened.source)]
        : messageLines(opened[shown], opened.links, canFollow, point));
    }

    function close() {
      const { number } = model.get("opened");
      tell(model, root, { do: "close" });
      list.querySelector(`[data-key="row ${number}"]`)?.focus();
    }

    function updateSaid() {
      said.textContent = model.get("said");
      said.hidden = !said.textContent;
    }

    const ends = [
      watch(model, ["boxes", "chosen", "browsers", "outside"], updateTop),
      watch(model, ["rows", "opened"], updateList),
      watch(model, ["opened", "browsers"], updateMessage),
      watch(model, ["said"], updateSaid),
    ];
    for (const update of [updateTop, updateList, updateMessage, updateSaid]) update();
    return () => ends.forEach((end) => end());
  },
});
