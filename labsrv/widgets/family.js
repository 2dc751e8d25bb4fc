// What all views share. Data becomes text and attributes, never HTML.

/** Build an element: el("button", {class: "x", onclick: f, "aria-label": "…"}, "text", child, …). */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** The same for SVG. */
function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Listen to traits for as long as the view is shown; returns what ends it. */
function watch(model, names, update) {
  for (const name of names) model.on(`change:${name}`, update);
  return () => {
    for (const name of names) model.off(`change:${name}`, update);
  };
}

/** Replace what an element holds, keeping the focus where it was if that place still exists (by data-key). */
function fill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  element.replaceChildren(...children.flat().filter((child) => child));
  if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

/** Update what an element says, only if it says something else. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Say something to screen readers without moving the focus. */
function announcer() {
  return el("div", { class: "al-quiet", role: "status", "aria-live": "polite" });
}

/** A clear word in place of a view whose kernel has no lab any more. */
function goneNotice() {
  return el("p", { class: "al-gone", role: "alert" }, "This view's lab is not running any more. Start the lab again: run the notebook's first cell.");
}

/** Put the notice in place of a view. */
function gone(root) {
  root.replaceChildren(el("div", { class: "al" }, goneNotice()));
}

/** Send a message to the kernel; where its end of the line is gone, say so in place of the view. */
function tell(model, root, message) {
  try {
    model.send(message);
  } catch {
    gone(root);
  }
}

/**
 * Say so in place of the view as soon as its kernel was restarted or has ended; returns what ends the watching.
 * ipywidgets tells of it by `comm_live_update`, but misses a restart from JupyterLab's menu: there the session tells.
 */
function alive(model, root) {
  const session = model.widget_manager?.context?.sessionContext;
  const marked = () => setTimeout(() => root.closest(".jupyter-widgets-disconnected") && gone(root));
  // A line that is cut throws; over one that is not, nothing is what this asks for.
  const another = () => setTimeout(() => tell(model, root, { do: "nothing" }), 100);
  const ended = (_, status) => ["restarting", "autorestarting", "terminated", "dead"].includes(status) && gone(root);
  model.on("comm_live_update", marked);
  session?.kernelChanged?.connect(another);
  session?.statusChanged?.connect(ended);
  return () => {
    model.off("comm_live_update", marked);
    session?.kernelChanged?.disconnect(another);
    session?.statusChanged?.disconnect(ended);
  };
}

/**
 * What every view is: it keeps the keys that are pressed in it, says so when its kernel is gone, and stands still when its
 * lab has ended. `picture: true` for one that shows the same whatever becomes of kernel and lab.
 */
function view({ render, picture = false }) {
  return {
    render({ model, el: root }) {
      const ends = [render({ model, el: root }), keepKeys(root)];
      if (!picture) ends.push(alive(model, root), standStill(model, root));
      return () => ends.forEach((end) => end?.());
    },
  };
}

/**
 * The notebook has shortcuts of one key, such as Enter, and D twice, which takes the cell away: those pressed in a view are
 * meant for it. Escape gives them back: the cell has the focus then. Where a view does something else at Escape, it says so
 * by `preventDefault`.
 */
function keepKeys(root) {
  const keep = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    if (event.key === "Escape" && !event.defaultPrevented) root.closest(".jp-Cell")?.focus({ preventScroll: true });
  };
  root.addEventListener("keydown", keep);
  // Around views stand ipywidgets' tabs, which take keys as well. Where the view is put comes after it is drawn.
  const later = requestAnimationFrame(() => {
    const around = root.closest(".jp-OutputArea-child");
    if (around && !around.dataset.alKeys) {
      around.dataset.alKeys = "kept";
      around.addEventListener("keydown", keep);
    }
  });
  return () => {
    cancelAnimationFrame(later);
    root.removeEventListener("keydown", keep);
  };
}

const CONTROLS = "button, input, select, textarea";

/** A control that does nothing but look at what is here: it lies in an element with `data-looks`, in none with `data-acts`. */
function looks(control) {
  return control.closest("[data-looks], [data-acts]")?.hasAttribute("data-looks") ?? false;
}

/** When its lab has ended, a view is grey and dated, and what would act on the lab can't be pressed. */
function standStill(model, root) {
  const note = el("p", { class: "al-ended-note", role: "note" });
  const panel = () => (root.classList.contains("al") ? root : root.querySelector(".al"));
  const disable = () => {
    for (const each of root.querySelectorAll(CONTROLS)) if (!each.disabled && !looks(each)) each.disabled = true;
  };
  const drawnLater = new MutationObserver(disable);

  function update() {
    if (!model.get("ended") || !panel()) return;
    note.textContent = `As it was when this section ended: ${model.get("ended")}, lab time. Run its cells again to go on.`;
    panel().classList.add("al-ended");
    panel().prepend(note);
    disable();
    drawnLater.observe(root, { childList: true, subtree: true, attributeFilter: ["disabled"] });
  }

  update();
  const unwatch = watch(model, ["ended"], update);
  return () => {
    drawnLater.disconnect();
    unwatch();
  };
}
