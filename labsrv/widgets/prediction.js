// One row: what one expects, before the cell below answers it.

export default view({
  picture: true,
  render({ model, el: root }) {
    root.classList.add("al", "al-predict");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", "Your prediction");
    const choices = model.get("choices");
    const after = el("span", { class: "al-faint", role: "status" });

    function keep(words) {
      try {
        model.send({ say: words });
      } catch {
        say(after, "Its kernel is not running any more: run this cell again.");
      }
    }

    const buttons = choices.map((words) =>
      el("button", { type: "button", "data-key": words, onclick: () => keep(words === model.get("said") ? "" : words) }, words));
    const line = el("input", { type: "text", maxlength: 300, "aria-label": "What you expect", placeholder: "in a few words", "data-key": "line" });
    // No form: JupyterLab lets the Enter key send none.
    line.addEventListener("keydown", (event) => event.key === "Enter" && keep(line.value));
    line.addEventListener("change", () => keep(line.value));
    root.append(el("span", { class: "al-predict-ask" }, "Your prediction:"), ...(choices.length ? buttons : [line]), after);

    function update() {
      const said = model.get("said");
      for (const each of buttons) each.setAttribute("aria-pressed", String(each.dataset.key === said));
      if (document.activeElement !== line) line.value = said;
      say(after, model.get("trouble") || (said ? "Noted. Read on: what follows answers it." : ""));
    }

    update();
    return watch(model, ["said", "trouble"], update);
  },
});
