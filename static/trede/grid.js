/* What the entry grid needs beside trede.js: its hint, what is pasted, the reason of a correction, and where the focus goes and what is heard when a colleague was first. */
"use strict";

const hints = document.querySelectorAll(".hint");
if (hints.length > 1) for (const hint of hints) hint.hidden = !hint.hidden;

document.addEventListener("htmx:afterSettle", (event) => {
  const row = document.getElementById(event.detail.target.id);
  const clash = row && row.querySelector(".clash__text");
  if (clash) document.getElementById("gehoord").textContent = clash.innerText;
  // The button of the choice is gone with the row that it stood in: on with the cell that it was about.
  const asked = event.detail.requestConfig.elt;
  if (asked.name === "kies" && !asked.isConnected) document.getElementById(asked.value.split(":")[0]).focus();
});

/* ---- the reason of a correction ---- */

/* Once it is given, the rows that waited for it are saved. */
document.addEventListener("change", (event) => {
  if (event.target.id !== "reden" || !event.target.value.trim()) return;
  for (const row of document.querySelectorAll("[data-lacks-reason]")) row.dispatchEvent(new CustomEvent("leave-row"));
});

document.addEventListener("keydown", (event) => {
  // Enter saves what waited, and not the whole form.
  if (event.target.id !== "reden" || event.key !== "Enter") return;
  event.preventDefault();
  event.target.blur();
});

document.addEventListener("htmx:afterSettle", () => {
  const reason = document.getElementById("reden");
  if (!reason) return;
  if (document.getElementById("reden-fout").textContent.trim()) reason.setAttribute("aria-invalid", "true");
  else reason.removeAttribute("aria-invalid");
});

/* ---- pasting ---- */

/* More than one cell goes to the server as it is, with the cell that it begins in; the server lays it in the table. */
document.addEventListener("paste", (event) => {
  const cell = event.target;
  if (!cell.matches("input.cell") || !event.clipboardData) return;
  const text = event.clipboardData.getData("text/plain").trimEnd();
  const html = text ? "" : event.clipboardData.getData("text/html");
  if (!/[\t\r\n]/.test(text) && !/<table/i.test(html)) return;
  event.preventDefault();
  const block = document.getElementById("blok");
  if (Math.max(text.length, html.length) > block.maxLength) {
    say("melding-te-groot");
    return;
  }
  block.value = text;
  document.getElementById("blok-html").value = html;
  const [column, code] = cell.name.split("-");
  document.getElementById("vanaf-gemeente").value = code;
  document.getElementById("vanaf-kolom").value = column;
  cell.form.requestSubmit(document.getElementById("plakken"));
});
