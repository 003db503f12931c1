/* What the entry grid needs beside trede.js: its hint, and where the focus goes and what is heard when a colleague was first. */
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
