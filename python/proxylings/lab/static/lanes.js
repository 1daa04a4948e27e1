// The timeline of a run, replayed event by event. The picture is SVG that the kernel's side has escaped; each piece of
// it says in data-at with which event it appears.

function render({ model, el }) {
  const told = model.get("told");
  const root = make("div", { class: "pxl pxl-lanes-box" });
  keepKeys(root);
  const picture = make("div", { html: model.get("picture") });
  const slider = make("input", { type: "range", min: "1", max: String(told.length), value: String(told.length), "aria-label": "Show the run up to event" });
  const said = make("p", { class: "pxl-said", role: "status", "aria-live": "polite" });
  const back = make("button", { type: "button", class: "pxl-button" }, "Back");
  const on = make("button", { type: "button", class: "pxl-button" }, "Next");
  const first = make("button", { type: "button", class: "pxl-button" }, "From the start");

  const rows = told.map((one, at) =>
    make("tr", { "data-row": String(at) }, make("td", {}, String(at + 1)), make("td", {}, one.thread), make("td", { html: one.html }), make("td", {}, String(one.line))),
  );
  const heads = ["event", "thread", "does", "line"].map((head) => make("th", { scope: "col" }, head));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
  const list = make("details", {}, make("summary", {}, "The events as a list"), table);

  function show(number) {
    const upTo = Math.min(Math.max(number, 1), told.length);
    slider.value = String(upTo);
    slider.setAttribute("aria-valuetext", `event ${upTo} of ${told.length}`);
    for (const piece of picture.querySelectorAll("[data-at]")) {
      piece.style.display = Number(piece.dataset.at) < upTo ? "" : "none";
    }
    rows.forEach((row, at) => row.classList.toggle("pxl-current", at === upTo - 1));
    const one = told[upTo - 1];
    said.textContent = one ? `${upTo} of ${told.length}: ${one.thread} ${one.text.replaceAll("`", "")}${one.line ? ` (line ${one.line})` : ""}` : "";
    back.disabled = upTo === 1;
    on.disabled = upTo === told.length;
  }
  slider.addEventListener("input", () => show(Number(slider.value)));
  back.addEventListener("click", () => show(Number(slider.value) - 1));
  on.addEventListener("click", () => show(Number(slider.value) + 1));
  first.addEventListener("click", () => show(1));

  const parts = [picture];
  if (model.get("note")) parts.push(make("p", { class: "pxl-told" }, model.get("note").replaceAll("`", "")));
  parts.push(make("div", { class: "pxl-moves" }, first, back, on, slider), said, list);
  root.append(...parts);
  show(told.length);
  el.replaceChildren(root);
  return () => el.replaceChildren();
}

export default { render };
