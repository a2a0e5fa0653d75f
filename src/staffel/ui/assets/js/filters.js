/* A filter form marked data-filters sends itself when a choice changes; with htmx the answer replaces only what it names.
 *
 * Without this module the form has its button. With it the button stays for those who want it. The form may be replaced by
 * the answer, so the events are caught above it. What is found is said in the region marked data-filters-status.
 */
const form = (event) => event.target.closest?.("form[data-filters]");

document.addEventListener("change", (event) => {
  if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form(event)?.requestSubmit();
});
// Empty fields have no place in an address that people pass on.
document.addEventListener("formdata", (event) => {
  if (!form(event)) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});
document.addEventListener("htmx:afterSettle", () => {
  const status = document.querySelector("[data-filters-status]");
  const found = document.querySelector("caption, .st-empty h2, .st-empty h3");
  if (status && found) status.textContent = found.textContent;
});
