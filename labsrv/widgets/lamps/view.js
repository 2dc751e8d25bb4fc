// Lamps for the layers of a login, buttons for the ways out, and a table of what they left behind.

/** Build one lamp: a disc with a ring when it is on, and the word beside it. */
function lamp(row) {
  const disc = svg("svg", { viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true" },
    svg("circle", { cx: 12, cy: 12, r: 10, class: "al-lamp-ring" }),
    row.on ? svg("circle", { cx: 12, cy: 12, r: 6, class: "al-lamp-light" }) : null);
  return el("li", { class: `al-lamp ${row.on ? "al-lamp-on" : "al-lamp-off"}` },
    disc,
    el("span", { class: "al-lamp-words" },
      el("b", {}, row.name),
      el("span", { class: "al-faint" }, row.layer),
      el("span", {}, row.on ? `on, until ${row.until}` : "off")));
}

/** Build one line of the proof. */
function line(row) {
  const says = row.opens ? ["still opens", row.until ? `until ${row.until}` : "with no end"] : ["opens nothing", ""];
  return el("tr", { class: row.opens ? "al-lamps-open" : null },
    el("td", {}, row.what), el("td", {}, row.whose), el("td", {}, el("code", {}, row.where)),
    el("td", {}, el("b", { class: row.opens ? "al-bad" : "al-good" }, says[0])), el("td", {}, says[1]));
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-lamps");
    const status = announcer();
    const said = el("p", { class: "al-lamps-said", role: "alert" });
    const lamps = el("ul", { class: "al-lamps-row", "aria-label": "Sessions of this browser" });
    const proof = el("div", { class: "al-lamps-proof" });
    const ways = model.get("ways").map(([way, words]) =>
      el("button", { onclick: () => tell(model, root, { do: "go", way }), "data-key": way }, words));
    const ask = el("button", { class: "al-lamps-prove", "data-key": "prove", onclick: () => tell(model, root, { do: "prove" }) },
      "Logged out? Prove it");

    function show() {
      fill(lamps, model.get("lamps").map(lamp));
    }

    function showProof() {
      const rows = model.get("proof");
      const open = rows.filter((row) => row.opens).length;
      const after = model.get("after");
      const words = `${rows.length} cookies and tokens presented again${after ? ` after “${after}”` : ""}: ${open || "none"} still open${open === 1 ? "s" : ""} a door.`;
      fill(proof, rows.length ? [
        el("p", { class: "al-lamps-sum" }, words),
        el("div", { class: "al-lamps-scroll", tabindex: 0, role: "region", "aria-label": "What was presented again" },
          el("table", {},
            el("thead", {}, el("tr", {}, ...["What", "Given to", "Presented at", "What it does there", "For how long"].map((each) => el("th", { scope: "col" }, each)))),
            el("tbody", {}, rows.map(line)))),
      ] : []);
      if (rows.length) status.textContent = words;
    }

    function complain() {
      said.textContent = model.get("said");
      said.hidden = !said.textContent;
    }

    root.append(lamps,
      el("div", { class: "al-lamps-ways", role: "group", "aria-label": "Ways out" }, ...ways, ask),
      said, proof, status);
    show();
    showProof();
    complain();
    const ends = [watch(model, ["lamps"], show), watch(model, ["proof", "after"], showProof), watch(model, ["said"], complain)];
    return () => ends.forEach((end) => end());
  },
});
