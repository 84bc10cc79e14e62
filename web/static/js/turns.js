// One question on the page, from waiting to its answer, refusal or failure.
import { clone, el, slot } from "./dom.js";
import { count } from "./words.js";
import { announce } from "./announce.js";
import { appendSentence, parsePiece, showAnswer, showUnderstood } from "./answer.js";

/** The view of one turn. `turn` is its record: { question, filters, understand, alone, state, answer, failure }. */
export class TurnView {
  constructor(turn, articles) {
    this.turn = turn;
    this.articles = articles;
    this.element = clone("turn-template");
    this.citations = [];
  }

  /** Show the record as it stands. */
  show() {
    const { turn, element } = this;
    slot(element, "question").textContent = turn.question;
    if (turn.state === "done") this.#done();
    else if (turn.state === "failed") this.#failed();
    else this.#wait();
    return element;
  }

  /** An event of the stream. */
  event(event) {
    if (event.type === "sources") {
      this.citations = event.citations ?? [];
      this.refused = event.answered === false;
      showUnderstood(this.element, { question: this.turn.question, ...event }, this.turn.filters, this.turn.alone);
      // Chips take the place of what stood in for the answer: pushing it down would be a jump.
      if (!slot(this.element, "understood").hidden) slot(this.element, "waiting").hidden = true;
    } else if (event.type === "text") this.#piece(event.text);
  }

  finish(answer) {
    Object.assign(this.turn, { state: "done", answer, failure: null });
    this.#done();
    const cited = answer.answered ? answer.citations : answer.nearest;
    const words = answer.answered ? "Answer complete" : "No answer";
    announce(`${words}, ${count(cited.length, answer.answered ? "source" : "near sentence")}.`);
  }

  fail(error) {
    const wait = error.retryAfter ? ` Try again in ${count(error.retryAfter, "second")}.` : "";
    const message = `${error.message}${wait}`;
    Object.assign(this.turn, { state: "failed", answer: null, failure: { code: error.code, message } });
    this.#failed();
    announce(message);
  }

  #wait() {
    const { element } = this;
    element.dataset.state = "pending";
    element.setAttribute("aria-busy", "true");
    const hidden = ["answer", "refusal", "notes", "differ", "missing", "sources", "timeline", "failure", "actions", "next", "understood"];
    for (const name of hidden) slot(element, name).hidden = true;
    slot(element, "answer").replaceChildren();
    slot(element, "refusal-text").replaceChildren();
    slot(element, "waiting-words").textContent = this.articles ? `Reading ${count(this.articles, "article")}…` : "Reading…";
    slot(element, "waiting").hidden = false;
  }

  /** A piece is a sentence with its markers; a piece without them is Parley's own words, or a refusal's. */
  #piece(text) {
    const { text: words, numbers } = parsePiece(text, this.citations);
    slot(this.element, "waiting").hidden = true;
    announce(words.trim());
    if (this.refused) {
      this.element.dataset.state = "refused";
      slot(this.element, "refusal-text").append(text);
      slot(this.element, "refusal").hidden = false;
      return;
    }
    const paragraph = slot(this.element, "answer");
    paragraph.hidden = false;
    appendSentence(paragraph, numbers.length ? words : words.trim(), numbers, this.citations);
  }

  #done() {
    const { element, turn } = this;
    element.removeAttribute("aria-busy");
    slot(element, "waiting").hidden = true;
    slot(element, "failure").hidden = true;
    showAnswer(element, turn.answer, turn.filters, turn.alone);
    this.#actions(true);
  }

  #failed() {
    const { element, turn } = this;
    element.dataset.state = "failed";
    element.removeAttribute("aria-busy");
    slot(element, "waiting").hidden = true;
    slot(element, "failure-text").textContent = turn.failure?.message ?? "Stopped before the answer was complete.";
    slot(element, "failure").hidden = false;
    this.#actions(false);
  }

  #actions(copyable) {
    slot(this.element, "actions").hidden = false;
    slot(this.element, "actions").querySelector("[data-act=copy]").hidden = !copyable;
  }

  /** Let a person change the question in place; resolves to the new one, or null. */
  edit() {
    const heading = slot(this.element, "question");
    const form = slot(this.element, "edit");
    const box = el("textarea", { "aria-label": "Your question", maxlength: 2000, rows: 2, dir: "auto" });
    box.value = this.turn.question;
    const cancel = el("button", { type: "button", class: "quiet bordered" }, "Cancel");
    form.replaceChildren(box, el("div", { class: "edit-buttons" }, cancel, el("button", { class: "fill" }, "Ask")));
    form.hidden = false;
    heading.classList.add("visually-hidden");
    box.focus();
    return new Promise((resolve) => {
      const close = (value) => {
        form.hidden = true;
        form.replaceChildren();
        heading.classList.remove("visually-hidden");
        resolve(value);
      };
      form.onsubmit = (event) => {
        event.preventDefault();
        if (box.value.trim()) close(box.value.trim());
      };
      cancel.onclick = () => close(null);
      form.onkeydown = (event) => {
        if (event.key === "Escape") close(null);
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== box) return;
        event.preventDefault();
        form.requestSubmit();
      };
    });
  }
}
