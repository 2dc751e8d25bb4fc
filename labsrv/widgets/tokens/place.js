// The place in a view where a token is looked into: an inspector of its own, which the kernel opens and closes.

const INSPECTOR = "IPY_MODEL_";

/** A button that asks the kernel to open a token. */
function lookButton(where, key, onclick) {
  return el("button", { type: "button", "data-key": key, "aria-label": `Look into the token in ${where}`, onclick }, "Look into the token");
}

/** The place itself: `update` shows the inspector that the kernel has opened, or nothing; `end` takes it away. */
function tokenPlace(model, root) {
  const shut = el("button", { type: "button", "data-key": "shut-token", onclick: () => tell(model, root, { do: "look away", number: 0 }) }, "Close the token");
  const inside = el("div", {});
  const element = el("section", { class: "al-token-place", hidden: true, "aria-label": "A token, looked into" }, shut, inside);
  let name = null, view = null, cameFrom = null;

  const end = () => {
    view?.remove();
    view = null;
    inside.replaceChildren();
  };
  const update = async () => {
    const wanted = model.get("inspecting") ?? null;
    if (wanted === name) return;
    if (name === null) cameFrom = document.activeElement?.dataset?.key;
    name = wanted;
    end();
    element.hidden = !wanted;
    if (!wanted) {
      if (cameFrom) root.querySelector(`[data-key="${CSS.escape(cameFrom)}"]`)?.focus();
      return;
    }
    const child = await model.widget_manager.get_model(wanted.slice(INSPECTOR.length));
    const made = await model.widget_manager.create_view(child);
    if (name !== wanted) return made.remove();
    view = made;
    inside.append(made.el);
    shut.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  };
  return { element, update, end };
}
