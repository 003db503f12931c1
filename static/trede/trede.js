/* What script adds to pages that work without it: menus that close, keys in the entry grid, rows that save themselves. */
"use strict";

/* ---- menus ---- */

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));

document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.menu")));

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* ---- entry grid ---- */

const rowOf = (cell) => cell.closest("tbody");
const cellsOf = (row) => [...row.querySelectorAll("input.cell")];
const isChanged = (cell) => cell.value !== cell.defaultValue;

/* The cell in the same column of the next row that has one, `step` rows on. */
function neighbourInColumn(cell, step) {
  const rows = [...cell.closest("table").tBodies].filter((row) => cellsOf(row).length > 0);
  const next = rows[rows.indexOf(rowOf(cell)) + step];
  return next && next.querySelector(`input.cell[data-column="${cell.dataset.column}"]`);
}

function neighbourInRow(cell, step) {
  const cells = cellsOf(rowOf(cell));
  return cells[cells.indexOf(cell) + step];
}

/* Once somebody is in the number itself, the arrows stay in it until the cell is left. */
function isAtEdge(cell, step) {
  if (cell === editing) return false;
  const edge = step < 0 ? 0 : cell.value.length;
  const isAllSelected = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  return isAllSelected || (cell.selectionStart === edge && cell.selectionEnd === edge);
}

let editing = null;

function edit(cell) {
  editing = cell;
  cell.setSelectionRange(cell.value.length, cell.value.length);
}

/* Whoever comes into a cell has all of it selected, so that typing replaces it; a second click is in the number itself. */
let isEnteredByMouse = false;

document.addEventListener("mousedown", (event) => {
  isEnteredByMouse = event.target.matches("input.cell") && event.target !== document.activeElement;
});

document.addEventListener("click", (event) => {
  const { target } = event;
  if (isEnteredByMouse && target.matches("input.cell") && target.selectionStart === target.selectionEnd) target.select();
  isEnteredByMouse = false;
});

document.addEventListener("focusin", (event) => {
  if (event.target !== editing) editing = null;
  if (event.target.matches("input.cell")) event.target.select();
});

function target(cell, event) {
  switch (event.key) {
    case "Enter":
      return neighbourInColumn(cell, event.shiftKey ? -1 : 1);
    case "ArrowDown":
      return neighbourInColumn(cell, 1);
    case "ArrowUp":
      return neighbourInColumn(cell, -1);
    case "ArrowLeft":
      return isAtEdge(cell, -1) && neighbourInRow(cell, -1);
    case "ArrowRight":
      return isAtEdge(cell, 1) && neighbourInRow(cell, 1);
  }
}

document.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!cell.matches("input.cell") || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "F2") {
    event.preventDefault();
    edit(cell);
    return;
  }
  if (event.key === "Escape") {
    editing = null;
    // What is in force, which is not what stood there when that was wrong.
    cell.value = cell.dataset.was ?? cell.defaultValue;
    cell.select();
    return;
  }
  const next = target(cell, event);
  // Enter never sends the whole form: it goes to the next municipality, and on the last one it saves the row.
  if (event.key === "Enter" || next) event.preventDefault();
  if (next) {
    next.focus();
    next.select();
  } else if (event.key === "Enter") {
    saveRow(rowOf(cell));
  }
});

/* A row saves itself when one leaves it, and only then: a partial that comes back halfway would undo what is being typed. */
function saveRow(row) {
  if (row.hasAttribute("hx-post") && cellsOf(row).some(isChanged)) {
    row.dispatchEvent(new CustomEvent("leave-row"));
  }
}

document.addEventListener("focusout", (event) => {
  const row = event.target.matches("input.cell") && rowOf(event.target);
  if (row && !row.contains(event.relatedTarget)) saveRow(row);
});

function setReadOnly(row, readOnly) {
  for (const cell of cellsOf(row)) cell.readOnly = readOnly;
}

document.addEventListener("htmx:beforeRequest", (event) => setReadOnly(event.target, true));

document.addEventListener("htmx:afterRequest", (event) => setReadOnly(event.target, false));

/* ---- answers to htmx ---- */

function say(templateId) {
  const message = document.getElementById(templateId).content.cloneNode(true);
  document.getElementById("meldingen").replaceChildren(message);
}

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => say("melding-niet-gelukt"));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  // A whole page where a part was asked for: the session has ended, and this is the login page.
  if (event.detail.target !== document.body && /^\s*<!doctype/i.test(event.detail.xhr.responseText)) {
    event.detail.shouldSwap = false;
    say("melding-niet-gelukt");
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  const heard = document.getElementById("gehoord");
  const row = document.getElementById(event.detail.target.id);
  if (!heard || !row) return;
  // textContent: on a phone a sentence stands elsewhere too, and this one is not seen.
  const said = [...row.querySelectorAll(".msg > *")].map((sentence) => sentence.textContent);
  if (said.length) heard.textContent = `${row.querySelector("th").innerText}: ${said.join(" ")}`;
});

/* ---- forms ---- */

/* After a form that was not accepted, to the first field that is wrong; where no field is, to the list of errors. */
const wrong = document.querySelector("[aria-invalid='true']") ?? document.querySelector(".errors");
if (wrong) wrong.focus();
