// Questions with native radio buttons. The model holds items, answers, pools, and what to show after an answer; this
// file draws it and sets `answers` and `asked`. Texts called html below are escaped by the kernel's side.

function numbered(at) {
  return make("span", { class: "pxl-number" }, String(at + 1).padStart(2) + " ");
}

function listing(item) {
  const pre = make("pre", { class: "pxl-code", tabindex: "0", role: "group", "aria-label": "The code" });
  item.code.forEach((line, at) => pre.append(numbered(at), line + "\n"));
  return pre;
}

// Each question is a form, so their radio buttons may share a name.
function radio(index) {
  return make("input", { type: "radio", name: "answer", value: String(index) });
}

// The lines of the code, each with a radio button: the answer is a line.
function lines(item) {
  const box = make("div", { class: "pxl-code pxl-lines" });
  item.code.forEach((line, at) => {
    const index = item.choices.findIndex((choice) => choice.line === at + 1);
    const code = make("code", {}, line || " ");
    if (index < 0) box.append(make("div", { class: "pxl-pick" }, numbered(at), code));
    else {
      const spoken = make("span", { class: "pxl-hidden" }, "line ");
      box.append(make("label", { class: "pxl-pick" }, radio(index), spoken, numbered(at), code));
    }
  });
  return box;
}

// What is asked, and the buttons to choose an answer with.
function asking(item, lead, predicting) {
  const legend = make("legend");
  if (lead) legend.append(make("span", { class: "pxl-lead-in" }, lead));
  legend.append(make("span", { html: item.question }));
  const fieldset = make("fieldset", {}, legend);
  if (item.more) fieldset.append(make("div", { html: item.more }));
  if (item.choices.some((choice) => choice.line)) fieldset.append(lines(item));
  else if (item.code.length && !predicting) fieldset.append(listing(item));
  const texts = make("div", { class: "pxl-options" });
  item.choices.forEach((choice, index) => {
    if (!choice.line) texts.append(make("label", {}, radio(index), make("span", { html: choice.html })));
  });
  if (texts.childElementCount) fieldset.append(texts);
  return fieldset;
}

function explained(choice, verdict, note) {
  const box = make("div", { class: `pxl-told ${choice.right ? "pxl-good" : "pxl-bad"}` });
  if (note) box.append(make("p", { class: "pxl-small" }, note));
  const sign = make("span", { "aria-hidden": "true" }, choice.right ? "✓ " : "✗ ");
  box.append(make("p", { class: "pxl-verdict" }, sign, verdict), make("div", { html: choice.why }));
  return box;
}

// One question as a form. `another`, if there is one, shows the next question of its pool.
function question(model, item, lead, { another, changed }) {
  const predicting = model.get("mode") === "predict";
  const fieldset = asking(item, lead, predicting);
  const button = make("button", { type: "submit", class: "pxl-button" }, predicting ? "Predict and show" : "Check");
  const feedback = make("div", { class: "pxl-feedback", role: "status", "aria-live": "polite" });
  const next = make("button", { type: "button", class: "pxl-button pxl-another" }, "Try another one like it");
  const form = make("form", { class: "pxl-question" }, fieldset, button, feedback);

  function tell(index) {
    const choice = item.choices[index];
    const again = another ? "Not this one. Read why." : "Not this one. Read why, then try again.";
    const verdict = choice.right ? "Right." : predicting ? "Not quite." : again;
    feedback.replaceChildren(explained(choice, verdict, predicting && model.get("note")));
    if (another && !choice.right) form.append(next);
    else next.remove();
  }

  // It has been asked and answered, and another one stands below: it can be read, and not be answered again.
  function close() {
    fieldset.disabled = true;
    button.remove();
    next.remove();
  }

  next.addEventListener("click", () => {
    close();
    another();
  });
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
  form.addEventListener("change", () => {
    feedback.replaceChildren();
    next.remove();
  });

  const before = model.get("answers")[item.id];
  if (before !== undefined && item.choices[before]) {
    form.querySelector(`input[value="${before}"]`).checked = true;
    tell(before);
  }
  return { form, close };
}

// One question, or those of a pool that were asked, one below the other; only the last of them can be answered.
function place(model, pool, items, lead, changed) {
  const box = make("div", { class: "pxl-item" });
  let last;
  function ask(at) {
    const another = at + 1 < items.length ? () => {
      model.set("asked", { ...model.get("asked"), [pool]: at + 2 });
      model.save_changes();
      ask(at + 1).form.querySelector("input").focus();
      changed();
    } : undefined;
    last?.close();
    last = question(model, items[at], at ? `${lead}Another one: ` : lead, { another, changed });
    box.append(last.form);
    return last;
  }
  for (let at = 0; at < (model.get("asked")[pool] ?? 1); at += 1) ask(at);
  return box;
}

// The places of a quiz, in the order of its items: a pool has one, where its first item stands.
function places(model) {
  const items = new Map(model.get("items").map((item) => [item.id, item]));
  const pools = Object.entries(model.get("pools"));
  const found = new Map();
  for (const item of items.values()) {
    const [pool, order] = pools.find(([, members]) => members.includes(item.id)) ?? [item.id, [item.id]];
    found.set(pool, order.map((id) => items.get(id)));
  }
  return [...found];
}

function render({ model, el }) {
  const all = places(model);
  const root = make("div", { class: "pxl pxl-choice" });
  keepKeys(root);
  const score = make("p", { class: "pxl-score", role: "status", "aria-live": "polite" });
  const shown = make("div", { class: "pxl-outcome", role: "region", "aria-label": "What happened" });
  const predicting = model.get("mode") === "predict";

  function changed() {
    const answers = model.get("answers");
    const right = (item) => item.choices[answers[item.id]]?.right;
    score.textContent = `${all.filter(([, items]) => items.some(right)).length} of ${all.length} right`;
    if (predicting && answers[all[0][1][0].id] !== undefined && !shown.childElementCount) {
      shown.innerHTML = model.get("outcome");
      root.append(shown);
    }
  }

  all.forEach(([pool, items], at) => {
    const lead = predicting ? "Predict first. " : all.length > 1 ? `${at + 1}. ` : "";
    root.append(place(model, pool, items, lead, changed));
  });
  if (all.length > 1) root.append(score);
  const trouble = make("p", { class: "pxl-trouble", role: "alert" });
  const troubled = () => { trouble.textContent = model.get("trouble"); };
  root.append(trouble);
  model.on("change:trouble", troubled);
  troubled();
  changed();
  el.replaceChildren(root);
  return () => {
    model.off("change:trouble", troubled);
    el.replaceChildren();
  };
}

export default { render };
