// Conversations, kept in this browser only: one record each, so that a long history is never written whole.

const PREFIX = "parley.conversation.";
const memory = new Map(); // stands in where the browser keeps nothing

/** A new conversation. Nothing is kept until it is saved. */
export function fresh() {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
  return { id, title: "", updated: Date.now(), turns: [] };
}

/** All conversations, newest first; a damaged record is left out. */
export function all() {
  const found = [];
  for (const key of keys()) {
    const conversation = parse(read(key));
    if (conversation) found.push(conversation);
  }
  return found.sort((a, b) => b.updated - a.updated);
}

export function load(id) {
  return parse(read(PREFIX + id));
}

/** Keep it; false when the browser has no room (it then lives until the page is closed). */
export function save(conversation) {
  conversation.updated = Date.now();
  const text = JSON.stringify(conversation);
  memory.delete(PREFIX + conversation.id);
  try {
    localStorage.setItem(PREFIX + conversation.id, text);
    return true;
  } catch {
    memory.set(PREFIX + conversation.id, text);
    return false;
  }
}

export function remove(id) {
  memory.delete(PREFIX + id);
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // storage is switched off: there is nothing to remove
  }
}

export function removeAll() {
  for (const key of keys()) remove(key.slice(PREFIX.length));
}

/** Whether every word of `words` is in the title, a question or an answer. */
export function matches(conversation, words) {
  const texts = [conversation.title];
  for (const turn of conversation.turns) texts.push(turn.question, turn.answer?.answer ?? "");
  const text = texts.join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/u).every((word) => text.includes(word));
}

export function isOurs(storageKey) {
  return storageKey === null || storageKey.startsWith(PREFIX);
}

function keys() {
  try {
    const stored = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i));
    return [...new Set([...stored.filter((key) => key.startsWith(PREFIX)), ...memory.keys()])];
  } catch {
    return [...memory.keys()];
  }
}

function read(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function parse(text) {
  try {
    const record = JSON.parse(text ?? "null");
    return record && typeof record.id === "string" && Array.isArray(record.turns) ? record : null;
  } catch {
    return null;
  }
}
