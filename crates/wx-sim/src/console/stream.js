// The stream of pushes and calls, newest first.

import { sentence, shownText } from "./chat.js";
import { byId, fold, make } from "./dom.js";
import { clockTime, verdictWord, word } from "./words.js";

const MOST = 200;

/** Cards in the order in which they began: a push, a call, a check or a decision. */
const cards = [];
let counted = 0;
let changes = 0;
let drawn = "";

/** What went well and what did not. */
export const tally = { taken: 0, failed: 0, granted: 0, refused: 0 };

/** Adds what the transcript tells. */
export function addEntries(entries) {
  for (const entry of entries) {
    if (entry.delivery) addAttempt(entry);
    else addCard({ time: entry.time, entry });
    if (entry.call) entry.call.errcode === 0 && !entry.call.fault ? tally.granted++ : tally.refused++;
  }
}

/** An attempt belongs to the card of its push that is not finished yet. */
function addAttempt({ time, delivery }) {
  let card = cards.find((one) => one.push === delivery.push && !one.delivery);
  if (!card) card = addCard({ time, push: delivery.push, attempts: [], about: delivery });
  card.attempts.push(delivery);
  changes++;
}

/** Adds how pushes ended: their XML and what was answered. */
export function addDeliveries(deliveries) {
  for (const delivery of deliveries) {
    const number = delivery.push.number;
    let card = cards.find((one) => one.push === number && !one.delivery);
    if (!card) card = addCard({ time: delivery.time, push: number, attempts: [], about: delivery.push });
    card.delivery = delivery;
    delivery.succeeded ? tally.taken++ : tally.failed++;
    changes++;
  }
}

function addCard(card) {
  card.number = ++counted;
  changes++;
  const later = cards.findLastIndex((one) => one.time <= card.time);
  cards.splice(later + 1, 0, card);
  if (cards.length > MOST) cards.shift();
  return card;
}

export function showStream() {
  const showsCalls = byId("show-calls").checked;
  const wanted = JSON.stringify([changes, showsCalls, document.documentElement.lang]);
  if (wanted === drawn) return;
  drawn = wanted;
  const wantedCards = cards.filter((card) => showsCalls || !card.entry?.call).reverse();
  document.querySelector("#stream .empty").hidden = wantedCards.length > 0;
  byId("stream-list").replaceChildren(...wantedCards.map(show));
}

function show(card) {
  if (card.push) return pushCard(card);
  const { call, check, decision } = card.entry;
  if (call) return callCard(card, call);
  if (check) return line(card, "note", word("check"), tag(word(check.passed ? "passed" : "failed"), check.passed));
  return line(card, "note", decision.note);
}

function line(card, kind, ...parts) {
  return make(`li.${kind}`, make("div.head", make("time", clockTime(card.time)), ...parts));
}

function tag(text, isGood) {
  return make(`span.tag.${isGood === undefined ? "plain" : isGood ? "good" : "bad"}`, text);
}

function pushCard(card) {
  const { about, delivery, attempts } = card;
  const mode = attempts[0]?.mode;
  const item = line(card, "push", make("strong", about.kind), mode ? tag(word(mode)) : null, make("span.who", about.openid));
  item.dataset.push = card.push;
  item.append(make("p", sentence(delivery?.push ?? about)));
  item.append(make("ol.attempts", ...attempts.map(attemptLine)));
  if (delivery) item.append(...ending(card, delivery));
  else item.append(make("p.quiet", word("inTransit")));
  return item;
}

function attemptLine({ attempt, verdict, receiver }) {
  const isGood = verdict === "acknowledged" || verdict === "replied";
  const where = receiver === "account" ? "" : ` · ${receiver}`;
  return make("li", make("span", word("attempt", attempt) + where), tag(verdictWord(verdict), isGood));
}

/** What became of it: what the person sees, and everything as it went over the wire. */
function ending(card, delivery) {
  const parts = [];
  if (delivery.stopped) parts.push(make("p.quiet", word("stopped")));
  else if (card.attempts.length === 0) parts.push(make("p.quiet", word("notSent")));
  else parts.push(make("p.sees", make("span", word("sees")), make("q", shownText(delivery))));
  parts.push(fold(`push ${card.number}`, word("pushXml"), delivery.push.xml));
  delivery.attempts.forEach(({ answer }, index) => {
    if (answer) parts.push(fold(`answer ${card.number} ${index}`, word("answerBody", index + 1, answer.status), answer.body || "∅"));
  });
  return parts;
}

function callCard(card, call) {
  const isGood = call.errcode === 0 && !call.fault;
  const outcome = call.fault ? `${word("fault")} · ${call.fault}` : String(call.errcode === 0 ? call.status : call.errcode);
  const item = line(card, "call", make("code", `${call.method} ${call.path}`), tag(outcome, isGood));
  item.append(make("p.quiet", call.note));
  const detail = [call.query && `?${call.query}`, call.body, call.answer && `→ ${call.answer}`].filter(Boolean).join("\n");
  if (detail) item.append(fold(`call ${card.number}`, word("callDetail"), detail));
  return item;
}

byId("show-calls").addEventListener("change", showStream);
