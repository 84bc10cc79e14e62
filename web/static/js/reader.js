// The article beside the answer: beside it on a wide screen, over it on a narrow one.
import { byId, el } from "./dom.js";
import { utf16Positions } from "./codepoints.js";
import { byline, day, webAddress, withFragment } from "./words.js";
import { places } from "./answer.js";
import { get } from "./stream.js";
import { hide as hidePreview } from "./preview.js";

const dialog = byId("reader");
const scroller = byId("reader-scroll");
const textBox = byId("reader-text");
const narrow = matchMedia("(max-width: 63.99rem)");
const articles = new Map();
let citations = [];
let position = 0;
let origin = null;
let shown = ""; // which article, and for which answer

export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.cite, a.source-link");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !places.has(link) || !plain) return;
    event.preventDefault();
    hidePreview();
    open(link);
  });
  byId("reader-close").addEventListener("click", () => dialog.close());
  byId("reader-previous").addEventListener("click", () => step(-1));
  byId("reader-next").addEventListener("click", () => step(1));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !narrow.matches) dialog.close();
  });
  dialog.addEventListener("close", closed);
  narrow.addEventListener("change", () => {
    if (!dialog.open) return;
    const back = origin;
    dialog.removeEventListener("close", closed);
    dialog.close();
    dialog.addEventListener("close", closed);
    present();
    origin = back;
  });
}

/** Close without moving the focus, when the conversation changes. */
export function dismiss() {
  origin = null;
  if (dialog.open) dialog.close();
}

function open(link) {
  const place = places.get(link);
  origin = link;
  citations = place.citations;
  position = Math.max(0, citations.findIndex((c) => c.number === place.number));
  if (!dialog.open) present();
  show(true);
}

function present() {
  if (narrow.matches) dialog.showModal();
  else dialog.show();
  byId("desk").classList.add("with-reader");
}

function closed() {
  byId("desk").classList.remove("with-reader");
  for (const link of document.querySelectorAll("a[data-current]")) delete link.dataset.current;
  origin?.focus();
  origin = null;
}

function step(by) {
  position = Math.min(Math.max(position + by, 0), citations.length - 1);
  show(false);
}

async function show(moveFocus) {
  const citation = citations[position];
  const key = `${citation.article_id} ${citation.text_sha256}`;
  byId("reader-count").textContent = `${position + 1} of ${citations.length}`;
  byId("reader-previous").disabled = position === 0;
  byId("reader-next").disabled = position === citations.length - 1;
  byId("reader-title").textContent = citation.title;
  byId("reader-meta").textContent = byline(citation);
  showOriginal(citation);
  markCurrentLinks(citation);
  if (moveFocus) byId("reader-title").focus({ preventScroll: true });
  try {
    if (!articles.has(key)) {
      wait(key);
      articles.set(key, await load(citation));
    }
    if (citations[position] !== citation) return; // the reader went on meanwhile
    byId("reader-state").textContent = "";
    showArticle(articles.get(key), key);
    goTo(citation, moveFocus);
  } catch (error) {
    shown = "";
    textBox.replaceChildren(el("blockquote", {}, el("p", { dir: "auto" }, citation.quote)));
    byId("reader-state").textContent = `The article cannot be shown: ${error.message}`;
  }
}

function wait(key) {
  shown = key;
  textBox.replaceChildren();
  byId("reader-state").textContent = "Opening the article…";
}

function load(citation) {
  const version = encodeURIComponent(citation.text_sha256);
  return get(`/api/articles/${encodeURIComponent(citation.article_id)}?version=${version}`);
}

function showOriginal(citation) {
  const link = byId("reader-original");
  const address = webAddress(citation.url);
  link.hidden = !address;
  if (address) link.href = withFragment(address, citation.quote);
  else link.removeAttribute("href");
}

function markCurrentLinks(citation) {
  for (const link of document.querySelectorAll("a.cite")) {
    const place = places.get(link);
    const is = place?.citations === citations && place.number === citation.number;
    if (is) link.dataset.current = "";
    else delete link.dataset.current;
  }
}

/** The whole text in paragraphs, every cited sentence of this answer marked; its text content is the stored text. */
function showArticle(article, key) {
  const here = citations.filter((c) => `${c.article_id} ${c.text_sha256}` === key);
  const meta = [article.publisher, article.author, day(article.published)].filter(Boolean).join(" · ");
  byId("reader-meta").textContent = meta;
  textBox.lang = article.language ?? "";
  if (!article.language) textBox.removeAttribute("lang");
  shown = key;
  const cuts = [...new Set(here.flatMap((c) => [c.start, c.end]))].sort((a, b) => a - b);
  const units = utf16Positions(article.text, cuts);
  const unitOf = new Map(cuts.map((cut, i) => [cut, units[i]]));
  const spans = here.map((c) => ({ start: unitOf.get(c.start), end: unitOf.get(c.end), number: c.number }));
  const nodes = [];
  for (const [low, high, until] of bounds(article.text)) {
    const words = article.text.slice(low, high);
    const heading = until < article.text.length && isHeading(words);
    nodes.push(el("p", { dir: "auto", class: heading ? "text-heading" : null }, cut(article.text, low, high, units, spans)));
    nodes.push(article.text.slice(high, until));
  }
  textBox.replaceChildren(...nodes);
}

/** [start, end, end with the gap after] of each paragraph. */
function* bounds(text) {
  let low = 0;
  for (const gap of text.matchAll(/\n\s*\n/gu)) {
    yield [low, gap.index, gap.index + gap[0].length];
    low = gap.index + gap[0].length;
  }
  if (low < text.length) yield [low, text.length, text.length];
}

function cut(text, low, high, units, spans) {
  const edges = [low, ...units.filter((u) => u > low && u < high), high];
  return edges.slice(0, -1).map((start, i) => {
    const words = text.slice(start, edges[i + 1]);
    const numbers = spans.filter((s) => s.start <= start && s.end >= edges[i + 1]).map((s) => s.number);
    return numbers.length ? el("mark", { "data-numbers": ` ${numbers.join(" ")} ` }, words) : words;
  });
}

function isHeading(words) {
  const line = words.trim();
  return line.length > 0 && line.length <= 90 && !line.includes("\n") && /[\p{L}\p{N}]$/u.test(line);
}

function goTo(citation, moveFocus) {
  const marks = [...textBox.querySelectorAll("mark")];
  const current = marks.filter((m) => m.dataset.numbers.includes(` ${citation.number} `));
  for (const mark of marks) mark.classList.toggle("current", current.includes(mark));
  const target = current[0];
  if (!target) return;
  const from = scroller.getBoundingClientRect();
  const to = target.getBoundingClientRect();
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches && !moveFocus;
  const top = scroller.scrollTop + to.top - from.top - Math.min(from.height / 3, 220);
  scroller.scrollTo({ top, behavior: smooth ? "smooth" : "instant" });
  if (moveFocus) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
}
