/* Walk over a map. Without this file a map is a picture with links, and its table holds the same.
 *
 * One stop for Tab; arrow keys go to the nearest place in that direction, Home and End to the first and the last, a letter
 * to the next place that begins with it: so every place can be reached. What is pointed at is named in the card. On /karte/
 * a click marks a place, and the address says so: it can be shared.
 */

const STEPS = {
  ArrowLeft: (dx, dy) => [-dx, dy],
  ArrowRight: (dx, dy) => [dx, dy],
  ArrowUp: (dx, dy) => [-dy, dx],
  ArrowDown: (dx, dy) => [dy, dx],
};
const PAGES = { kreis: "/kreise/", ort: "/kommunen/" };

// A page may hold several maps, each with a card of its own; at rest a card says what it said before, or what is marked.
const resting = new Map();

function cardOf(svg) {
  const card = svg.closest("[data-map-figure]")?.querySelector("[data-map-card]") ?? null;
  if (card && !resting.has(card)) resting.set(card, [...card.childNodes]);
  return card;
}

function line(name, text, href) {
  const paragraph = document.createElement("p");
  paragraph.className = name;
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    paragraph.append(link);
  } else {
    paragraph.textContent = text;
  }
  return paragraph;
}

function describe(link, card, page) {
  const [name, ...rest] = link.getAttribute("aria-label").split(": ");
  const lines = [line("map-card__name", name)];
  if (rest.length) lines.push(line("map-card__note", rest.join(": ")));
  if (page) lines.push(line("", card.dataset.more.replace("{name}", name), page));
  return lines;
}

/* The place that a link of this page marks: its key, and the address of its own page. */
function marks(link) {
  const address = new URL(link.href.baseVal, location.href);
  if (address.pathname !== location.pathname) return null;
  for (const [name, start] of Object.entries(PAGES)) {
    const key = address.searchParams.get(name);
    if (key) return { address, page: `${start}${key}/` };
  }
  return null;
}

/* Name a place in the card; the marked one, or none, is what the card says at rest. */
function show(card, link) {
  if (!card) return;
  const lines = link && !link.hasAttribute("aria-current") ? describe(link, card) : resting.get(card);
  if (card.firstChild !== lines[0]) card.replaceChildren(...lines);
}

function walk(svg) {
  const card = cardOf(svg);
  const links = [...svg.querySelectorAll("a")];
  if (!links.length) return;
  for (const link of links) {
    // The browser's own tooltip would cover the map that the card already explains.
    const title = link.querySelector("title");
    link.setAttribute("aria-label", title.textContent);
    title.remove();
    link.setAttribute("tabindex", "-1");
  }
  const centres = new Map();
  const centre = (link) => {
    if (!centres.has(link)) {
      const box = link.getBBox();
      centres.set(link, [box.x + box.width / 2, box.y + box.height / 2]);
    }
    return centres.get(link);
  };
  let stop = links.find((link) => link.hasAttribute("aria-current")) ?? svg.querySelector(".map-points a") ?? links[0];
  stop.setAttribute("tabindex", "0");

  const go = (link) => {
    stop.setAttribute("tabindex", "-1");
    stop = link;
    stop.setAttribute("tabindex", "0");
  };

  svg.addEventListener("focusin", (event) => {
    const link = event.target.closest("a");
    go(link);
    show(card, link);
  });
  // On the way to a link in the card nothing may be replaced: the click would be lost with the link.
  svg.addEventListener("focusout", (event) => {
    if (!card?.contains(event.relatedTarget)) show(card, null);
  });
  svg.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") show(card, event.target.closest("a"));
  });
  svg.addEventListener("pointerleave", () => show(card, svg.contains(document.activeElement) ? stop : null));

  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    let next = null;
    if (event.key === "Home") next = links[0];
    if (event.key === "End") next = links.at(-1);
    if (event.key.length === 1 && event.key !== " ") {
      const [here, letter] = [links.indexOf(stop), event.key.toLocaleLowerCase("de")];
      const others = [...links.slice(here + 1), ...links.slice(0, here)];
      next = others.find((link) => link.getAttribute("aria-label").toLocaleLowerCase("de").startsWith(letter));
    }
    const turn = STEPS[event.key];
    if (turn) {
      const [x, y] = centre(stop);
      let nearest = Infinity;
      for (const link of links) {
        const [ahead, aside] = turn(centre(link)[0] - x, centre(link)[1] - y);
        const effort = ahead + 2 * Math.abs(aside);
        if (link !== stop && ahead > 0 && effort < nearest) [nearest, next] = [effort, link];
      }
    }
    if (!next && !turn) return;
    event.preventDefault();
    next?.focus();
  });

  svg.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const place = link && marks(link);
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    mark(svg, card, link, place, centre(link));
  });
}

function mark(svg, card, link, place, [x, y]) {
  for (const other of svg.querySelectorAll("a[aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  const outline = svg.querySelector(".map-marked");
  const ring = svg.querySelector(".map-ring");
  const area = link.closest(".map-kreise")?.querySelector("a[aria-current] path");
  outline.setAttribute("d", area ? area.getAttribute("d") : "");
  ring.setAttribute("cx", x);
  ring.setAttribute("cy", y);
  if (area) ring.setAttribute("display", "none");
  else ring.removeAttribute("display");
  resting.set(card, describe(link, card, place.page));
  card.replaceChildren(...resting.get(card));
  history.replaceState(null, "", place.address);
}

function zoom(buttons) {
  const frame = buttons.parentElement.querySelector(".map-scroll");
  let near = 1;
  const step = (change) => {
    const middle = [
      (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth,
      (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight,
    ];
    near = Math.min(3, Math.max(1, near + change));
    frame.classList.toggle("map-scroll--near", near > 1);
    frame.classList.toggle("map-scroll--2", near === 2);
    frame.classList.toggle("map-scroll--3", near === 3);
    frame.scrollLeft = middle[0] * frame.scrollWidth - frame.clientWidth / 2;
    frame.scrollTop = middle[1] * frame.scrollHeight - frame.clientHeight / 2;
    for (const button of buttons.querySelectorAll("button")) {
      button.disabled = near + Number(button.value) < 1 || near + Number(button.value) > 3;
    }
  };
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) step(Number(button.value));
  });
  step(0);
}

document.querySelectorAll("svg[data-map]").forEach(walk);
document.querySelectorAll("[data-map-zoom]").forEach(zoom);
