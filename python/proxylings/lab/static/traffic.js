// The traffic view: three pictures with their tables, and a replay, event by event. The kernel's side decides all of
// it and has escaped every piece of HTML; this file lays `view` out and sends wishes.

function render({ model, el }) {
  const root = make("div", { class: "pxl pxl-traffic" });
  keepKeys(root);
  const live = make("p", { class: "pxl-told" });
  const note = make("p", { class: "pxl-told" });
  const slider = make("input", { type: "range", min: "0", "aria-label": "Show the traffic up to event" });
  const said = make("p", { class: "pxl-said" });
  // Read aloud after a step, and not with every picture of a proxy that runs.
  const spoken = make("p", { class: "pxl-hidden", role: "status", "aria-live": "polite" });
  let stepped = false;

  function wish(what) {
    stepped = true;
    model.send(what);
  }

  function button(label, pressed) {
    const node = make("button", { type: "button", class: "pxl-button" }, label);
    node.addEventListener("click", () => {
      if (node.getAttribute("aria-disabled") !== "true") pressed();
    });
    return node;
  }

  const at = () => model.get("view").at;
  const first = button("From the start", () => wish({ at: 0 }));
  const back = button("Back", () => wish({ at: at() - 1 }));
  const on = button("Next", () => wish({ at: at() + 1 }));
  const last = button("To the end", () => wish({ end: true }));
  const stop = button("Stop listening", () => wish({ stop: true }));
  slider.addEventListener("change", () => {
    const number = Number(slider.value);
    wish(number === model.get("view").count ? { end: true } : { at: number });
  });
  const figures = new Map();

  // Made once, and filled anew: what has the focus keeps it, what is folded stays folded, what is scrolled stays there.
  function figure(one) {
    const title = make("strong");
    const picture = make("div", { class: "pxl-wide", tabindex: "0", role: "group" });
    const table = make("div", { class: "pxl-wide", tabindex: "0", role: "group" });
    const small = make("p", { class: "pxl-small" });
    const details = make("details", { open: "" }, make("summary", {}, "The same as a table"), table);
    const box = make("div", { class: `pxl-figure pxl-${one.key}` }, make("p", {}, title), picture, details, small);
    root.append(box);
    const made = { title, picture, table, small };
    figures.set(one.key, made);
    return made;
  }

  function able(node, yes) {
    // A button that is disabled would lose the focus, and with it the keyboard's place.
    node.setAttribute("aria-disabled", String(!yes));
  }

  function draw() {
    const view = model.get("view");
    live.textContent = view.live;
    live.hidden = !view.live;
    note.textContent = view.note;
    note.hidden = !view.note;
    stop.hidden = !view.listening;
    slider.max = String(view.count);
    slider.value = String(view.at);
    slider.setAttribute("aria-valuetext", `event ${view.at} of ${view.count}`);
    for (const node of [first, back]) able(node, view.at > 0);
    for (const node of [on, last]) able(node, view.at < view.count);
    said.textContent = view.said;
    if (stepped) spoken.textContent = view.said;
    stepped = false;
    for (const one of view.figures) {
      const { title, picture, table, small } = figures.get(one.key) ?? figure(one);
      title.textContent = one.title;
      picture.setAttribute("aria-label", `${one.title}: the picture`);
      table.setAttribute("aria-label", `${one.title}: the table`);
      picture.innerHTML = one.picture;
      table.innerHTML = one.table;
      small.textContent = one.note;
    }
  }

  root.append(live, note, make("div", { class: "pxl-moves" }, first, back, on, last, slider, stop), said, spoken);
  model.on("change:view", draw);
  draw();
  el.replaceChildren(root);
  return () => {
    model.off("change:view", draw);
    el.replaceChildren();
  };
}

export default { render };
