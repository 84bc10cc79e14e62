// The limits that a person sets: publishers, dates, and what was known on a day.
import { byId, el, icon } from "./dom.js";
import { filterLimits, limitWords, withLimit } from "./words.js";

const form = byId("composer");
const chips = byId("active-filters");
const slider = byId("as-of-slider");
let months = []; // ISO "2022-03", oldest first

export function start(oldest, newest) {
  if (!form) return;
  months = monthsBetween(oldest, newest);
  slider.closest("label").hidden = months.length < 2;
  slider.max = String(Math.max(months.length - 1, 0));
  slider.addEventListener("input", slid);
  byId("filters").addEventListener("input", show);
  byId("clear-filters").addEventListener("click", () => write({}));
  byId("find-publisher")?.addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase();
    for (const label of form.querySelectorAll(".publisher-list label")) {
      label.hidden = !label.textContent.toLowerCase().includes(words);
    }
  });
  chips.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    write(withLimit(read(), JSON.parse(button.dataset.limit), false));
    byId("question").focus();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#filters")) byId("filters").open = false;
  });
  byId("filters").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    byId("filters").open = false;
    byId("filters").querySelector("summary").focus();
  });
  show();
}

/** The limits as the API takes them. */
export function read() {
  const filters = {};
  const publishers = [...form.querySelectorAll("[name=publisher]:checked")].map((box) => box.value);
  if (publishers.length) filters.publishers = publishers;
  for (const name of ["since", "until", "as_of"]) {
    if (form.elements[name].value) filters[name] = form.elements[name].value;
  }
  return filters;
}

export function write(filters) {
  for (const box of form.querySelectorAll("[name=publisher]")) {
    box.checked = (filters.publishers ?? []).includes(box.value);
  }
  for (const name of ["since", "until", "as_of"]) form.elements[name].value = filters[name] ?? "";
  show();
}

function show() {
  const limits = filterLimits(read());
  chips.replaceChildren(
    ...limits.map((limit) => {
      const label = `Remove the limit “${limitWords(limit)}”`;
      const button = el("button", { type: "button", "aria-label": label, title: label }, icon("close"));
      button.dataset.limit = JSON.stringify(limit);
      return el("li", { class: "chip filter" }, el("span", { class: "chip-words", dir: "auto" }, limitWords(limit)), button);
    }),
  );
  chips.hidden = !limits.length;
  const asOf = form.elements.as_of.value;
  slider.value = String(asOf ? Math.max(months.indexOf(asOf.slice(0, 7)), 0) : months.length - 1);
  slider.setAttribute("aria-valuetext", asOf ? limitWords({ kind: "as_of", value: asOf }) : "Now: nothing hidden");
}

/** The last day of the slider's month; at its right end nothing is hidden. */
function slid() {
  const month = months[Number(slider.value)];
  const last = Number(slider.value) === months.length - 1;
  const [year, number] = month.split("-").map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  form.elements.as_of.value = last ? "" : `${month}-${String(days).padStart(2, "0")}`;
  show();
}

function monthsBetween(oldest, newest) {
  if (!oldest || !newest) return [];
  const number = (iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
  const [low, high] = [number(oldest), number(newest)];
  return Array.from({ length: high - low + 1 }, (_, i) => {
    const month = low + i;
    return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}
