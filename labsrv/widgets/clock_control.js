// Lab time, ticking here from the offset that the kernel told, and buttons that move it.

const pad = (number) => String(number).padStart(2, "0");

/** Say how far time was moved: "13 h 31 min ahead of real time". */
function apart(seconds) {
  const whole = Math.round(Math.abs(seconds));
  if (!whole) return "the same as real time";
  const parts = [
    [Math.floor(whole / 86400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ];
  const words = parts.filter(([many]) => many).slice(0, 3).map(([many, unit]) => `${many} ${unit}`).join(" ");
  return `${words} ${seconds > 0 ? "ahead of" : "behind"} real time`;
}

/** Return the date and the time of day of a moment in UTC. */
function inWords(milliseconds) {
  const when = new Date(milliseconds);
  const day = when.toLocaleDateString("en-GB", {
    weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
  });
  return [day, `${pad(when.getUTCHours())}:${pad(when.getUTCMinutes())}:${pad(when.getUTCSeconds())}`];
}

export default view({
  render({ model, el: root }) {
    root.classList.add("al", "al-clock");
    // Until the kernel has said what time it is, assume that its machine and this one agree.
    let offset = (model.get("shown").moved ?? 0) * 1000;
    let asked = false;

    const day = el("span", { class: "al-clock-day" });
    const time = el("span", { class: "al-clock-time" });
    const moved = el("span", { class: "al-clock-moved al-faint" });
    const said = el("p", { class: "al-bad al-clock-said", role: "alert" });
    const status = announcer();
    const moment = el("input", { type: "datetime-local", "aria-label": "Moment in UTC", step: 60, "data-key": "moment" });
    const back = el("button", { onclick: () => send({ do: "reset" }), "data-key": "back" }, "Back to now");

    function send(message) {
      asked = true;
      model.send(message);
    }

    function tick() {
      // Time stands still for a lab that has ended.
      const [date, clock] = inWords(model.get("ended") ? model.get("shown").time * 1000 : Date.now() + offset);
      if (day.textContent !== date) day.textContent = date;
      if (time.textContent !== clock) time.textContent = clock;
    }

    function update() {
      const shown = model.get("shown");
      offset = shown.time * 1000 - Date.now();
      moved.textContent = apart(shown.moved);
      moved.classList.toggle("al-clock-away", Math.round(shown.moved) !== 0);
      back.disabled = Math.round(shown.moved) === 0;
      if (!moment.value || document.activeElement !== moment) {
        moment.value = new Date(Date.now() + offset).toISOString().slice(0, 16);
      }
      tick();
      if (asked) status.textContent = `Lab time is ${day.textContent}, ${time.textContent} UTC, ${moved.textContent}.`;
    }

    function complain() {
      said.textContent = model.get("said");
      said.hidden = !said.textContent;
    }

    function go(event) {
      event.preventDefault();
      if (moment.value) send({ do: "move_to", when: moment.value });
    }

    const steps = model.get("steps").map(([seconds, words]) =>
      el("button", { onclick: () => send({ do: "advance", seconds }), "data-key": words }, words));
    root.append(
      el("div", { class: "al-clock-face", role: "group", "aria-label": "Lab time" },
        el("span", { class: "al-faint" }, "Lab time"), day, time, el("span", { class: "al-faint" }, "UTC"), moved),
      el("div", { class: "al-clock-moves", role: "group", "aria-label": "Move lab time" },
        ...steps,
        el("form", { onsubmit: go }, moment, el("button", { "data-key": "go" }, "Go there (UTC)")),
        back),
      said, status,
    );

    tick();
    complain();
    moved.textContent = apart(model.get("shown").moved ?? 0);
    moved.classList.toggle("al-clock-away", Math.round(model.get("shown").moved ?? 0) !== 0);
    back.disabled = Math.round(model.get("shown").moved ?? 0) === 0;
    moment.value = new Date(Date.now() + offset).toISOString().slice(0, 16);
    const ends = [watch(model, ["shown"], update), watch(model, ["said"], complain)];
    const ticking = setInterval(tick, 250);
    model.send({ do: "look" });
    return () => {
      clearInterval(ticking);
      ends.forEach((end) => end());
    };
  },
});
