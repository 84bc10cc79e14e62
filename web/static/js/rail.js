// The list of conversations: beside the chat on a wide screen, in a drawer on a narrow one.
import { byId, el, icon } from "./dom.js";
import * as conversations from "./conversations.js";

const list = byId("conversations");
const inside = byId("rail-inside");
const drawer = byId("drawer");
const search = byId("find-conversation");
const wide = matchMedia("(min-width: 75rem)");
let current = "";
let act = {};

/** `onOpen(id)`, `onNew()`, `onRemoved(ids)`, `onRenamed(id, title)`. */
export function start(actions) {
  act = actions;
  byId("new-conversation").addEventListener("click", () => {
    drawer.close();
    act.onNew();
  });
  byId("open-rail").addEventListener("click", () => {
    drawer.append(inside);
    drawer.showModal();
  });
  byId("close-rail").addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });
  drawer.addEventListener("close", home);
  wide.addEventListener("change", () => drawer.close());
  search.addEventListener("input", () => show(current));
  byId("clear-all").addEventListener("click", clearAll);
  addEventListener("storage", (event) => {
    if (conversations.isOurs(event.key)) show(current);
  });
}

/** Draw the list; `id` is the conversation that is open. */
export function show(id) {
  current = id;
  const kept = conversations.all();
  const words = search.value.trim();
  const found = words ? kept.filter((c) => conversations.matches(c, words)) : kept;
  list.replaceChildren(...found.map(item));
  byId("rail-empty").textContent = !kept.length
    ? "Conversations are kept in this browser only."
    : found.length ? "" : "No conversation matches.";
  byId("clear-all").hidden = !kept.length;
}

/** Ask a person to confirm; resolves to true for yes. */
export function confirm(words, yes) {
  const dialog = byId("confirm");
  byId("confirm-words").textContent = words;
  byId("confirm-yes").textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function home() {
  byId("rail").append(inside);
}

function item(conversation) {
  const title = conversation.title || "Untitled";
  const link = el(
    "a",
    { href: `#c-${conversation.id}`, dir: "auto", "aria-current": conversation.id === current ? "true" : null },
    title,
  );
  link.addEventListener("click", (event) => {
    event.preventDefault();
    drawer.close();
    act.onOpen(conversation.id);
  });
  const rename = tool("edit", `Rename “${title}”`, () => startRenaming(row, conversation));
  const remove = tool("bin", `Delete “${title}”`, async () => {
    if (!(await confirm(`Delete “${title}”?`, "Delete"))) return;
    conversations.remove(conversation.id);
    act.onRemoved([conversation.id]);
    show(current);
    search.focus();
  });
  const row = el("li", {}, link, rename, remove);
  return row;
}

function tool(name, label, action) {
  const button = el("button", { type: "button", class: "tool small", "aria-label": label, title: label }, icon(name));
  button.addEventListener("click", action);
  return button;
}

function startRenaming(row, conversation) {
  const field = el("input", { class: "field", "aria-label": "Name of the conversation", maxlength: 200 });
  field.value = conversation.title;
  const form = el("form", { class: "rename" }, field, el("button", { class: "tool small", "aria-label": "Keep this name" }, icon("check")));
  let done = false;
  const finish = (keep) => {
    if (done) return;
    done = true;
    const title = field.value.trim();
    if (keep && title) {
      const stored = conversations.load(conversation.id) ?? conversation;
      stored.title = title;
      conversations.save(stored);
      act.onRenamed(conversation.id, title);
    }
    show(current);
    list.querySelector(`a[href="#c-${conversation.id}"]`)?.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish(true);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    finish(false);
  });
  row.replaceChildren(form);
  field.focus();
  field.select();
}

async function clearAll() {
  if (!(await confirm("Delete all conversations in this browser?", "Delete all"))) return;
  const ids = conversations.all().map((c) => c.id);
  conversations.removeAll();
  search.value = "";
  act.onRemoved(ids);
  show(current);
}
