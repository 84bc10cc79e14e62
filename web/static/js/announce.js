// What a screen reader is told: whole sentences, one after the other, never pieces.
import { byId, el } from "./dom.js";

const spoken = byId("announcer");

/** Forget what was said, before a new question. */
export function quiet() {
  spoken.replaceChildren();
}

export function announce(words) {
  spoken.append(el("p", {}, words));
}
