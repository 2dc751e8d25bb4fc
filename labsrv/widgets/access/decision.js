// A decision as elements: the outcome in a word, and every rule with the attributes that it read.

const SIGNS = { good: "✓", bad: "✕", none: "–", prove: "⇧", open: "!" };
const RULE_SIGNS = { permit: "✓", deny: "✕", indeterminate: "!" };
const RULE_TONES = { permit: "al-good", deny: "al-bad", indeterminate: "al-bad" };

/** The outcome: sign, word, why, and what the policy says to whoever asked. */
function verdictOf({ tone, word, why, says }) {
  return el("div", { class: `al-de-verdict al-de-${tone}` },
    el("p", { class: "al-de-word" }, el("span", { "aria-hidden": "true" }, `${SIGNS[tone] ?? ""} `), word),
    why && el("p", {}, why), says && el("p", { class: "al-faint" }, `“${says}”`));
}

/** One attribute as it was read: name, value, type, where from, and what is wrong with it. */
function attributeOf(read) {
  return el("li", { class: read.problem ? "al-de-problem" : null },
    el("code", {}, read.name), " = ", el("code", { class: "al-de-value" }, read.value),
    el("span", { class: "al-faint" }, ` ${[read.type, read.source && `from ${read.source}`].filter(Boolean).join(", ")}`),
    read.problem && el("b", { class: "al-bad" }, ` ! ${read.problem}`));
}

function ruleRow(rule) {
  return el("tr", { class: rule.determines ? "al-de-determines" : null },
    el("th", { scope: "row" }, el("code", {}, rule.rule), rule.determines && el("span", { class: "al-de-chip" }, "▶ determines the result")),
    el("td", { "data-label": "Effect" }, rule.effect),
    el("td", { "data-label": "Here it" }, el("b", { class: RULE_TONES[rule.outcome] ?? "al-faint" }, `${RULE_SIGNS[rule.outcome] ?? "–"} ${rule.says}`)),
    el("td", {}, rule.read.length ? el("ul", { class: "al-de-read" }, rule.read.map(attributeOf)) : null, rule.because && el("p", { class: "al-faint" }, rule.because)));
}

/** Every rule of a decision, in a table. */
function rulesOf(decision) {
  if (!decision.rules.length) return el("p", { class: "al-faint" }, "No rule was read.");
  return el("div", { class: "al-de-scroll", tabindex: 0, role: "group", "aria-label": "Every rule, and what it read" },
    el("table", { class: "al-de-rules" },
      el("thead", {}, el("tr", {}, ["Rule", "Effect", "Here it", "What it read, and why"].map((word) => el("th", { scope: "col" }, word)))),
      el("tbody", {}, decision.rules.map(ruleRow))),
    decision.more ? el("p", { class: "al-faint" }, `and ${decision.more} more rules`) : null);
}
