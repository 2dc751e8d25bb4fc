// The page in the frame is hostile by design. Three walls, each of which would do by itself for most of what it tries:
// 1. sandbox without allow-scripts, allow-top-navigation and allow-popups: no script runs, nothing leads away;
// 2. a Content-Security-Policy that is first in the one document the frame ever has: no request;
// 3. the page's markup is only read (DOMParser: nothing loads, nothing runs) and built again from what is known to be
//    harmless: listed elements, listed attributes. Addresses become data attributes, which only the kernel follows.
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";
const EMPTY_PAGE = `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="${POLICY}"></head><body></body></html>`;

const words = (text) => new Set(text.split(/\s+/).filter(Boolean));
const ELEMENTS = words(`
  a abbr address article aside b bdi bdo big blockquote br button caption center cite code col colgroup data datalist dd
  del details dfn dialog div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img
  input ins kbd label legend li main mark menu meter nav ol optgroup option output p pre progress q rp rt ruby s samp
  section select small span strike strong sub summary sup table tbody td textarea tfoot th thead time tr tt u ul var wbr`);
const DRAWINGS = words(`
  svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient radialGradient stop`);
// Left out with all that is in them. Elements on neither list are left out, and what is in them stays.
const LEFT_OUT = words(`
  script style template iframe frame frameset noframes noembed object embed applet portal audio video canvas map base
  link title param source track`);
const ATTRIBUTES = words(`
  abbr align alt bgcolor border cellpadding cellspacing checked class color cols colspan datetime dir disabled enctype face
  for form formenctype formmethod formnovalidate headers height hidden high id inputmode label lang list low max maxlength
  media method min minlength multiple name novalidate open optimum pattern placeholder readonly required reversed role rows
  rowspan scope selected size span start step style tabindex title type valign value width wrap
  viewBox preserveAspectRatio d x y x1 y1 x2 y2 cx cy r rx ry dx dy points transform fill fill-opacity fill-rule stroke
  stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-opacity opacity offset stop-color stop-opacity
  text-anchor font-size font-family font-weight gradientUnits gradientTransform`);
const OWN_STYLE = `
  :where(html) { color-scheme: light; font-family: system-ui, sans-serif; }
  :where([data-href]) { color: #0b57d0; text-decoration: underline; cursor: pointer; }
  :where([data-href]:focus-visible, button:focus-visible, input:focus-visible) { outline: 2px solid #0b57d0; }`;

// A form's or a document's own names hide its methods (`<input name=getAttribute>`): ask the prototypes.
const attribute = (element, name) => Element.prototype.getAttribute.call(element, name) ?? "";
const attributes = (element) => Element.prototype.getAttributeNames.call(element);
const closest = (element, selector) => Element.prototype.closest.call(element, selector);
const find = (doc, selector) => Document.prototype.querySelector.call(doc, selector);
const tagOf = Object.getOwnPropertyDescriptor(Element.prototype, "localName").get;
const spaceOf = Object.getOwnPropertyDescriptor(Element.prototype, "namespaceURI").get;

/** Read markup and return { nodes, styles, body }: harmless copies of what it shows, and its body's look. */
function rebuilt(shown) {
  const parsed = new DOMParser().parseFromString(shown.markup, "text/html");
  const workshop = document.implementation.createHTMLDocument("");
  const page = { shown, workshop, nodes: workshop.createDocumentFragment(), styles: [] };
  const walker = document.createTreeWalker(find(parsed, "html"), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  copyChildren(walker, page.nodes, page);
  return { ...page, root: find(parsed, "html"), body: find(parsed, "body") };
}

function copyChildren(walker, into, page) {
  let node = walker.firstChild();
  if (!node) return;
  for (; node; node = walker.nextSibling()) copy(walker, node, into, page);
  walker.parentNode();
}

function copy(walker, node, into, page) {
  const put = (child) => Node.prototype.appendChild.call(into, child);
  if (node.nodeType === Node.TEXT_NODE) return put(page.workshop.createTextNode(node.data));

  const tag = tagOf.call(node);
  const space = spaceOf.call(node);
  if (space === SVG && DRAWINGS.has(tag)) {
    const drawing = page.workshop.createElementNS(SVG, tag);
    copyAttributes(node, drawing, page.shown);
    copyChildren(walker, drawing, page);
    return put(drawing);
  }
  if (space !== "http://www.w3.org/1999/xhtml") return;
  if (tag === "style" || tag === "link") return page.styles.push(...(page.shown.bare ? [] : sheet(node, tag, page)));
  if (tag === "meta") return page.styles.push(...scheme(node, page));
  if (LEFT_OUT.has(tag)) return;
  if (!ELEMENTS.has(tag)) return copyChildren(walker, into, page);

  const element = page.workshop.createElement(tag);
  copyAttributes(node, element, page.shown);
  adapt(node, tag, element, page);
  copyChildren(walker, element, page);
  put(element);
}

function copyAttributes(from, to, shown) {
  for (const name of attributes(from)) {
    if (name === "style" && shown.bare) continue;
    if (ATTRIBUTES.has(name) || name.startsWith("aria-")) to.setAttribute(name, attribute(from, name));
  }
}

/** Turn addresses into data: what a click or a form asks for, the kernel is asked for. */
function adapt(node, tag, element, page) {
  const has = (name) => Element.prototype.hasAttribute.call(node, name);
  const image = (written) => {
    const known = Object.hasOwn(page.shown.images, written) ? page.shown.images[written] : written.trim();
    if (/^data:image\//i.test(known)) element.setAttribute("src", known);
  };
  if (tag === "a" && has("href")) {
    const quiet = attribute(node, "rel").toLowerCase().split(/\s+/).includes("noreferrer");
    element.dataset.href = attribute(node, "href");
    element.dataset.policy = quiet ? "no-referrer" : attribute(node, "referrerpolicy");
    element.setAttribute("role", "link");
    element.tabIndex = 0;
  }
  if (tag === "img") image(attribute(node, "src"));
  if (tag === "form") element.dataset.action = attribute(node, "action");
  if (has("formaction")) element.dataset.action = attribute(node, "formaction");
  if (tag === "input" || tag === "form") element.setAttribute("autocomplete", "off");
  if (tag === "input" && element.type === "image") image(attribute(node, "src"));
  if (tag === "input" && element.type === "file") element.disabled = true;
}

function sheet(node, tag, page) {
  const rel = attribute(node, "rel").toLowerCase().split(/\s+/);
  const href = attribute(node, "href");
  if (tag === "link" && (!rel.includes("stylesheet") || rel.includes("alternate") || !Object.hasOwn(page.shown.styles, href))) return [];
  const style = page.workshop.createElement("style");
  style.textContent = tag === "link" ? page.shown.styles[href] : node.textContent;
  if (attribute(node, "media")) style.setAttribute("media", attribute(node, "media"));
  return [style];
}

/** What a page says of light and dark, `<meta name="color-scheme" content="light dark">`, as a style. */
function scheme(node, page) {
  const said = attribute(node, "content").trim();
  if (attribute(node, "name").toLowerCase() !== "color-scheme" || !/^(light|dark|light dark|dark light)$/.test(said)) return [];
  const style = page.workshop.createElement("style");
  style.textContent = `:where(html) { color-scheme: ${said}; }`;
  return [style];
}

/** The frame: `show(shown)` replaces its page, `ask(wish)` is called for each click and form. */
function pageFrame(name, ask, ready) {
  const frame = el("iframe", {
    class: "al-page", sandbox: "allow-same-origin allow-forms", referrerpolicy: "no-referrer", srcdoc: EMPTY_PAGE,
    title: `The page in ${name}'s browser`, onload: settle,
  });
  let parts = null;

  // Also when the notebook moved the frame to another place, which empties it.
  function settle() {
    const doc = frame.contentDocument;
    if (!doc || doc.URL !== "about:srcdoc") return void (frame.srcdoc = EMPTY_PAGE);
    // Taken while nobody's names can hide them.
    parts = { doc, root: doc.documentElement, head: doc.head, body: doc.body, policy: doc.head.firstChild };
    doc.addEventListener("click", clicked, true);
    doc.addEventListener("auxclick", clicked, true);
    doc.addEventListener("submit", submitted, true);
    doc.addEventListener("keydown", (event) => event.key === "Enter" && clicked(event), true);
    ready();
  }

  function clicked(event) {
    const link = closest(event.target, "[data-href]");
    if (!link) return;
    event.preventDefault();
    const { href, policy } = link.dataset;
    if (!href.startsWith("#")) return ask({ do: "click", href, policy });
    const place = Document.prototype.getElementById.call(parts.doc, decodeURI(href.slice(1)));
    if (place) Element.prototype.scrollIntoView.call(place);
  }

  function submitted(event) {
    event.preventDefault();
    const [form, button] = [event.target, event.submitter];
    const said = (name) => (button && attribute(button, `form${name}`)) || attribute(form, name);
    const entries = [...new FormData(form, button)].map(([name, value]) => [name, typeof value === "string" ? value : value.name]);
    const action = (button && attribute(button, "data-action")) || attribute(form, "data-action");
    if (said("method").toLowerCase() !== "dialog") ask({ do: "submit", action, method: said("method"), enctype: said("enctype"), entries });
  }

  function show(shown, again) {
    if (!parts) return;
    const { root, head, body, policy } = parts;
    const scrolled = again ? root.scrollTop : 0;
    const page = shown.kind === "html" ? rebuilt(shown) : { nodes: plain(shown), styles: [] };
    for (const [element, source] of [[root, page.root], [body, page.body]]) {
      for (const each of element.getAttributeNames()) element.removeAttribute(each);
      if (source) copyAttributes(source, element, shown);
    }
    head.replaceChildren(policy, el("title", {}, shown.title || "Without a title"), el("style", {}, OWN_STYLE), ...page.styles);
    body.replaceChildren(page.nodes);
    root.scrollTop = scrolled;
  }

  return { frame, show };
}

/** What is no page: text as it is, an image, or a word about it. */
function plain(shown) {
  if (shown.kind === "text") return el("pre", { style: "white-space: pre-wrap; overflow-wrap: anywhere" }, shown.markup);
  if (shown.kind === "image") return el("img", { src: shown.images[""], alt: "The picture at this address" });
  return el("p", { style: "color: #545454" }, shown.said);
}

/** Where the port can be reached: the notebook's own address is on this machine, so the lab's is as well. */
function reachable(url) {
  const here = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/.test(location.hostname);
  return here && /^http:\/\/([\w-]+\.)*localhost(:\d+)?(\/|$)/.test(url);
}

function cookieTable(rows) {
  const head = el("tr", {}, ["Cookie", "Value", "For", "Attributes"].map((word) => el("th", { scope: "col" }, word)));
  const cells = (row) => [el("code", {}, row.name), el("code", {}, row.value), row.where, row.marks];
  return el("table", {}, el("thead", {}, head),
    el("tbody", {}, rows.map((row) => el("tr", {}, cells(row).map((cell) => el("td", {}, cell))))));
}

export default view({
  render({ model, el: root }) {
    const name = model.get("name");
    const ends = [];
    let waiting = null;
    let url = null;
    const say = announcer();

    function ask(wish) {
      if (model.get("ended") && wish.do !== "show") return;
      clearTimeout(waiting);
      waiting = setTimeout(() => (slow.textContent = "Waiting: a cell is still running, or the kernel has stopped."), 500);
      tell(model, root, wish);
    }
    function answered() {
      clearTimeout(waiting);
      slow.textContent = "";
    }

    const button = (sign, label, wish, key) =>
      el("button", { type: "button", class: "al-sign", "aria-label": label, title: label, "data-key": key, onclick: () => ask(wish) }, sign);
    const back = button("←", "Back", { do: "back" }, "back");
    const reload = button("↻", "Reload", { do: "reload" }, "reload");
    const address = el("input", { class: "al-address", type: "text", spellcheck: "false", autocomplete: "off", "aria-label": `Address in ${name}'s browser`, placeholder: "http://shop.localhost:…" });
    const go = () => ask({ do: "navigate", address: address.value });
    // No form: JupyterLab lets the Enter key send none.
    address.addEventListener("keydown", (event) => event.key === "Enter" && go());
    const bar = el("div", { class: "al-bar", role: "toolbar", "aria-label": "Where to go" },
      back, reload, address, el("button", { type: "button", onclick: go }, "Go"));
    const tab = el("a", { class: "al-tab", target: "_blank", rel: "noopener noreferrer", title: `Your own browser's tab: it has none of ${name}'s cookies` }, "Open in a real tab ↗");
    const title = el("span", { class: "al-title" });
    const status = el("span", { class: "al-status" });
    const trail = el("span", { class: "al-faint" });
    const slow = el("span", { class: "al-faint", role: "status" });
    const note = el("p", { class: "al-note al-faint" });
    const trouble = el("div", { class: "al-trouble", role: "alert" });
    const error = el("details", { class: "al-error" });
    const window_ = el("div", { class: "al-window", style: `height: ${Number(model.get("height"))}px` });
    const summary = el("summary");
    const list = el("div", { class: "al-list" });
    const cookies = el("details", { class: "al-cookies", open: true }, summary, list);
    const { frame, show } = pageFrame(name, ask, () => update(true));
    window_.append(frame, trouble);

    function update(again) {
      const shown = model.get("shown");
      const bad = shown.kind === "trouble";
      back.disabled = !shown.back;
      reload.disabled = !shown.url;
      if (!bad) address.value = shown.url;
      title.textContent = bad ? "No page" : shown.title || (shown.kind === "blank" ? "No page yet" : "Without a title");
      status.textContent = shown.status ?? "";
      status.className = `al-status ${shown.status >= 400 ? "al-bad" : "al-good"}`;
      const hops = shown.trail ?? [];
      trail.textContent = hops.length ? `after ${hops.length} redirect${hops.length > 1 ? "s" : ""}` : "";
      trail.title = hops.join("\n");
      note.textContent = shown.kind === "html" || shown.kind === "text" ? shown.said : "";
      error.replaceChildren(...(shown.error ? [el("summary", {}, "The site's code raised an error: ", el("code", {}, shown.error.trim().split("\n").pop())), el("pre", {}, shown.error)] : []));
      // What answers at this address after the end of the lab is another one.
      tab.hidden = bad || Boolean(model.get("ended")) || !reachable(shown.url);
      if (!tab.hidden) tab.href = shown.url;
      trouble.hidden = !bad;
      frame.hidden = bad;
      trouble.replaceChildren(...(bad ? [el("p", {}, shown.said), shown.page ? el("button", { type: "button", "data-looks": true, onclick: () => ask({ do: "show" }) }, "Back to the page") : null].filter(Boolean) : []));
      if (bad) return;
      show(shown, again === true || shown.url === url);
      if (again !== true) say.textContent = `${name}: ${title.textContent}, ${shown.status ?? ""}`;
      url = shown.url;
    }

    function updateCookies() {
      const rows = model.get("cookies");
      summary.textContent = rows.length === 1 ? "1 cookie" : `${rows.length || "No"} cookies`;
      cookies.hidden = !model.get("with_cookies");
      list.replaceChildren(...(rows.length ? [cookieTable(rows)] : []));
    }

    root.replaceChildren(el("div", { class: "al al-browser", role: "region", "aria-label": `${name}'s browser` },
      el("div", { class: "al-line" }, el("b", { class: "al-who" }, name), title, status, trail, slow),
      bar, window_, el("div", { class: "al-line" }, note, tab), error, cookies, say));
    update(true);
    updateCookies();
    model.on("msg:custom", answered);
    ends.push(() => model.off("msg:custom", answered), watch(model, ["shown"], update), watch(model, ["ended"], () => update(true)), watch(model, ["cookies"], updateCookies));
    return () => { clearTimeout(waiting); for (const end of ends) end(); };
  },
});
