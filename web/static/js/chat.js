// The chat page: holds the open conversation and joins the other modules.
import { byId, slot } from "./dom.js";
import { plainText, withLimit } from "./words.js";
import { AskError, ask, get } from "./stream.js";
import { announce, quiet } from "./announce.js";
import { TurnView } from "./turns.js";
import * as composer from "./composer.js";
import * as conversations from "./conversations.js";
import * as filters from "./filters.js";
import * as preview from "./preview.js";
import * as rail from "./rail.js";
import * as reader from "./reader.js";
import { copy, save } from "./export.js";

const main = byId("main");
const turnsBox = byId("turns");
const articles = Number(main.dataset.articles);
const HISTORY = 20;
const HISTORY_CHARACTERS = 24_000; // the body may have 64 KiB
let conversation = conversations.fresh();
let views = [];
let running = null; // the AbortController of the answer that is arriving

function startPage() {
  rail.start({ onOpen: openConversation, onNew: newConversation, onRemoved: removed, onRenamed: renamed });
  rail.show("");
  if (!byId("composer")) return; // no index: the page says what to do
  filters.start(main.dataset.oldest, main.dataset.newest);
  composer.start({ onAsk: (question) => askNew(question), onStop: () => running?.abort() });
  preview.start();
  reader.start();
  turnsBox.addEventListener("click", clicked);
  byId("export").addEventListener("click", exportClicked);
  addEventListener("hashchange", openFromHash);
  document.addEventListener("click", closeMenu);
  if (turnsBox.children.length) return; // an answer that came without the script stays as it is
  openFromHash();
  if (!byId("permalink-note").hidden) byId("send").focus();
}

function askNew(question, extra = {}) {
  const turn = { question, filters: filters.read(), understand: true, alone: false, ...extra };
  conversation.turns.push(turn);
  conversation.title ||= question.slice(0, 120);
  const view = new TurnView(turn, articles);
  views.push(view);
  if (turnsBox.querySelector(".turn") && views.length === 1) turnsBox.replaceChildren();
  turnsBox.append(view.show());
  showHead();
  run(view);
}

/** Ask (again) for a view's record and show what comes. */
async function run(view) {
  running?.abort();
  const mine = new AbortController();
  const owner = conversation;
  running = mine;
  view.turn.state = "pending";
  view.show();
  composer.busy(true);
  quiet();
  reader.dismiss();
  scrollTo(view);
  try {
    const answer = await ask(body(view), { signal: mine.signal, onEvent: (event) => view.event(event) });
    view.finish(answer);
    banner("");
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    view.fail(error);
    if (error.code === "offline") watch();
  } finally {
    if (running === mine) {
      running = null;
      composer.busy(false);
    }
    keep(owner);
  }
}

function body({ turn }) {
  const before = conversation.turns.slice(0, conversation.turns.indexOf(turn));
  const history = [];
  let room = HISTORY_CHARACTERS;
  for (const earlier of before.reverse()) {
    if (!earlier.answer || turn.alone) continue;
    const entry = { question: earlier.question, answer: earlier.answer.answer };
    room -= entry.question.length + entry.answer.length;
    if (room < 0 || history.length === HISTORY) break;
    history.unshift(entry);
  }
  return { question: turn.question, history, filters: turn.filters, understand: turn.understand };
}

function keep(which) {
  if (!which.turns.length) return;
  showHead();
  if (!conversations.save(which)) banner("This browser has no room left: this conversation is kept only until the page is closed.");
  if (which === conversation) history.replaceState(null, "", `#c-${conversation.id}`);
  rail.show(conversation.id);
}

function clicked(event) {
  const element = event.target.closest(".turn");
  const view = views.find((v) => v.element === element);
  const suggested = event.target.closest(".ask-this");
  if (suggested && view && !running) return askNew(suggested.value);
  const chip = event.target.closest("[data-chip]");
  if (chip && view) return askWithout(view, chip);
  const action = event.target.closest("[data-act]");
  if (action && view) return actions[action.dataset.act](view, action);
  return undefined;
}

const actions = {
  async copy(view, button) {
    said(button, (await copy(plainText(view.turn.answer))) ? "Copied" : "Not allowed here");
  },
  retry(view) {
    run(view);
  },
  async edit(view) {
    const question = await view.edit();
    if (question === null) return slot(view.element, "actions").querySelector("[data-act=edit]").focus();
    const at = views.indexOf(view);
    for (const later of views.splice(at + 1)) later.element.remove();
    conversation.turns.splice(at + 1);
    Object.assign(view.turn, { question, understand: true, alone: false, answer: null });
    if (at === 0) conversation.title = question.slice(0, 120);
    showHead();
    return run(view);
  },
  async link(view, button) {
    const { question, filters: limits } = view.turn;
    const query = new URLSearchParams({ q: question });
    for (const name of limits.publishers ?? []) query.append("publisher", name);
    for (const name of ["since", "until", "as_of"]) if (limits[name]) query.set(name, limits[name]);
    said(button, (await copy(`${location.origin}/?${query}`)) ? "Link copied" : "Not allowed here");
  },
};

/** Ask again without what a chip stands for; the limits that stay become explicit. */
function askWithout(view, chip) {
  const { turn } = view;
  const limit = chip.dataset.limit ? JSON.parse(chip.dataset.limit) : null;
  if (chip.dataset.chip === "standalone") turn.alone = true;
  else if (chip.dataset.chip === "filter") turn.filters = withLimit(turn.filters, limit, false);
  else {
    for (const other of turn.answer?.limits ?? []) {
      const same = other.kind === limit.kind && other.value === limit.value;
      if (!same) turn.filters = withLimit(turn.filters, other);
    }
    turn.understand = false;
  }
  slot(view.element, "question").focus({ preventScroll: true });
  run(view);
}

async function exportClicked(event) {
  const button = event.target.closest("[data-format]");
  if (!button) return;
  byId("export").open = false;
  byId("export").querySelector("summary").focus();
  try {
    await save(conversation, button.dataset.format);
    announce("Saved.");
  } catch (error) {
    banner(`The export did not work: ${error.message}`);
  }
}

function openConversation(id) {
  const stored = conversations.load(id);
  if (!stored) return;
  running?.abort();
  reader.dismiss();
  conversation = stored;
  views = stored.turns.map((turn) => {
    if (turn.state === "pending") turn.state = "failed"; // the page was left while it was being answered
    return new TurnView({ filters: {}, ...turn }, articles);
  });
  views.forEach((view, i) => (conversation.turns[i] = view.turn));
  turnsBox.replaceChildren(...views.map((view) => view.show()));
  history.replaceState(null, "", `#c-${id}`);
  showHead();
  rail.show(id);
  scrollTo0();
}

function newConversation() {
  running?.abort();
  reader.dismiss();
  conversation = conversations.fresh();
  views = [];
  turnsBox.replaceChildren();
  history.replaceState(null, "", "/");
  showHead();
  rail.show("");
  scrollTo0();
  composer.focus();
}

function openFromHash() {
  const id = /^#c-([0-9a-f]+)$/u.exec(location.hash)?.[1];
  if (id && id !== conversation.id) openConversation(id);
}

function removed(ids) {
  if (ids.includes(conversation.id)) newConversation();
}

function renamed(id, title) {
  if (id !== conversation.id) return;
  conversation.title = title;
  showHead();
}

function showHead() {
  const any = views.length > 0;
  byId("welcome").hidden = any;
  byId("permalink-note").hidden = true;
  byId("conversation-head").hidden = !any;
  byId("conversation-title").textContent = conversation.title;
  byId("conversation-title").classList.toggle("visually-hidden", views.length === 1 && conversation.title === views[0].turn.question);
  byId("export").hidden = !conversation.turns.some((turn) => turn.answer);
  document.body.classList.toggle("talking", any);
  document.title = any ? `${conversation.title} · Parley` : "Parley";
}

function scrollTo(view) {
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches && views.length > 1;
  view.element.scrollIntoView({ block: "start", behavior: smooth ? "smooth" : "instant" });
}

function scrollTo0() {
  window.scrollTo({ top: 0, behavior: "instant" });
}

function said(button, words) {
  const label = button.querySelector("span");
  const before = button.dataset.words ?? (button.dataset.words = label.textContent);
  label.textContent = words;
  announce(words);
  setTimeout(() => (label.textContent = before), 2000);
}

function closeMenu(event) {
  if (!event.target.closest("#export")) byId("export").open = false;
}

function banner(words) {
  byId("offline").textContent = words;
  byId("offline").hidden = !words;
}

/** After a lost connection: say so, and look every few seconds whether the server is back. */
function watch() {
  banner("Parley cannot be reached. Waiting for it to come back…");
  const look = async () => {
    try {
      await get("/api/health");
      banner("");
    } catch (error) {
      if (error.code === "offline") setTimeout(look, 3000);
      else banner("");
    }
  };
  setTimeout(look, 3000);
}

startPage();
