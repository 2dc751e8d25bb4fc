// A picture in two inks, one of which the theme shows, and what it says in words.

export default view({
  picture: true,
  render({ model, el: root }) {
    root.classList.add("al", "al-chart");
    const inks = ["light", "dark"].map((ground) => [ground, el("img", { class: `al-chart-${ground}` })]);
    const said = el("figcaption", { class: "al-faint" });

    function update() {
      said.textContent = model.get("said");
      for (const [ground, image] of inks) {
        image.alt = `Chart. ${model.get("title")}`;
        image.hidden = !model.get(ground);
        if (model.get(ground)) image.src = model.get(ground);
      }
    }

    root.append(el("figure", {}, ...inks.map(([, image]) => image), said));
    update();
    return watch(model, ["light", "dark", "said", "title"], update);
  },
});
