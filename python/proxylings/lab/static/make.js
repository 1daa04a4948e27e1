// What every view builds its page with. It stands in front of the view's own script (see `asset` in mime.py): a widget
// is one module, and nothing is fetched.

// An element. `html` goes in as HTML, so the kernel's side has to have escaped it; everything else goes in as text.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") node.innerHTML = value;
    else if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// Keeps the keys that are meant for `root`: JupyterLab takes single keys (Enter, arrows, d d) as commands when they
// reach the document. What leaves the view (Escape), or runs the cell (Shift+Enter), still does.
function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
    if (!command && !(event.shiftKey && event.key === "Enter")) event.stopPropagation();
  });
}

