// The state stepper: the picture, the state with what it owns, the events, the story. The kernel's side decides all of
// it; this file lays `view` out and sends wishes. The picture is SVG that the kernel's side has escaped.

function cells(row, tag) {
  return make("tr", {}, ...row.map((text) => make(tag, tag === "th" ? { scope: "col" } : {}, text)));
}

function state(moment) {
  const box = make("div", { class: "pxl-now", role: "status", "aria-live": "polite" });
  if (!moment) return box;
  box.append(make("p", {}, make("strong", {}, moment.name), moment.data.length ? " owns" : " owns nothing"));
  if (moment.data.length) {
    const rows = moment.data.map((one) => cells([one.name || "the reason", one.value], "td"));
    box.append(make("table", {}, make("tbody", {}, ...rows)));
  }
  if (moment.action) box.append(make("p", {}, "The proxy has to ", make("code", {}, moment.action)));
  return box;
}

function render({ model, el }) {
  const root = make("div", { class: "pxl pxl-stepper" });
  keepKeys(root);
  let focused = "";
  let allOpen = false;

  function button(label, wish, attributes = {}) {
    const node = make("button", { type: "button", class: "pxl-button", "data-key": JSON.stringify(wish), ...attributes }, label);
    node.addEventListener("click", () => {
      focused = node.dataset.key;
      model.send(wish);
    });
    return node;
  }

  function events(view) {
    const box = make("div", { class: "pxl-events", role: "group", "aria-label": "What happens next" });
    for (const one of view.choices) {
      const node = button(one.event, { tell: one.event }, { title: one.told, class: one.possible ? "pxl-button" : "pxl-button pxl-unlikely" });
      node.append(make("span", { class: "pxl-small" }, one.told));
      box.append(node);
    }
    return box;
  }

  function draw() {
    const view = model.get("view");
    const moments = view.moments;
    const now = moments[moments.length - 1];
    const parts = [make("div", { html: view.picture })];
    if (view.problem) parts.push(make("p", { class: "pxl-told", role: "alert" }, view.problem));
    if (view.connections.length) {
      const label = make("label", {}, "Connection ");
      const select = make("select", { "data-key": "connection" });
      for (const one of view.connections) {
        const option = make("option", { value: String(one.number) }, `${one.number} (${one.state})`);
        if (one.number === view.chosen) option.selected = true;
        select.append(option);
      }
      select.addEventListener("change", () => {
        focused = "connection";
        model.send({ connection: Number(select.value) });
      });
      label.append(select);
      parts.push(label);
    }
    parts.push(state(now));
    if (view.choices.length) parts.push(make("p", { class: "pxl-small" }, "What happens next?"), events(view));
    if (!view.connections.length && moments.length > 1) {
      parts.push(make("div", { class: "pxl-moves" }, button("Back", { back: true }), button("A new connection", { again: true })));
    }
    const story = make("ol", { class: "pxl-story", start: "0" });
    moments.forEach((moment) => {
      const action = moment.action ? ` (${moment.action})` : "";
      story.append(make("li", {}, moment.event && !view.connections.length ? `${moment.event}: ` : "", make("code", {}, moment.state), action));
    });
    const rows = view.table.map((row) => cells([row.state, row.event, row.after], "td"));
    const table = make("table", {}, make("thead", {}, cells(["state", "event", "then"], "th")), make("tbody", {}, ...rows));
    const all = make("details", {}, make("summary", {}, "All transitions"), table);
    all.open = allOpen;
    all.addEventListener("toggle", () => (allOpen = all.open));
    parts.push(make("p", { class: "pxl-small" }, "The story so far:"), story, all);
    root.replaceChildren(...parts);
    // The button that was pressed is drawn anew, and may be gone; the keyboard goes on where it was.
    if (focused) {
      const again = [...root.querySelectorAll("[data-key]")].find((node) => node.dataset.key === focused);
      (again || root.querySelector("button"))?.focus();
      focused = "";
    }
  }

  model.on("change:view", draw);
  draw();
  el.replaceChildren(root);
  return () => {
    model.off("change:view", draw);
    el.replaceChildren();
  };
}

export default { render };
