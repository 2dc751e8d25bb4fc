// A sequence diagram in lines of one height, of which only those in sight exist.
// Before it stand lines.js (what was said) and pictures.js (how one line looks).

// Words stand between lanes where these are so far apart, and otherwise in a column of their own.
const ROOMY = 250;
const NARROWEST = 62, WIDEST = 100;
const COLUMN = 270;
const SPARE = 8;
const FOLDED_FROM = 20;
const PAGE = 100;

class Diagram {
  constructor(model, root) {
    Object.assign(this, { model, root, rows: [], known: new Map(), unfolded: new Set(), lines: [], place: new Map(), shown: new Map() });
    Object.assign(this, { active: null, opened: null, fold: null, collapse: true, table: false, page: null, follow: true, back: null });
    this.name = (key) => model.get("parties")[key] ?? key.slice(2);
    this.build();
    this.add(model.get("start"));
    this.update();
  }

  build() {
    this.chips = el("div", { class: "al-tv-chips", role: "group", "aria-label": "Show messages of" });
    this.boxFold = el("input", { type: "checkbox", onchange: () => { this.fold = this.boxFold.checked; this.update(); } });
    this.boxCollapse = el("input", { type: "checkbox", checked: true, onchange: () => { this.collapse = this.boxCollapse.checked; this.update(); } });
    this.asTable = el("button", { type: "button", "aria-pressed": "false", onclick: () => this.turn() }, "As a table");
    this.clear = el("button", { type: "button", onclick: () => this.clearOrNot() });
    this.count = el("span", { class: "al-faint al-tv-count" });
    const tools = el("div", { class: "al-tv-tools" }, this.chips,
      el("label", {}, this.boxFold, " fold redirects"), el("label", {}, this.boxCollapse, " collapse assets"), this.asTable, this.clear, this.count);

    this.legend = legend();
    this.heads = el("div", { class: "al-tv-heads", "aria-hidden": "true" });
    this.canvas = el("div", { class: "al-tv-canvas", role: "list", "aria-label": "Messages" });
    this.scroller = el("div", { class: "al-tv-scroller" }, this.heads, this.canvas);
    this.fresh = el("button", { type: "button", class: "al-tv-fresh", hidden: true, onclick: () => this.toEnd() }, "new messages ↓");
    this.empty = el("p", { class: "al-faint" }, "No messages yet. They appear here as soon as somebody asks a site for something.");
    this.grid = el("div", { class: "al-tv-table", hidden: true });
    this.panel = el("section", { class: "al-tv-details", hidden: true, "aria-label": "Details of an exchange" });
    this.token = tokenPlace(this.model, this.root);
    this.say = announcer();
    this.root.classList.add("al", "al-tv");
    this.root.dataset.looks = "";
    this.root.append(tools, this.empty, el("div", { class: "al-tv-stage" }, this.legend, this.scroller, this.fresh), this.grid, this.panel, this.token.element, this.say);

    this.scroller.addEventListener("scroll", () => { this.noteEnd(); this.later(); });
    this.canvas.addEventListener("keydown", (event) => this.move(event));
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.opened === null) return;
      event.preventDefault();
      this.shut();
    });
  }

  // What came from the kernel.

  add(arrays, oldest = 0) {
    const fields = this.model.get("fields");
    const fresh = arrays.filter(([number]) => !this.known.has(number));
    for (const array of fresh) {
      const row = Object.fromEntries(fields.map((field, index) => [field, array[index]]));
      this.known.set(row.number, row);
      this.rows.push(row);
    }
    const newest = this.rows.at(-fresh.length - 1)?.number ?? 0;
    if (fresh.some(([number]) => number < newest)) this.rows.sort((a, b) => a.number - b.number);
    if (this.rows.length && this.rows[0].number < oldest) {
      this.rows = this.rows.filter((row) => row.number >= oldest);
      this.known = new Map(this.rows.map((row) => [row.number, row]));
    }
    if (fresh.length) this.soon();
  }

  // In a flood of messages, drawing takes a quarter of the time at most.
  soon() {
    this.due ??= setTimeout(() => {
      const began = performance.now();
      this.due = null;
      this.update();
      this.pace = Math.min(400, 3 * (performance.now() - began));
    }, this.pace ?? 0);
  }

  hear(message) {
    if (message.rows) this.add(message.rows, message.oldest);
    if (message.details?.number === this.opened) this.show(message.details);
    if (message.missing !== undefined && message.missing === this.opened) this.tell("This exchange is not kept any more.");
  }

  // From rows to what is in sight.

  update() {
    const hidden = new Set(this.model.get("hidden")), since = this.model.get("since");
    const recent = this.rows.filter((row) => row.number > since);
    this.visible = recent.filter((row) => !hidden.has(row.from) && !hidden.has(row.to));
    if (this.fold === null && this.visible.length > FOLDED_FROM) this.fold = true;
    this.boxFold.checked = Boolean(this.fold);
    this.lines = linesOf(this.visible, { fold: this.fold, collapse: this.collapse, unfolded: this.unfolded });
    this.place = new Map(this.lines.map((line, index) => [line.key, index]));
    this.messages = this.lines.filter((line) => line.half !== "pause");
    this.messages.forEach((line, index) => { line.position = index + 1; });
    if (!this.place.has(this.active)) this.active = this.messages[0]?.key ?? null;

    this.drawTools(recent, hidden, since);
    this.lay(recent, hidden);
    this.drawTable();
    const grown = this.lines.length > (this.before ?? 0), opens = !this.before;
    this.before = this.lines.length;
    this.canvas.style.height = `${this.lines.length * LINE + 8}px`;
    this.scroller.classList.toggle("al-tv-long", this.scroller.scrollHeight > this.scroller.clientHeight + 1);
    // What happened before it was opened is read from the top; what comes then is followed.
    if (this.follow && grown && !opens) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (opens) this.scroller.scrollTop = 0;
    else if (grown) this.fresh.hidden = false;
    this.draw();
  }

  drawTools(recent, hidden, since) {
    const keys = Object.keys(this.model.get("parties"));
    const ordered = [...keys.filter((key) => key[0] === "v"), ...keys.filter((key) => key[0] === "s")];
    const state = JSON.stringify([ordered.map((key) => [key, this.name(key)]), [...hidden]]);
    if (state !== this.chipState) {
      this.chipState = state;
      fill(this.chips, ordered.map((key) => el("button", {
        type: "button", class: `al-tv-chip al-tv-${key[0]}`, "data-key": key, "aria-pressed": String(!hidden.has(key)),
        "aria-label": `${key[0] === "v" ? "visitor" : "site"} ${this.name(key)}`, onclick: () => this.toggle(key),
      }, hidden.has(key) ? "○ " : "● ", this.name(key))));
    }
    this.ordered = ordered;
    this.legend.hidden = this.table || !this.visible.some(isBack);
    const shown = this.visible.length, all = this.rows.length;
    this.count.textContent = `${shown === all ? all : `${shown} of ${all}`} exchange${all === 1 ? "" : "s"}${this.legend.hidden ? "" : ", numbered as they ended"}`;
    this.clear.textContent = since ? "Show earlier" : "Clear";
    this.clear.disabled = !this.rows.length;
    this.empty.hidden = this.rows.length > 0 && this.visible.length > 0;
    this.empty.textContent = this.rows.length ? "No messages to show: new ones appear here, and those of hidden parties when they are chosen above." : "No messages yet. They appear here as soon as somebody asks a site for something.";
    this.scroller.parentElement.hidden = this.table || !this.empty.hidden;
  }

  lay(recent, hidden) {
    const met = new Set(recent.flatMap((row) => [row.from, row.to]));
    const keys = this.ordered.filter((key) => met.has(key) && !hidden.has(key));
    const room = this.scroller.clientWidth || 640;
    const lanes = Math.max(keys.length, 1), wide = (room - GUTTER) / lanes;
    const gap = wide >= ROOMY ? wide : Math.max(NARROWEST, Math.min(WIDEST, (room - GUTTER - COLUMN) / lanes));
    // From here on there is no lane that words could run over.
    const column = wide >= ROOMY ? null : Math.floor(GUTTER + gap * lanes);
    const width = Math.max(room, column === null ? 0 : column + COLUMN);
    const state = JSON.stringify([keys.map((key) => [key, this.name(key)]), width]);
    if (state === this.laneState) return;

    this.laneState = state;
    this.lanes = { width, gap, column, at: new Map(keys.map((key, index) => [key, Math.round(GUTTER + gap * (index + 0.5))])) };
    this.scroller.classList.toggle("al-tv-beside", column !== null);
    this.canvas.style.width = this.heads.style.width = `${width}px`;
    this.heads.replaceChildren(...keys.map((key) => {
      const label = el("span", { class: `al-tv-name al-tv-${key[0]}`, title: this.name(key) }, column === null ? this.name(key) : shortName(this.name(key)));
      label.style.left = `${this.lanes.at.get(key)}px`;
      label.style.maxWidth = `${Math.floor(gap) - 4}px`;
      return label;
    }));
    for (const element of this.shown.values()) element.dataset.state = "";
  }

  later() {
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); });
  }

  draw() {
    const top = Math.floor(this.scroller.scrollTop / LINE) - SPARE;
    const wanted = new Set(this.lines.slice(Math.max(0, top), top + Math.ceil(this.scroller.clientHeight / LINE) + 2 * SPARE));
    // The line with the focus exists wherever one scrolls.
    if (this.place.has(this.active)) wanted.add(this.lines[this.place.get(this.active)]);
    const keys = new Set([...wanted].map((line) => line.key));
    for (const [key, element] of this.shown) if (!keys.has(key)) { element.remove(); this.shown.delete(key); }

    for (const line of [...wanted].sort((a, b) => this.place.get(a.key) - this.place.get(b.key))) this.put(line);
  }

  put(line) {
    let item = this.shown.get(line.key);
    if (!item) {
      item = el("div", { class: "al-tv-line", role: "listitem", "data-key": line.key });
      this.shown.set(line.key, item);
      this.canvas.insertBefore(item, this.following(line) ?? null);
    }
    item.style.top = `${this.place.get(line.key) * LINE}px`;
    const state = JSON.stringify([this.laneState, line.text, line.sign, line.way, line.sets, line.refused, line.folded && line.group?.rows.length]);
    if (item.dataset.state !== state) {
      item.dataset.state = state;
      this.fillLine(item, line);
    }
    if (line.half === "pause") return;
    // Growing changes these for every line; nothing else of it is drawn again, so that no click is lost.
    item.setAttribute("aria-posinset", line.position);
    item.setAttribute("aria-setsize", this.messages.length);
    const button = item.querySelector(".al-tv-message");
    button.tabIndex = line.key === this.active ? 0 : -1;
    item.classList.toggle("al-tv-opened", this.opened !== null && line.group.rows.some((row) => row.number === this.opened) && this.from === line.key);
  }

  following(line) {
    const place = this.place.get(line.key);
    return [...this.canvas.children].find((child) => (this.place.get(child.dataset.key) ?? -1) > place);
  }

  fillLine(item, line) {
    if (line.half === "pause") {
      fill(item, drawn(line, this.lanes), el("span", { class: "al-tv-pause" }, line.text));
      return;
    }
    const x = (key) => this.lanes.at.get(key) ?? GUTTER;
    const ends = [x(line.row.from), x(line.half === "answer" ? line.last.to : line.row.to)];
    const { column, gap, width } = this.lanes;
    const left = column ?? Math.max(GUTTER, Math.min(...ends) + 6);
    const text = el("span", { class: "al-tv-text" }, words(line, this.name).filter(Boolean));
    text.style.left = `${left}px`;
    text.style.maxWidth = `${column === null ? gap - 12 : width - left - 4}px`;
    const button = el("button", {
      type: "button", class: "al-tv-message", "data-key": line.key, "aria-label": spoken(line, this.name), title: spoken(line, this.name),
      onclick: () => { this.active = line.key; this.open(line.half === "answer" ? line.last.number : line.row.number, line.key); this.draw(); },
    }, line.half === "answer" ? null : el("span", { class: "al-tv-number" }, String(line.row.number)), text);
    const sign = line.sign && el("button", { type: "button", tabindex: -1, class: "al-tv-fold", "aria-label": line.folded ? "Unfold" : "Fold", onclick: () => this.unfold(line, line.folded) }, line.sign);
    fill(item, drawn(line, this.lanes), button, sign);
  }

  // What one does with it.

  move(event) {
    const line = this.lines[this.place.get(this.active)];
    if (!line || event.altKey || event.ctrlKey || event.metaKey) return;
    const here = line.position - 1, page = Math.max(1, Math.floor(this.scroller.clientHeight / LINE) - 2);
    const steps = { ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + page, PageUp: here - page, Home: 0, End: this.messages.length - 1 };
    if (event.key in steps) this.focus(this.messages[Math.max(0, Math.min(this.messages.length - 1, steps[event.key]))].key);
    else if (event.key === "ArrowRight" && line.folded) this.unfold(line, true);
    else if (event.key === "ArrowLeft" && line.group.rows.length > 1 && !line.folded) this.unfold(line, false);
    else return;
    event.preventDefault();
  }

  focus(key) {
    this.active = key;
    const top = (this.place.get(key) ?? 0) * LINE, { scroller } = this;
    const room = scroller.clientHeight - this.heads.offsetHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    if (top + LINE > scroller.scrollTop + room) scroller.scrollTop = top + LINE + 8 - room;
    this.draw();
    this.shown.get(key)?.querySelector(".al-tv-message")?.focus({ preventScroll: true });
  }

  unfold(line, yes) {
    const focused = this.canvas.contains(document.activeElement);
    if (yes) this.unfolded.add(line.group.key); else this.unfolded.delete(line.group.key);
    this.follow = false;
    this.update();
    const number = line.group.rows[0].number;
    if (focused) this.focus(this.place.has(`${number}q`) ? `${number}q` : `${number}a`);
    this.say.textContent = yes ? `Unfolded: ${line.group.rows.length} exchanges` : "Folded";
  }

  toggle(key) {
    const hidden = new Set(this.model.get("hidden"));
    if (!hidden.delete(key)) hidden.add(key);
    this.model.set("hidden", [...hidden]);
    this.model.save_changes();
  }

  clearOrNot() {
    this.model.set("since", this.model.get("since") ? 0 : this.rows.at(-1)?.number ?? 0);
    this.model.save_changes();
  }

  turn() {
    this.table = !this.table;
    this.asTable.setAttribute("aria-pressed", String(this.table));
    this.page = null;
    this.update();
  }

  noteEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    this.follow = scrollTop + clientHeight >= scrollHeight - LINE;
    if (this.follow) this.fresh.hidden = true;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    if (this.messages.length) this.focus(this.messages.at(-1).key);
  }

  drawTable() {
    this.grid.hidden = !this.table || !this.visible.length;
    if (!this.table) { this.grid.replaceChildren(); this.tableState = null; return; }
    const pages = Math.max(1, Math.ceil(this.visible.length / PAGE)), page = Math.min(this.page ?? pages - 1, pages - 1);
    const shown = this.visible.slice(page * PAGE, page * PAGE + PAGE);
    const state = JSON.stringify([shown.map((row) => row.number), pages]);
    if (state === this.tableState) return;
    this.tableState = state;
    const go = (to) => () => { this.page = to; this.drawTable(); };
    const pager = pages > 1 && el("p", {},
      el("button", { type: "button", "data-key": "earlier", disabled: page === 0, onclick: go(page - 1) }, "Earlier"),
      ` page ${page + 1} of ${pages} `,
      el("button", { type: "button", "data-key": "later", disabled: page === pages - 1, onclick: go(page + 1) }, "Later"));
    fill(this.grid, pager, tableOf(shown, this.name, (number, key) => this.open(number, key)));
  }

  // Details, on demand.

  open(number, from) {
    this.opened = number;
    this.from = from;
    this.draw();
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.tell("The kernel is busy. The details come when the running cell has ended."), 400);
    tell(this.model, this.root, { do: "open", number });
  }

  tell(sentence) {
    clearTimeout(this.patience);
    this.panel.hidden = false;
    this.panel.replaceChildren(el("p", { role: "status" }, sentence), el("button", { type: "button", onclick: () => this.shut() }, "Close (Esc)"));
  }

  show(data) {
    clearTimeout(this.patience);
    this.panel.hidden = false;
    this.panel.replaceChildren(...detailsOf(data, () => this.shut(), (which) => tell(this.model, this.root, { do: "token", number: data.number, which })).filter(Boolean));
    this.panel.querySelector("h3").focus({ preventScroll: true });
    this.panel.querySelector("header").scrollIntoView({ block: "nearest" });
  }

  shut() {
    clearTimeout(this.patience);
    this.opened = null;
    this.panel.hidden = true;
    this.panel.replaceChildren();
    if (this.table) this.grid.querySelector(`[data-key="${CSS.escape(this.from)}"]`)?.focus();
    else if (this.place.has(this.from)) this.focus(this.from);
    else this.draw();
  }
}

export default view({
  render({ model, el: root }) {
    const diagram = new Diagram(model, root);
    const hear = (message) => diagram.hear(message);
    model.on("msg:custom", hear);
    const unwatch = watch(model, ["parties", "hidden", "since"], () => diagram.update());
    let width = 0;
    const unwatchToken = watch(model, ["inspecting"], diagram.token.update);
    diagram.token.update();
    const sizes = new ResizeObserver(() => {
      if (diagram.scroller.clientWidth !== width) { width = diagram.scroller.clientWidth; diagram.update(); }
      else diagram.later();
    });
    sizes.observe(diagram.scroller);
    tell(model, root, { do: "hello", number: 0 });
    return () => {
      unwatch();
      unwatchToken();
      diagram.token.end();
      sizes.disconnect();
      clearTimeout(diagram.patience);
      clearTimeout(diagram.due);
      model.off("msg:custom", hear);
      tell(model, root, { do: "bye" });
    };
  },
});
