/* Keep the three choices and the hours of a line in step; without this module both are chosen by hand. */
document.querySelector("[data-attendance]")?.addEventListener("change", ({ target }) => {
  const line = target.closest(".st-sheet");
  if (!line) return;
  const hours = line.querySelector("select");
  if (target === hours && hours.value) line.querySelector("[value=teil]").checked = true;
  if (target.type === "radio" && target.value !== "teil") hours.value = "";
  if (target.type === "radio" && target.value === "teil") hours.focus();
});
