/* A workbook that is dropped is read at once; one that is chosen waits for the button. */
"use strict";

for (const form of document.querySelectorAll("form[data-drop]")) {
  const file = form.querySelector("input[type='file']");
  const mark = (isOver) => form.classList.toggle("drop--over", isOver);
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) mark(false);
  });
  form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    mark(false);
    file.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
