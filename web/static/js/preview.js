// The quote behind a number, shown while the pointer is over it or it has the focus. Escape hides it.
import { byId, el } from "./dom.js";
import { byline } from "./words.js";
import { places } from "./answer.js";

const box = byId("preview");
const DELAY = 120;
let shownFor = null;
let timer = 0;

export function start() {
  document.addEventListener("pointerover", (event) => {
    const link = event.target.closest?.("a.cite");
    if (link && event.pointerType !== "touch") later(() => show(link));
    else if (!event.target.closest?.("#preview")) later(hide);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest?.("a.cite");
    if (link && link.matches(":focus-visible")) show(link);
    else hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shownFor) {
      hide();
      event.stopPropagation();
    }
  }, true);
  addEventListener("resize", hide);
}

export function hide() {
  clearTimeout(timer);
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  box.hidden = true;
}

function later(action) {
  clearTimeout(timer);
  timer = setTimeout(action, DELAY);
}

function show(link) {
  const place = places.get(link);
  const citation = place?.citations.find((c) => c.number === place.number);
  if (!citation || shownFor === link) return;
  hide();
  box.replaceChildren(
    el("q", { dir: "auto" }, citation.quote),
    el("span", { class: "preview-meta", dir: "auto" }, byline(citation)),
    el("span", { class: "preview-title", dir: "auto" }, citation.title),
  );
  box.hidden = false;
  shownFor = link;
  link.setAttribute("aria-describedby", box.id);
  put(link);
}

/** Above the link where there is room, else below; never beyond the window's edges. */
function put(link) {
  const at = link.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const room = document.documentElement.clientWidth - size.width - 12;
  const left = Math.max(12, Math.min(at.left + at.width / 2 - size.width / 2, room));
  const above = at.top - size.height - 6;
  const top = above > 64 ? above : at.bottom + 6;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${top + scrollY}px`;
}
