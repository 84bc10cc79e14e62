// Taking an answer or a conversation away: to the clipboard, or as a file that `parley verify` can check.
import { el } from "./dom.js";
import { post } from "./stream.js";

/** Put text on the clipboard; false when the browser does not allow it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // pages that are not on localhost or https have no clipboard
  }
}

/** Have the server write the answers in `format` and hand the file to the person. Errors: AskError. */
export async function save(conversation, format) {
  const answers = conversation.turns.map((turn) => turn.answer).filter(Boolean);
  const response = await post("/api/export", { format, answers });
  const named = /filename="?([^";]+)"?/u.exec(response.headers.get("Content-Disposition") ?? "");
  const address = URL.createObjectURL(await response.blob());
  const link = el("a", { href: address, download: named?.[1] ?? `parley.${format}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function copyBySelection(text) {
  const box = el("textarea", { class: "visually-hidden", readonly: true });
  box.value = text;
  const before = document.activeElement;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus();
  return done;
}
