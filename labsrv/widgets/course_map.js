// Lessons as folds, each with a meter; above them what is next, and the way to it.

const MARKS = { done: ["✓", "al-good", "done"], begun: ["◐", "", "begun"], new: ["·", "al-faint", "not yet"] };

/** A meter with its numbers in words. */
function meter(points, most) {
  return [el("progress", { class: "al-map-meter", max: most || 1, value: points, "aria-hidden": "true" }),
    el("span", { class: "al-map-points" }, `${points} of ${most} points`)];
}

/** One exercise: its mark, its title, its points, and what opens it. */
function stepOf(step, isNext) {
  const [mark, look, word] = MARKS[step.state];
  return el("li", { class: `al-map-step${isNext ? " al-map-next" : ""}` },
    el("span", { class: look, "aria-hidden": "true" }, mark), el("span", { class: "al-quiet" }, `${word}: `),
    el("span", { class: "al-map-title" }, step.title),
    el("span", { class: "al-map-points al-faint" }, `${step.best} of ${step.out_of}`),
    opener(step.file, { words: step.file.name, key: `open ${step.file.shown}` }));
}

export default view({
  picture: true,
  render({ model, el: root }) {
    root.classList.add("al", "al-map");
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", "Where you are in the course");
    const next = el("div", { class: "al-map-ahead" });
    const list = el("div", { class: "al-map-lessons" });
    const met = el("p", { class: "al-map-met" });
    const numbers = el("p", { class: "al-faint" });
    const fold = el("details", {}, el("summary", {}, "Which they are"), numbers);
    const again = el("button", { type: "button", "data-key": "look", onclick: look }, "Look at my progress again");
    const opened = new Map();

    function look() {
      // Without its kernel it stays what it is: the files are where they were.
      try {
        model.send({ do: "look" });
      } catch {
        again.disabled = true;
      }
    }
    root.append(el("h3", {}, "Where you are"), next, list, el("div", { class: "al-map-foot" }, met, again), fold);

    function lessonOf(lesson, following) {
      const isNext = lesson.name === following.lesson;
      const summary = el("summary", { "data-key": `lesson ${lesson.name}` },
        el("span", { class: "al-map-title" }, `${lesson.name.slice(0, 2)} · ${lesson.title}`), ...meter(lesson.points, lesson.out_of));
      const element = el("details", { class: "al-map-lesson", open: opened.get(lesson.name) ?? isNext }, summary,
        lesson.file && el("p", { class: "al-map-notebook" }, opener(lesson.file, { words: `Open the notebook ${lesson.file.name}`, key: `open ${lesson.file.shown}` })),
        el("ol", { class: "al-map-steps" }, lesson.steps.map((step) => stepOf(step, isNext && step.stem === following.stem))));
      element.addEventListener("toggle", () => opened.set(lesson.name, element.open));
      return element;
    }

    function update() {
      const following = model.get("following");
      fill(next, following.title
        ? [el("p", {}, el("b", {}, "Next: "), following.title, el("span", { class: "al-faint" }, ` (${following.name})`)),
          following.notebook && opener(following.notebook, { words: "Go on in its notebook", key: "next" }),
          opener(following.file, { words: `Open ${following.file.name}`, key: "next file" })]
        : [el("p", {}, el("b", {}, "All exercises are done."))]);
      fill(list, model.get("lessons").map((lesson) => lessonOf(lesson, following)));
      const { met: kept, of } = model.get("requirements");
      say(met, `Your code meets ${kept.length} of the ${of} requirements of ASVS 5.0 that this course grades.`);
      say(numbers, kept.join(", "));
      fold.hidden = !kept.length;
    }

    update();
    return watch(model, ["lessons", "following", "requirements"], update);
  },
});
