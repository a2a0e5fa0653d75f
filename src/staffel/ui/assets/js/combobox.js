/* Suggestions under a search field: the ARIA combobox pattern "list autocomplete with manual selection".
 *
 * Without this module the form is sent as it stands. With it, from two characters on, the server's list of
 * <li role="option" data-href data-value> is shown; Enter on an option follows its address, else it sends the form.
 * A field marked data-keeps stands in a longer form: a chosen option is kept in its hidden fields (data-kept) by data-code.
 * Source: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
const PAUSE = 120;
const SHORTEST = 2;

function combobox(root) {
  const form = root.closest("form");
  const input = root.querySelector("input[type=search]");
  const list = root.querySelector("[data-suggestions-list]");
  const status = root.querySelector("[role=status]");
  let chosen = -1;
  let timer = 0;
  let running = null;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  const options = () => [...list.querySelectorAll("[role=option]")];

  function close() {
    list.hidden = true;
    choose(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function choose(index) {
    chosen = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  /* The choice by radio buttons, made by the server for those without this module, gives way to the hidden field. */
  function keep(code) {
    root.querySelector("fieldset")?.remove();
    let field = root.querySelector("[data-kept=code]");
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: `${input.name}_ags` });
      field.dataset.kept = "code";
      root.append(field);
    }
    field.value = code;
    root.querySelector("[data-kept=words]").value = input.value;
  }

  function follow(option) {
    input.value = option.dataset.value ?? option.textContent.trim();
    close();
    if (root.hasAttribute("data-keeps")) {
      if (!option.dataset.code) return;
      keep(option.dataset.code);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (option.dataset.href) location.assign(option.dataset.href);
    else form.requestSubmit();
  }

  async function ask() {
    const words = input.value.trim();
    // An older answer must never replace a newer one.
    running?.abort();
    if (words.length < SHORTEST) {
      close();
      status.textContent = "";
      return;
    }
    const mine = (running = new AbortController());
    const address = new URL(root.dataset.suggestions, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const html = await answer.text();
      if (mine !== running) return;
      list.innerHTML = html;
      options().forEach((option, at) => {
        option.id ||= `${list.id}-${at}`;
        option.setAttribute("aria-selected", "false");
      });
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      const count = options().length;
      // A listbox holds options; the sentence that nothing was found is none.
      list.setAttribute("role", count ? "listbox" : "group");
      list.hidden = list.childElementCount === 0 || document.activeElement !== input;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = count === 0 ? status.dataset.none : count === 1 ? status.dataset.one : status.dataset.many.replace("%s", count);
    } catch (error) {
      // The form still works without suggestions.
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("focus", () => {
    if (options().length && input.value.trim().length >= SHORTEST) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count) return;
      event.preventDefault();
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      const step = event.key === "ArrowDown" ? 1 : -1;
      // From the field itself (-1) the list is entered at its top or its bottom; beyond its ends lies the field again.
      choose(open ? ((chosen + 1 + step + count + 1) % (count + 1)) - 1 : step === 1 ? 0 : count - 1);
    } else if (event.key === "Enter" && open && chosen >= 0) {
      event.preventDefault();
      follow(options()[chosen]);
    } else if (event.key === "Escape") {
      if (open) {
        event.preventDefault();
        close();
      }
    } else if (event.key === "Tab") {
      close();
    }
  });
  // The field keeps the focus while an option is pressed, else the list would close under the finger.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) follow(option);
  });
  input.addEventListener("blur", () => setTimeout(close, 100));
  form.addEventListener("submit", () => running?.abort());
}

document.querySelectorAll("[data-suggestions]").forEach(combobox);
