// Fills the markup of one turn with an answer. The markup itself is in templates/_turn.html.
import { clone, el, icon, slot } from "./dom.js";
import { byline, day, limitWords, filterLimits, placeOf } from "./words.js";
import { timeline } from "./timeline.js";

/** Which citation a link stands for: link -> { citations, number }. Preview and reader look here. */
export const places = new WeakMap();

const MARKERS = /\s*((?:\[\d+\])+)\s*$/u;

/** A numbered link to a citation's place. */
export function citationLink(citation, citations) {
  const label = `Source ${citation.number}: ${citation.publisher ?? "unnamed outlet"}, ${day(citation.published)}`;
  const link = el(
    "a",
    { class: "cite", href: placeOf(citation), "data-number": citation.number, "aria-label": label },
    String(citation.number),
  );
  places.set(link, { citations, number: citation.number });
  return link;
}

/** One streamed piece: a sentence and the numbers of its citations, where it ends with markers. */
export function parsePiece(text, citations) {
  const found = MARKERS.exec(text);
  const numbers = found ? [...found[1].matchAll(/\d+/gu)].map(Number) : [];
  if (!numbers.length || numbers.some((n) => !citations.some((c) => c.number === n))) return { text, numbers: [] };
  return { text: text.slice(0, found.index), numbers };
}

/** Add a sentence with its citation links to the answer's paragraph. */
export function appendSentence(paragraph, text, numbers, citations) {
  // The space goes before: at the end it would jump to the next line when more arrives.
  if (paragraph.hasChildNodes()) paragraph.append(" ");
  paragraph.append(el("span", { class: numbers.length ? "sentence" : "opening" }, text));
  for (const n of numbers) {
    const citation = citations.find((c) => c.number === n);
    if (citation) paragraph.append(el("span", { class: "cite-gap" }, "\u202f"), citationLink(citation, citations));
  }
}

/** What an answer says before its first source sentence, in Parley's own words; mostly nothing. */
export function opening(answer) {
  const first = answer.sentences[0]?.text;
  return first ? answer.answer.slice(0, Math.max(0, answer.answer.indexOf(first))).trim() : "";
}

/** Show the whole answer or refusal. `filters` are the explicit ones it was asked with. */
export function showAnswer(turn, answer, filters, alone) {
  turn.dataset.state = answer.answered ? "answered" : "refused";
  showUnderstood(turn, answer, filters, alone);
  if (answer.answered) showSentences(turn, answer);
  else {
    slot(turn, "refusal-text").textContent = answer.answer;
    slot(turn, "refusal").hidden = false;
    slot(turn, "answer").hidden = true;
  }
  showAsides(turn, answer);
  showSides(turn, answer);
  showSources(turn, answer);
  const picture = timeline(answer.citations, (c) => citationLink(c, answer.citations));
  slot(turn, "timeline").hidden = !picture;
  slot(turn, "timeline-picture").replaceChildren(...(picture ? [picture] : []));
  showNext(turn, answer);
}

/** The stand-alone question and the limits, each as a chip that can be taken away. */
export function showUnderstood(turn, answer, filters, alone) {
  const chips = [];
  if (answer.standalone_question && answer.standalone_question !== answer.question) {
    const words = ["Asked as ", el("q", { dir: "auto" }, answer.standalone_question)];
    chips.push(chip(words, "standalone", null, "Ask the words alone"));
  } else if (alone) chips.push(el("span", { class: "chip plain" }, "Asked without the conversation"));
  for (const limit of answer.limits ?? []) {
    chips.push(chip([limitWords(limit)], "understood", limit, `Ask without “${limitWords(limit)}”`));
  }
  for (const limit of filterLimits(filters)) {
    chips.push(chip([limitWords(limit)], "filter", limit, `Ask without “${limitWords(limit)}”`));
  }
  const box = slot(turn, "understood");
  box.replaceChildren(...chips);
  box.hidden = !chips.length;
}

function chip(words, kind, limit, label) {
  const button = el("button", { type: "button", "data-chip": kind, "aria-label": label, title: label }, icon("close"));
  if (limit) button.dataset.limit = JSON.stringify(limit);
  const shown = el("span", { class: "chip-words", dir: "auto" }, ...words);
  const title = limit?.words ? `From the words “${limit.words}”` : null;
  return el("span", { class: `chip ${kind}`, title }, shown, button);
}

function showSentences(turn, answer) {
  const paragraph = slot(turn, "answer");
  const fresh = el("p");
  const own = opening(answer);
  if (own) appendSentence(fresh, own, [], []);
  for (const s of answer.sentences) appendSentence(fresh, s.text, s.citations, answer.citations);
  if (fresh.textContent !== paragraph.textContent) paragraph.replaceChildren(...fresh.childNodes);
  else relink(paragraph, answer.citations);
  paragraph.hidden = false;
}

/** What was streamed stands; its links now point at the final citations. */
function relink(paragraph, citations) {
  for (const link of paragraph.querySelectorAll(".cite")) {
    places.set(link, { citations, number: Number(link.dataset.number) });
  }
}

function showAsides(turn, answer) {
  const said = opening(answer);
  const notes = (answer.notes ?? []).filter(
    (note) => !said.includes(note) && !(answer.groups?.length && note === "Reports differ."),
  );
  const list = slot(turn, "notes");
  list.replaceChildren(...notes.map((note) => el("li", {}, note)));
  list.hidden = !notes.length;
  const missing = slot(turn, "missing");
  missing.textContent = answer.missing?.length ? `Not found in these articles: ${answer.missing.join("; ")}` : "";
  missing.hidden = !answer.missing?.length;
}

function showSides(turn, answer) {
  const sides = (answer.groups ?? []).map((numbers, i) => {
    const quotes = numbers.map((n) => {
      const c = answer.citations.find((each) => each.number === n);
      const quote = el("p", { dir: "auto" }, `${c.quote} `, citationLink(c, answer.citations));
      return el("blockquote", {}, quote, el("footer", {}, byline(c)));
    });
    return el("div", { class: "side" }, el("p", { class: "side-name" }, `Report ${"ABCDEFGH"[i] ?? i + 1}`), quotes);
  });
  slot(turn, "sides").replaceChildren(...sides);
  slot(turn, "differ").hidden = !sides.length;
}

function showSources(turn, answer) {
  const cited = answer.citations.length ? answer.citations : answer.nearest;
  const items = sourceGroups(answer).map((group) => {
    const item = clone("source-template");
    const title = slot(item, "title");
    title.href = placeOf(group[0]);
    title.textContent = group[0].title;
    places.set(title, { citations: cited, number: group[0].number });
    slot(item, "numbers").append(...group.map((c) => citationLink(c, cited)));
    slot(item, "meta").textContent = byline(group[0]);
    slot(item, "quote").textContent = group[0].quote;
    slot(item, "quote").hidden = answer.answered;
    return item;
  });
  slot(turn, "source-list").replaceChildren(...items);
  slot(turn, "sources-title").textContent = answer.answered ? "Sources" : "Nearest in the collection";
  const newest = answer.newest_evidence;
  slot(turn, "fresh").textContent = newest ? `Newest evidence ${day(newest)}` : "";
  slot(turn, "sources").hidden = !items.length;
}

/** Citations by article, in order; the near sentences of a refusal stand alone. */
function sourceGroups(answer) {
  if (!answer.citations.length) return answer.nearest.map((c) => [c]);
  const groups = new Map();
  for (const c of answer.citations) {
    const key = `${c.article_id} ${c.text_sha256}`;
    groups.set(key, [...(groups.get(key) ?? []), c]);
  }
  return [...groups.values()];
}

function showNext(turn, answer) {
  const buttons = (answer.suggestions ?? []).map((question) =>
    el("button", { type: "button", class: "ask-this", value: question, dir: "auto" }, question),
  );
  slot(turn, "next-list").replaceChildren(...buttons);
  slot(turn, "next").hidden = !buttons.length;
}
