// Questions with native radio buttons. The model holds items, answers, and what to show after an answer;
// this file draws it and sets `answers`. Texts called html below are escaped by the kernel's side.

function listing(item) {
  const pre = make("pre", { class: "pxl-code", tabindex: "0", role: "group", "aria-label": "The code" });
  item.code.forEach((line, at) => {
    pre.append(make("span", { class: "pxl-number" }, String(at + 1).padStart(2) + " "), line + "\n");
  });
  return pre;
}

function radio(name, index) {
  return make("input", { type: "radio", name, value: String(index) });
}

// The lines of the code, each with a radio button: the answer is a line.
function lines(item, name) {
  const box = make("div", { class: "pxl-code pxl-lines" });
  item.code.forEach((line, at) => {
    const index = item.choices.findIndex((choice) => choice.line === at + 1);
    const number = make("span", { class: "pxl-number" }, String(at + 1).padStart(2) + " ");
    const code = make("code", {}, line || " ");
    if (index < 0) box.append(make("div", { class: "pxl-pick" }, number, code));
    else {
      const spoken = make("span", { class: "pxl-hidden" }, "line ");
      box.append(make("label", { class: "pxl-pick" }, radio(name, index), spoken, number, code));
    }
  });
  return box;
}

function question(model, item, number, changed) {
  const name = "answer"; // each question is a form, so the names don't meet
  const predicting = model.get("mode") === "predict";
  const several = model.get("items").length > 1;
  const picksLine = item.choices.some((choice) => choice.line);

  const lead = predicting ? "Predict first. " : several ? `${number}. ` : "";
  const legend = make("legend");
  if (lead) legend.append(make("span", { class: "pxl-lead-in" }, lead));
  legend.append(make("span", { html: item.question }));
  const fieldset = make("fieldset", {}, legend);
  if (item.more) fieldset.append(make("div", { html: item.more }));
  if (picksLine) fieldset.append(lines(item, name));
  else if (item.code.length && !predicting) fieldset.append(listing(item));
  const texts = make("div", { class: "pxl-options" });
  item.choices.forEach((choice, index) => {
    if (!choice.line) texts.append(make("label", {}, radio(name, index), make("span", { html: choice.html })));
  });
  if (texts.childElementCount) fieldset.append(texts);

  const button = make("button", { type: "submit", class: "pxl-button" }, predicting ? "Predict and show" : "Check");
  const feedback = make("div", { class: "pxl-feedback", role: "status", "aria-live": "polite" });
  const form = make("form", { class: "pxl-item" }, fieldset, button, feedback);

  function tell(index) {
    const choice = item.choices[index];
    const sign = choice.right ? "✓" : "✗";
    const verdict = choice.right ? "Right." : predicting ? "Not quite." : "Not this one. Read why, then try again.";
    const head = make("p", { class: "pxl-verdict" }, make("span", { "aria-hidden": "true" }, sign + " "), verdict);
    const box = make("div", { class: choice.right ? "pxl-told pxl-good" : "pxl-told pxl-bad" });
    if (predicting && model.get("note")) box.append(make("p", { class: "pxl-small" }, model.get("note")));
    box.append(head, make("div", { html: choice.why }));
    feedback.replaceChildren(box);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = form.querySelector("input:checked");
    if (!chosen) {
      feedback.replaceChildren(make("p", { class: "pxl-told" }, "Choose an answer first."));
      form.querySelector("input").focus();
      return;
    }
    const index = Number(chosen.value);
    model.set("answers", { ...model.get("answers"), [item.id]: index });
    model.save_changes();
    tell(index);
    changed();
  });
  form.addEventListener("change", () => feedback.replaceChildren());

  const before = model.get("answers")[item.id];
  if (before !== undefined && item.choices[before]) {
    form.querySelector(`input[value="${before}"]`).checked = true;
    tell(before);
  }
  return form;
}

function render({ model, el }) {
  const items = model.get("items");
  const root = make("div", { class: "pxl pxl-choice" });
  keepKeys(root);
  const score = make("p", { class: "pxl-score", role: "status", "aria-live": "polite" });
  const shown = make("div", { class: "pxl-outcome", role: "region", "aria-label": "What happened" });

  function changed() {
    const answers = model.get("answers");
    const right = items.filter((item) => item.choices[answers[item.id]]?.right).length;
    score.textContent = items.length > 1 ? `${right} of ${items.length} right` : "";
    if (model.get("mode") === "predict" && answers[items[0].id] !== undefined && !shown.childElementCount) {
      shown.innerHTML = model.get("outcome");
      root.append(shown);
    }
  }

  items.forEach((item, at) => root.append(question(model, item, at + 1, changed)));
  if (items.length > 1) root.append(score);
  changed();
  el.replaceChildren(root);
  return () => el.replaceChildren();
}

export default { render };
