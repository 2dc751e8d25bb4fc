// The lines of a message: words, and links that are asked for by number.

/** Return lines as paragraphs; `follow(link)` is called for a click, `point(link)` for what is pointed at (or null). */
function messageLines(lines, links, follow, point) {
  const link = (words, number) => el("button", {
    type: "button", class: "al-message-link", title: links[number], "data-key": `link ${number}`,
    onclick: () => follow(number),
    onmouseenter: () => point(number), onmouseleave: () => point(null), onfocus: () => point(number), onblur: () => point(null),
  }, words);
  const run = ([words, number]) => {
    if (number < 0) return document.createTextNode(words);
    return follow ? link(words, number) : el("span", { class: "al-message-address", title: links[number] }, words);
  };
  // A line without words is a gap.
  return lines.map((line) => el("p", {}, line.length ? line.map(run) : "\u00a0"));
}

/** Replace what an element holds only if `key` is not what it was drawn from. */
function drawnFrom(element, key, draw) {
  const now = JSON.stringify(key);
  if (element.drawnFrom === now) return;
  element.drawnFrom = now;
  fill(element, ...draw());
}
