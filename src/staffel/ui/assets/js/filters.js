/* A filter form marked data-filters sends itself when a choice changes; with htmx the answer replaces only the result.
 *
 * Without this module the form has its button. With it the button stays for those who want it.
 */
for (const form of document.querySelectorAll("form[data-filters]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
  // Empty fields have no place in an address that people pass on.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}
