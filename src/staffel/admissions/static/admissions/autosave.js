/* Save a form marked data-autosave whenever a field was changed, and say when in the region marked data-saved.
 *
 * Without this module the buttons save. The server saves what is valid and answers with the words to show; any other answer
 * leaves the page as it is: what was typed is still there, and the buttons tell what is wrong.
 */
const PAUSE = 400;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-saved]");
  let timer = 0;
  let running = null;

  async function save() {
    // An older answer must never replace a newer one.
    running?.abort();
    const mine = (running = new AbortController());
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "yes" },
        signal: mine.signal,
      });
      if (answer.ok && answer.headers.get("Content-Type")?.startsWith("text/plain")) status.textContent = await answer.text();
    } catch {
      // No network now: the next change or the button tries again.
    }
  }

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
  });
}
