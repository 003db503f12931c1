/* What the entry grid needs beside trede.js: its hint, the reason of a correction, and where the focus goes and what is heard when a colleague was first. */
"use strict";

for (const hint of document.querySelectorAll(".hint")) hint.hidden = !hint.hidden;

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
