// A phone: codes whose rings empty with the lab's clock, text messages, a camera, and a switch for when it is lost.
// The codes of the next steps are here already: while time runs, the kernel is asked for nothing.

const AROUND = 2 * Math.PI * 8;
// Asked for more while this many codes are left.
const LEFT = 3;

/** "123 456": read in two halves, copied in one. */
function codeText(code) {
  const half = Math.ceil(code.length / 2);
  return code ? [el("span", {}, code.slice(0, half)), el("span", { class: "al-phone-half" }, code.slice(half))] : "······";
}

/** The ring of one account. */
function ring() {
  const rest = svg("circle", { cx: 10, cy: 10, r: 8, class: "al-phone-rest", "stroke-dasharray": AROUND, transform: "rotate(-90 10 10)" });
  const drawing = svg("svg", { viewBox: "0 0 20 20", width: 26, height: 26, "aria-hidden": "true" },
    svg("circle", { cx: 10, cy: 10, r: 8, class: "al-phone-track" }), rest);
  const words = el("span", { class: "al-phone-seconds" });
  return { element: el("span", { class: "al-phone-ring" }, drawing, words), rest, words };
}

/** One account of the app: `tick(seconds)` shows the code of that moment, `few()` asks for more codes. */
function accountCard(model, row, place, few) {
  const send = (act) => () => model.send({ do: act, place });
  const label = [row.issuer, row.name].filter(Boolean).join(": ") || "an account without a name";
  const code = el("output", { class: "al-phone-code", "aria-label": `Code for ${label}`, "aria-live": "off" });
  const { element, rest, words } = ring();
  const after = el("span", { class: "al-phone-after" });
  const timed = row.kind === "totp";
  let open = false;
  let shown = null;

  const next = el("button", { type: "button", "data-key": `next ${place}`, onclick: press }, timed ? "Next code" : "New code");
  if (timed) next.setAttribute("aria-expanded", "false");
  const card = el("li", { class: "al-phone-account" },
    el("div", { class: "al-phone-name" }, el("b", {}, row.issuer || row.name || "(no name)"), " ", el("span", { class: "al-faint" }, row.issuer ? row.name : "")),
    el("div", { class: "al-phone-line" }, code, timed ? element : el("span", { class: "al-faint" }, `Count ${row.count}`)),
    el("div", { class: "al-phone-line" }, next, after,
      el("button", { type: "button", class: "al-phone-remove", "data-key": `remove ${place}`, "aria-label": `Remove ${label}`, onclick: send("remove") }, "Remove")));

  function press() {
    if (!timed) return void model.send({ do: "next", place });
    open = !open;
    next.setAttribute("aria-expanded", String(open));
    shown = null;
    card.again();
  }

  function show(now, then) {
    const key = JSON.stringify([now, open && then]);
    if (key === shown) return;
    shown = key;
    code.replaceChildren(...[codeText(now)].flat());
    after.replaceChildren(...(open ? ["then ", el("span", { class: "al-phone-code-next" }, ...[codeText(then)].flat())] : []));
  }

  function tick(seconds) {
    if (!timed) return show(row.codes[0], "");
    const at = Math.floor(seconds / row.period) - row.first;
    const left = row.period - (seconds % row.period);
    show(row.codes[at] ?? "", row.codes[at + 1] ?? "");
    say(words, `${Math.ceil(left)} s`);
    rest.style.strokeDashoffset = (AROUND * (1 - left / row.period)).toFixed(1);
    card.classList.toggle("al-phone-late", left <= 5);
    if (at < 0 || at >= row.codes.length - LEFT) few();
  }
  return { card, tick };
}

/** One text message. */
function textCard(model, { sender, at, lines, links }) {
  const follow = (link) => model.send({ do: "follow", link });
  return el("li", { class: "al-phone-text" },
    el("div", { class: "al-phone-line" }, el("b", {}, sender), el("span", { class: "al-faint" }, at)),
    messageLines(lines, links, follow, () => {}));
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-phone");
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", `${model.get("owner")}'s phone`);
    const status = announcer();
    // Until the kernel has said what time it is, assume that its machine and this one agree.
    let offset = (model.get("told").moved ?? 0) * 1000;
    let cards = [];
    let asked = 0;
    let newest = null;

    const lost = el("input", { type: "checkbox", role: "switch", "data-key": "lost", onchange: () => tell(model, root, { do: "lost", lost: lost.checked }) });
    const scan = el("button", { type: "button", class: "al-phone-scan", "data-key": "scan", onclick: () => tell(model, root, { do: "scan" }) },
      `Scan the QR code in ${model.get("browser_name")}'s browser`);
    const said = el("p", { class: "al-phone-said", role: "status" });
    const apps = el("ul", { class: "al-phone-accounts", "aria-label": "Accounts" });
    const noApps = el("p", { class: "al-faint" }, "No accounts yet. Scan the QR code that a site shows.");
    const texts = el("ul", { class: "al-phone-texts", "aria-label": "Text messages, newest first" });
    const noTexts = el("p", { class: "al-faint" }, "No messages yet.");
    const screen = el("div", { class: "al-phone-screen" },
      el("section", {}, el("h4", {}, "Authenticator"), noApps, apps, scan),
      el("section", {}, el("h4", {}, "Messages"), noTexts, texts));
    const away = el("p", { class: "al-phone-lost" }, "This phone is lost. Its codes and messages reach nobody.");
    root.append(
      el("div", { class: "al-phone-top" },
        el("div", {}, el("h3", {}, `${model.get("owner")}'s phone`), el("span", { class: "al-faint" }, model.get("number"))),
        el("label", { class: "al-phone-switch" }, lost, "Lost")),
      away, screen, said, status);

    function few() {
      if (model.get("ended")) return;
      if (Date.now() - asked < 2000) return;
      asked = Date.now();
      model.send({ do: "look" });
    }

    function tick() {
      // Time stands still for a lab that has ended.
      const seconds = model.get("ended") ? model.get("told").time : (Date.now() + offset) / 1000;
      for (const each of cards) each.tick(seconds);
    }

    function updateTime() {
      offset = model.get("told").time * 1000 - Date.now();
      tick();
    }

    function updateAccounts() {
      const rows = model.get("accounts");
      // A card stays as it is, open or not, while its codes are those that were to come.
      const kept = rows.map(({ codes, first, ...same }, place) => {
        const key = JSON.stringify([same, place, same.kind === "hotp" && codes]);
        const before = cards.find((each) => each.key === key);
        if (before && same.kind === "totp") Object.assign(before.row, { codes, first });
        if (before) return before;
        const row = { ...rows[place] };
        const card = accountCard(model, row, place, few);
        card.card.again = tick;
        return { key, row, ...card };
      });
      if (kept.length !== cards.length || kept.some((each, place) => each !== cards[place])) fill(apps, kept.map((each) => each.card));
      cards = kept;
      noApps.hidden = rows.length > 0;
      tick();
    }

    function updateTexts() {
      const rows = model.get("texts");
      drawnFrom(texts, rows, () => rows.map((row) => textCard(model, row)));
      noTexts.hidden = rows.length > 0;
      const first = JSON.stringify(rows[0] ?? null);
      if (newest !== null && first !== newest && rows[0]) status.textContent = `New text message from ${rows[0].sender}`;
      newest = first;
    }

    function updateLost() {
      lost.checked = model.get("lost");
      screen.hidden = lost.checked;
      away.hidden = !lost.checked;
    }

    function updateSaid() {
      say(said, model.get("said"));
      said.hidden = !model.get("said");
    }

    const ends = [
      watch(model, ["told"], updateTime), watch(model, ["accounts"], updateAccounts), watch(model, ["texts"], updateTexts),
      watch(model, ["lost"], updateLost), watch(model, ["said"], updateSaid),
    ];
    for (const update of [updateAccounts, updateTexts, updateLost, updateSaid]) update();
    const ticking = setInterval(tick, 250);
    model.send({ do: "look" });
    return () => {
      clearInterval(ticking);
      ends.forEach((end) => end());
    };
  },
});
