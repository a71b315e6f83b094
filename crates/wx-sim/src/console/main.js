// Asks the control routes what is there, every second and after every deed, and shows it.

import { get, getAll } from "./api.js";
import { showCodes, watchCodes } from "./codes.js";
import { byId } from "./dom.js";
import { showPeople, watchPeople } from "./people.js";
import { showStatus, watchStatus } from "./status.js";
import { addDeliveries, addEntries, showStream, tally } from "./stream.js";
import { isChinese, switchLanguage, translatePage } from "./words.js";

const SECOND = 1000;

/** All that is known of the simulator. */
const state = { codes: [], followers: [], messages: [], deliveries: [], entry: 0, now: 0, faults: [], options: null };

async function ask() {
  const last = (list) => list.at(-1)?.number ?? 0;
  const [deliveries, messages, codes] = await Promise.all([
    getAll("/sim/deliveries", "deliveries", last(state.deliveries)),
    getAll("/sim/messages", "messages", last(state.messages)),
    getAll("/sim/codes", "codes", last(state.codes)),
  ]);
  // Asked for after the deliveries, so that the attempts of all of them are there.
  const entries = await get(`/sim/transcript?after=${state.entry}`);
  [state.followers, state.options, state.faults, { now: state.now }] = await Promise.all([
    getAll("/sim/followers", "followers", 0),
    get("/sim/options"),
    get("/sim/faults"),
    get("/sim/clock"),
  ]);
  state.entry = entries.at(-1)?.number ?? state.entry;
  state.codes.push(...codes);
  state.messages.push(...messages);
  state.deliveries.push(...deliveries);
  addEntries(entries);
  addDeliveries(deliveries);
}

function show() {
  state.tally = tally;
  showCodes(state);
  showPeople(state);
  showStream(state);
  showStatus(state);
}

let running = null;
let again = false;

/** Asks now; somebody who wants that while it happens gets another turn. */
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = turn().finally(() => {
    running = null;
    if (again) {
      again = false;
      refresh();
    }
  });
  return running;
}

async function turn() {
  try {
    await ask();
    // It may have been another simulator since: its numbers begin anew.
    if (!byId("lost").hidden) location.reload();
    show();
  } catch (error) {
    byId("lost").hidden = false;
    console.debug(error);
  }
}

function translate() {
  translatePage();
  byId("language").textContent = isChinese() ? "English" : "中文";
  byId("language").lang = isChinese() ? "en" : "zh-CN";
  if (state.options) show();
}

function chooseTab(tab) {
  document.body.dataset.tab = tab;
  for (const one of document.querySelectorAll("nav button")) one.ariaPressed = String(one.dataset.tab === tab);
}

byId("language").addEventListener("click", () => {
  switchLanguage();
  translate();
});
for (const tab of document.querySelectorAll("nav button")) tab.addEventListener("click", () => chooseTab(tab.dataset.tab));
byId("big").querySelector("button").addEventListener("click", () => byId("big").close());
chooseTab("people");
watchCodes(refresh);
watchPeople(refresh);
watchStatus(refresh);
translate();
refresh();
setInterval(() => document.hidden || refresh(), SECOND);
