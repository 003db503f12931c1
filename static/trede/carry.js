/* Keeps the sum under the parts of a herindeling in step with what is typed. Without it the server says the sum. */
"use strict";

const WHOLE = /^[-−–+]?\d+$/;

function personsIn(cell) {
  const text = cell.value.replace(/[.\s]/g, "");
  if (!WHOLE.test(text)) return NaN;
  const persons = Number(text.replace(/^[-−–+]/, ""));
  return /^[-−–]/.test(text) ? -persons : persons;
}

function inDutch(sum) {
  return Number.isNaN(sum) ? "–" : sum.toLocaleString("nl-NL").replace("-", "−");
}

for (const form of document.querySelectorAll("form[data-sum]")) {
  form.addEventListener("input", () => {
    const cells = [...form.querySelectorAll("input.cell[data-column]")];
    form.querySelector("[data-together]").textContent = inDutch(cells.reduce((sum, cell) => sum + personsIn(cell), 0));
  });
}
