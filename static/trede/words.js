/* Writing the words of a letter: the toolbar, the list of placeholders, and the preview that follows. Without it the form
   is saved as it is, and the list is there to read. */
"use strict";

const changed = (area) => {
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
};

/* What is selected becomes what `make` gives; through the browser, so that "undo" still works. */
function replaceSelection(area, text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
  changed(area);
}

/* The whole lines that the selection is in. */
function linesOf(area) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = area.value.indexOf("\n", area.selectionEnd);
  return [from, next < 0 ? area.value.length : next];
}

function bold(area) {
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
  const isBold = /^\*\*[^]*\*\*$/.test(chosen) && chosen.length > 4;
  const from = area.selectionStart;
  replaceSelection(area, isBold ? chosen.slice(2, -2) : `**${chosen}**`);
  if (!chosen) area.setSelectionRange(from + 2, from + 2);
}

/* Before each line, or off each when all have it. */
function prefix(area, sign) {
  const [from, to] = linesOf(area);
  const lines = area.value.slice(from, to).split("\n");
  const all = lines.every((line) => line.startsWith(sign));
  replaceSelection(area, lines.map((line) => (all ? line.slice(sign.length) : sign + line)).join("\n"), from, to);
}

const MARKS = { vet: bold, kop: (area) => prefix(area, "## "), lijst: (area) => prefix(area, "- ") };

let last = null;

for (const area of document.querySelectorAll("textarea[data-words]")) {
  last = last ?? area;
  const tools = document.getElementById("werkbalk").content.cloneNode(true);
  tools.firstElementChild.setAttribute("aria-controls", area.id);
  for (const button of tools.querySelectorAll("[data-mark]")) {
    button.addEventListener("click", () => MARKS[button.dataset.mark](area));
  }
  area.before(tools);
  area.addEventListener("focus", () => {
    last = area;
  });
}

for (const name of document.querySelectorAll("[data-pick]")) {
  if (!last) break;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name.textContent;
  button.title = "Invoegen in de tekst";
  button.addEventListener("click", () => replaceSelection(last, `((${name.dataset.pick}))`));
  name.replaceChildren(button);
}

/* ---- the preview shows where one writes ---- */

function showHere() {
  const sheet = document.getElementById("voorbeeld");
  const here = sheet && sheet.querySelector("[data-here]");
  if (!here || sheet.scrollHeight <= sheet.clientHeight) return;
  const away = here.getBoundingClientRect().top - sheet.getBoundingClientRect().top;
  if (away < 40 || away > sheet.clientHeight - 40) sheet.scrollTop += away - sheet.clientHeight / 2;
}

showHere();
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "voorbeeld") showHere();
});

/* ---- what is not saved is not left by mistake ---- */

let isTouched = false;
for (const form of new Set(Array.from(document.querySelectorAll("[data-words]"), (area) => area.form))) {
  form.addEventListener("input", (event) => {
    if (!event.target.closest("[data-beside]")) isTouched = true;
  });
  form.addEventListener("submit", () => {
    isTouched = false;
  });
}

window.addEventListener("beforeunload", (event) => {
  if (isTouched) event.preventDefault();
});
