// What opens a file of the course, in each front end in its own way.

const isNotebook = (file) => file.name.endsWith(".ipynb");

/** Return the settings that JupyterLab and Notebook put into their page; other front ends have none. */
function pageSettings() {
  try {
    return JSON.parse(document.getElementById("jupyter-config-data").textContent);
  } catch {
    return null;
  }
}

/** Open the file's tab, or go back to it: two would overwrite each other, and one loaded anew forgets what is not saved. */
function openTab(address) {
  const tab = window.open("", address);
  if (tab.location.pathname !== address) tab.location = address;
  tab.focus();
}

/**
 * Return what opens the file: a command of JupyterLab, a tab in Notebook, and elsewhere the path to read. `words` is what
 * the button says, where that is not what it does.
 */
function opener(file, { words = "", key = "open" } = {}) {
  const settings = pageSettings();
  if (!settings || file.path === null) return el("span", { class: "al-faint" }, words ? "" : "Edit ", el("code", {}, file.shown));
  if (location.pathname.startsWith(`${settings.baseUrl}notebooks/`)) {
    const address = `${settings.baseUrl}${isNotebook(file) ? "notebooks" : "edit"}/${file.path.split("/").map(encodeURIComponent).join("/")}`;
    return el("button", { title: file.shown, "data-key": key, onclick: () => openTab(address) }, words || `Open ${file.name} in its tab`);
  }
  return el("button", {
    title: file.shown,
    "data-key": key,
    "data-commandlinker-command": "docmanager:open",
    "data-commandlinker-args": JSON.stringify({ path: file.path, options: isNotebook(file) ? {} : { mode: "split-right" } }),
  }, words || `Open ${file.name} beside the notebook`);
}
