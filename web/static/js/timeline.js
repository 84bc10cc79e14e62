// The dated reports of an answer along a line of time: a picture of shapes, numbers and words, no colour needed.
import { el, svg } from "./dom.js";
import { day } from "./words.js";

const NEAR = 9; // per cent of the width within which marks are put above each other
const STEP = 26; // pixels from one mark to the next above it

/** The figure, or null with fewer than two different dates. `link` makes a citation's link. */
export function timeline(citations, link) {
  const dated = citations
    .filter((c) => c.published)
    .map((citation) => ({ citation, at: time(citation.published) }))
    .sort((a, b) => a.at - b.at || a.citation.number - b.citation.number);
  const [first, last] = [dated[0]?.at, dated.at(-1)?.at];
  if (!dated.length || first === last) return null;
  place(dated, first, last);
  const height = 56 + STEP * Math.max(...dated.map((d) => d.level));
  const base = height - 28;
  const words = dated.map((d) => `${d.citation.number}: ${day(d.citation.published)}`).join("; ");
  const picture = svg(
    "svg",
    { class: "timeline-svg", width: "100%", height, role: "img", "aria-label": `Reports by date. ${words}` },
    svg("line", { x1: "3%", x2: "97%", y1: base, y2: base, class: "axis" }),
    dated.map((d) => svg("line", { x1: `${d.x}%`, x2: `${d.x}%`, y1: base + 5, y2: base - 5, class: "axis" })),
    dated.map((d) => mark(d, base)),
    svg("text", { x: "3%", y: height - 6, class: "axis-words" }, day(dated[0].citation.published)),
    svg("text", { x: "97%", y: height - 6, class: "axis-words", "text-anchor": "end" }, day(dated.at(-1).citation.published)),
  );
  const rows = dated.map(({ citation }) =>
    el("li", {}, el("time", { datetime: citation.published }, day(citation.published)), " ", link(citation), " ",
      el("span", { class: "who", dir: "auto" }, citation.title)),
  );
  return el("figure", {}, picture, el("ol", { class: "timeline-list" }, rows));
}

function mark({ citation, x, level }, base) {
  const y = base - 12 - STEP * level;
  return svg(
    "g",
    {},
    svg("circle", { cx: `${x}%`, cy: y - 4, r: 11, class: "mark" }),
    svg("text", { x: `${x}%`, y, class: "mark-number", "text-anchor": "middle" }, String(citation.number)),
  );
}

function place(dated, first, last) {
  const taken = []; // for each level, how far to the right it is used
  for (const d of dated) {
    d.x = Math.round((3 + (94 * (d.at - first)) / (last - first)) * 10) / 10;
    let level = taken.findIndex((until) => d.x - until >= NEAR);
    if (level < 0) level = taken.length;
    taken[level] = d.x;
    d.level = level;
  }
}

function time(iso) {
  const [year, month = "07", date = "15"] = iso.slice(0, 10).split("-");
  return Date.UTC(Number(year), Number(month) - 1, Number(date));
}
