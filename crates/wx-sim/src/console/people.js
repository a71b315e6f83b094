// The people: who follows, who did, and who was added here; and what is done in their place.

import { Refused, post } from "./api.js";
import { chatOf, messageOf, timeLine } from "./chat.js";
import { avatar, button, byId, fillSelect, make } from "./dom.js";
import { span, word } from "./words.js";

const WAYS = ["SEARCH", "PROFILE_CARD", "PROFILE_LINK", "WECHAT_ADVERTISEMENT", "CHANNELS", "WXA", "OTHERS"];
const NAMES = ["anna", "xiaoming", "ben", "xiaohong", "carla", "dawei"];
const MOST_LINES = 200;

/** Those who were added or chosen here, in this browser. */
const added = new Set(JSON.parse(localStorage.getItem("people") ?? "[]"));
let chosen = localStorage.getItem("person");
/** How many deeds of a person still wait for their answer. */
const waiting = new Map();
let latest = null;
let refresh = () => {};
let drawnPeople = "";
let drawnChat = "";

export const currentPerson = () => chosen;

export function showPeople(state) {
  latest = state;
  const followers = new Map(state.followers.map((person) => [person.openid, person]));
  const names = known(state, followers);
  if (!names.includes(chosen)) chosen = names[0] ?? null;
  showList(names, followers);
  showPerson(followers.get(chosen), state);
  showChat(state);
}

/** Followers, those who were added, and those of whom something was pushed. */
function known(state, followers) {
  const heard = state.deliveries.map((delivery) => delivery.push.openid).filter((openid) => openid && !isSystem(openid));
  return [...new Set([...followers.keys(), ...added, ...heard])];
}

/** Pushes about the account alone carry this sender. */
const isSystem = (openid) => openid.includes("SYSTEM");

function showList(names, followers) {
  const wanted = JSON.stringify([names, [...followers.keys()], chosen, document.documentElement.lang]);
  if (wanted === drawnPeople) return;
  drawnPeople = wanted;
  byId("person-list").replaceChildren(...names.map((name) => personButton(name, followers.has(name))));
}

function personButton(name, follows) {
  const choose = button("", () => choosePerson(name));
  choose.append(avatar(name), make("span", name));
  choose.title = `${name} · ${word(follows ? "follows" : "stranger")}`;
  choose.ariaPressed = String(name === chosen);
  choose.classList.toggle("stranger", !follows);
  return make("li", choose);
}

function choosePerson(name) {
  chosen = name;
  localStorage.setItem("person", name);
  byId("deed-error").textContent = "";
  refresh();
}

function showPerson(follower, state) {
  byId("phone").classList.toggle("nobody", !chosen);
  byId("person-name").textContent = chosen ?? word("nobody");
  const way = follower && (follower.scene || word(follower.subscribe_scene));
  byId("person-state").textContent = !chosen ? "" : follower ? `${word("follows")} · ${way}` : word("stranger");
  byId("person-state").classList.toggle("good", Boolean(follower));
  byId("follow").hidden = Boolean(follower);
  for (const id of ["unfollow", "menu", "say"]) byId(id).hidden = !follower;
  byId("forget").hidden = Boolean(follower) || !added.has(chosen);
  fillSelect(byId("follow").elements.way, WAYS.map((way) => [`ADD_SCENE_${way}`, word(`ADD_SCENE_${way}`)]));
  const alive = state.codes.slice(-200).reverse();
  byId("scan").hidden = alive.length === 0;
  const left = (code) => code.expires && (code.expires > state.now ? word("expiresIn", span(code.expires - state.now)) : word("expired"));
  const options = alive.map((code) => [code.ticket, [code.scene, left(code)].filter(Boolean).join(" · ")]);
  // An open list must not change under the finger.
  if (document.activeElement !== byId("scan").elements.ticket) fillSelect(byId("scan").elements.ticket, options);
}

function showChat(state) {
  const deliveries = state.deliveries.filter((one) => one.push.openid === chosen);
  const messages = state.messages.filter((one) => one.openid === chosen);
  const wanted = JSON.stringify([chosen, deliveries.length, messages.length, waiting.get(chosen), document.documentElement.lang]);
  if (wanted === drawnChat) return;
  drawnChat = wanted;
  const all = [...deliveries.map((one) => [one.time, chatOf(one)]), ...messages.map((one) => [one.time, [messageOf(one)]])];
  all.sort((one, other) => one[0] - other[0]);
  const lines = [];
  let before = null;
  for (const [time, entries] of all.slice(-MOST_LINES)) {
    if (before === null || time - before > 60) lines.push(timeLine(time));
    before = time;
    lines.push(...entries);
  }
  if (waiting.get(chosen)) lines.push(make("li.waiting", word("waiting")));
  byId("chat").replaceChildren(...lines);
  showEnd();
}

/** The newest line stands at the bottom, also when the chat gets another height. */
function showEnd() {
  byId("chat").scrollTop = byId("chat").scrollHeight;
}

/** Lets the chosen person do something, and says why not. */
async function act(path, body) {
  const person = chosen;
  if (!person) return false;
  keep(person);
  const count = (step) => waiting.set(person, (waiting.get(person) ?? 0) + step);
  count(1);
  showPeople(latest);
  byId("deed-error").textContent = "";
  try {
    await post(path, { openid: person, ...body });
    return true;
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    byId("deed-error").textContent = refused.message;
    return false;
  } finally {
    count(-1);
    await refresh();
  }
}

function keep(person) {
  added.add(person);
  localStorage.setItem("people", JSON.stringify([...added]));
  localStorage.setItem("person", person);
}

export function scanAs(ticket) {
  document.querySelector('nav button[data-tab="people"]').click();
  return act("/sim/scan", { ticket });
}

/** A name that nobody here has yet. */
function freeName() {
  const taken = new Set([...added, ...latest.followers.map((person) => person.openid)]);
  for (let round = 1; ; round++) {
    const free = NAMES.map((name) => (round > 1 ? `${name}${round}` : name)).find((name) => !taken.has(name));
    if (free) return free;
  }
}

export function watchPeople(refreshNow) {
  refresh = refreshNow;
  new ResizeObserver(showEnd).observe(byId("chat"));
  const on = (id, deed) =>
    byId(id).addEventListener("submit", (event) => {
      event.preventDefault();
      deed(event.target.elements);
    });
  on("new-person", ({ openid }) => {
    const name = openid.value || freeName();
    openid.value = "";
    keep(name);
    choosePerson(name);
  });
  on("follow", ({ way }) => act("/sim/follow", { subscribe_scene: way.value }));
  on("scan", ({ ticket }) => act("/sim/scan", { ticket: ticket.value }));
  on("menu", ({ key }) => act("/sim/push", { event: "CLICK", fields: { EventKey: key.value } }));
  on("say", ({ text }) => {
    const words = text.value;
    text.value = "";
    return act("/sim/say", { text: words });
  });
  byId("unfollow").addEventListener("click", () => act("/sim/unfollow", {}));
  byId("forget").addEventListener("click", () => {
    added.delete(chosen);
    localStorage.setItem("people", JSON.stringify([...added]));
    chosen = null;
    refresh();
  });
}
