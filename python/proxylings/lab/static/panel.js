// The view of an exercise's panel. It lays out the values of panel_view.py and sends back which button was pressed.
// Text goes in as text; only `diagnostics` and `advice` are HTML, made and escaped by diagnostics.py.

const PATIENCE = 4000; // ms; every button is answered at once by a kernel that is idle
const SIGNS = { idle: "○", busy: "…", pass: "✓", fail: "✗", todo: "○", problem: "!" };

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== "") made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// `words in backticks` become code; everything else stays text.
function prose(text) {
  return text.split("`").map((piece, at) => (at % 2 ? node("code", {}, piece) : piece));
}

function sign(mark) {
  return node("span", { class: `pxl-sign pxl-is-${mark}`, "aria-hidden": "true" }, SIGNS[mark]);
}

function test(value) {
  const name = [sign(value.mark), " ", value.name, " ", node("span", { class: "pxl-small" }, value.said)];
  if (value.mark === "pass") return node("div", { class: "pxl-test" }, ...name);
  return node(
    "details",
    { class: "pxl-test", open: value.first, "data-key": value.name },
    node("summary", {}, ...name),
    node(
      "div",
      { class: "pxl-red" },
      value.message ? node("pre", { tabindex: "0", role: "group", "aria-label": "What the test says" }, value.message) : "",
      value.output ? node("p", { class: "pxl-small" }, "Your code printed:") : "",
      value.output ? node("pre", { tabindex: "0", role: "group", "aria-label": "What your code printed" }, value.output) : "",
      value.place ? node("p", { class: "pxl-small" }, "It stopped at ", node("code", {}, value.place)) : "",
    ),
  );
}

function step(value) {
  if (!value.title) return node("div", { class: "pxl-bare" }, ...value.tests.map(test));
  const title = [sign(value.mark), " ", value.title, " ", node("span", { class: "pxl-small" }, value.points)];
  if (!value.tests.length) return node("div", { class: "pxl-step" }, ...title);
  const open = value.tests.some((one) => one.first);
  return node(
    "details",
    { class: "pxl-step", open, "data-key": value.title },
    node("summary", {}, ...title),
    ...value.tests.map(test),
  );
}

function render({ model, el }) {
  const sent = new Map(); // what each region shows now: only a change is drawn anew, so that focus stays
  const parts = {};
  let waiting = 0; // the timer that runs until the kernel answers
  const part = (name, tag = "div", attributes = {}) => (parts[name] = node(tag, { class: `pxl-${name}`, ...attributes }));
  const button = (name, label, press) => {
    parts[name] = node("button", { type: "button", class: "pxl-button" }, label);
    parts[name].addEventListener("click", press);
    return parts[name];
  };
  const ask = (what) => {
    parts.asked.textContent = "Asked the kernel…";
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      parts.asked.textContent = "No answer yet. Is another cell running? After a restart of the kernel, run this cell again.";
    }, PATIENCE);
    model.send({ ask: what });
  };
  const confirm = (question, yes, what, back) => {
    const no = node("button", { type: "button", class: "pxl-button" }, "No");
    const go = node("button", { type: "button", class: "pxl-button" }, yes);
    const close = () => {
      parts.confirm.replaceChildren();
      back.focus();
    };
    no.addEventListener("click", close);
    go.addEventListener("click", () => {
      close();
      ask(what);
    });
    parts.confirm.replaceChildren(node("span", {}, question), go, no);
    parts.confirm.onkeydown = (event) => {
      if (event.key === "Escape") close(); // returns nothing: false would swallow the Enter of the buttons
    };
    go.focus();
  };

  const root = node(
    "section",
    { class: "pxl pxl-panel", "data-lm-suppress-shortcuts": "true" },
    part("title", "div", { role: "heading", "aria-level": "3" }),
    part("place", "p"),
    part("status"),
    part("next", "p"),
    node(
      "div",
      { class: "pxl-buttons" },
      button("check", "Check now", () => ask("check")),
      button("hint", "Hint", () => ask("hint")),
      button("solution", "Solution", () =>
        view().solution_open
          ? ask("solution")
          : confirm("Your own has not passed yet. Show the solution?", "Yes, show it", "solution", parts.solution),
      ),
      button("reset", "Reset", () =>
        confirm("Put the stub back? Your version is copied first.", "Yes, reset", "reset", parts.reset),
      ),
      part("asked", "span", { role: "status" }),
    ),
    part("confirm", "div", { role: "group", "aria-label": "Are you sure?" }),
    part("note", "p"),
    part("hints"),
    part("diagnostics"),
    part("steps"),
    part("answer"),
    part("advice"),
    part("announce", "div", { class: "pxl-hidden", "aria-live": "polite", role: "status" }),
  );
  // Keys without Ctrl or Alt belong to the panel: an arrow must not lead JupyterLab to another cell.
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  el.append(root);

  const view = () => model.get("view");

  // Draw a region when its value has changed, and put the focus back to where it was.
  function region(name, value, draw) {
    const now = JSON.stringify(value);
    if (sent.get(name) === now) return;
    sent.set(name, now);
    const key = parts[name].contains(document.activeElement) && document.activeElement.closest("[data-key]")?.dataset.key;
    parts[name].replaceChildren(...draw().flat().filter(Boolean));
    parts[name].hidden = !parts[name].hasChildNodes();
    if (key) parts[name].querySelector(`[data-key="${CSS.escape(key)}"] > summary`)?.focus();
  }

  function place(value) {
    const lab = document.body.dataset.jpThemeName !== undefined && value.open;
    const open = lab && node("button", {
      type: "button", class: "pxl-button pxl-open", "data-commandlinker-command": "docmanager:open",
      "data-commandlinker-args": JSON.stringify({ path: value.open }),
    }, "Open the file");
    return ["Your file: ", node("code", {}, value.file), " ", open || node("span", { class: "pxl-small" }, "(open it in your editor)")];
  }

  function status(value) {
    const band = (mark, ...children) => node("p", { class: `pxl-verdict pxl-is-${mark}` }, sign(mark), " ", ...children);
    if (!value.busy) {
      return [band(value.mark, ...prose(value.headline)), value.message && node("p", { class: "pxl-message" }, ...prose(value.message))];
    }
    const bar = value.total ? node("progress", { max: value.total, value: value.done, "aria-label": "Tests run" }) : "";
    const was = node("span", { class: "pxl-small" }, ` before: ${value.headline}`);
    return [band("busy", value.busy, " ", bar, was)];
  }

  function html(text) {
    const holder = node("div");
    holder.innerHTML = text; // from diagnostics.py, which escapes all that it is given
    return holder;
  }

  function update() {
    const value = view();
    // The widget manager marks the views of a kernel that has gone.
    const gone = !value.live || el.closest(".jupyter-widgets-disconnected") !== null;
    root.setAttribute("aria-label", `${value.kind}: ${value.title}`);
    root.dataset.mark = value.mark;
    root.dataset.exercise = value.id;
    region("title", [value.kind, value.title, value.facts], () => [
      node("span", { class: "pxl-which" }, value.kind), " ", value.title, " ", node("span", { class: "pxl-small" }, value.facts),
    ]);
    region("place", [value.file, value.open], () => place(value));
    region("status", [value.headline, value.mark, value.busy, value.done, value.total, value.message], () => status(value));
    region("next", [value.next], () => [node("strong", {}, "Next: "), ...prose(value.next)]);
    region("note", [value.note, gone], () => [
      gone ? "This panel no longer watches your file: run its cell again." : value.note,
    ]);
    region("hints", [value.hints, value.told], () => [
      ...value.told.map((text) => node("p", { class: "pxl-hint" }, node("strong", {}, "About this error: "), ...prose(text))),
      ...value.hints.map((text, at) =>
        node("div", { class: "pxl-hint" }, node("strong", {}, `Hint ${at + 1} of 3: `), ...prose(text))),
    ]);
    region("diagnostics", value.diagnostics, () => [value.diagnostics && html(value.diagnostics)]);
    region("steps", value.steps, () => value.steps.map(step));
    region("answer", value.solution, () => [value.solution && node(
      "details", { open: true, "data-key": "solution" }, node("summary", {}, "One solution"),
      node("pre", { tabindex: "0", role: "group", "aria-label": "One solution" }, value.solution),
    )]);
    region("advice", value.advice, () => [
      value.advice && node("p", {}, node("strong", {}, "It passes. "), "The linter has some advice, if you like:"),
      value.advice && html(value.advice),
    ]);
    parts.hint.textContent = value.hints.length < 3 ? `Hint ${value.hints.length + 1} of 3` : "Hint 3 of 3 again";
    for (const name of ["check", "hint", "solution", "reset"]) parts[name].disabled = gone;
    clearTimeout(waiting);
    parts.asked.textContent = "";
  }

  let told = view().serial;
  function announce() {
    const value = view();
    if (!value.announce || value.serial === told) return;
    told = value.serial;
    // Emptied first: the same sentence twice is then two events for a screen reader.
    parts.announce.textContent = "";
    requestAnimationFrame(() => (parts.announce.textContent = value.announce));
  }

  const changed = () => {
    update();
    announce();
  };
  model.on("change:view", changed);
  const disconnected = () => requestAnimationFrame(update); // the mark is set by the same event
  model.on("comm_live_update", disconnected);
  update();
  return () => {
    clearTimeout(waiting);
    model.off("change:view", changed);
    model.off("comm_live_update", disconnected);
  };
}

export default { render };
