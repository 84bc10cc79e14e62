// The question box: Enter asks, Shift+Enter breaks the line; while an answer arrives the button stops it.
import { byId } from "./dom.js";
import { count } from "./words.js";

const form = byId("composer");
const box = byId("question");
const LIMIT = 2000;

/** `onAsk(question)` and `onStop()`; asking is refused while busy. */
export function start({ onAsk, onStop }) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = (event.submitter?.name === "suggestion" ? event.submitter.value : box.value).trim();
    if (!question || form.dataset.busy !== undefined) return;
    if (event.submitter?.name !== "suggestion") clear();
    byId("filters").open = false;
    onAsk(question);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (form.dataset.busy === undefined) form.requestSubmit();
  });
  box.addEventListener("input", counted);
  byId("stop").addEventListener("click", onStop);
  counted();
}

export function busy(is) {
  if (is) form.dataset.busy = "";
  else delete form.dataset.busy;
  const stopHadFocus = document.activeElement === byId("stop");
  byId("send").hidden = is;
  byId("stop").hidden = !is;
  if (!is && stopHadFocus) box.focus();
}

export function focus() {
  box.focus();
}

function clear() {
  box.value = "";
  counted();
}

function counted() {
  const left = LIMIT - box.value.length;
  byId("count").textContent = left < 200 ? `${count(left, "character")} left` : "";
}
