// The account, its clock, where its pushes go, and what goes wrong.

import { Refused, clear, post } from "./api.js";
import { byId, make } from "./dom.js";
import { dayAndTime, word } from "./words.js";

let drawn = "";

export function showStatus({ options, now, faults, codes, followers, tally }) {
  const { callback } = options;
  byId("summary").replaceChildren(
    chip(options.app_id, "plain.account"),
    callback.url ? chip(`${word(callback.mode)} → ${callback.url}`) : chip(word("noCallback"), "bad"),
    ...(faults.length ? [chip(`${word("faults")} ${faults.length}`, "bad")] : []),
  );
  const made = codes.filter((code) => code.expires === null).length;
  byId("figures").replaceChildren(
    ...figure("account", options.account_kind),
    ...figure("followers", followers.length),
    ...figure("codes", codes.length),
    ...figure("permanentMade", `${made} / ${options.permanent_cap}`),
    ...figure("pushes", `${tally.taken} / ${tally.failed}`),
    ...figure("calls", `${tally.granted} / ${tally.refused}`),
  );
  byId("clock").textContent = `${dayAndTime(now)} · ${word(options.manual_clock ? "virtualClock" : "realClock")}`;
  byId("advance").hidden = !options.manual_clock;
  showCallback(callback);
  byId("fault-list").replaceChildren(...(faults.length ? faults : [word("noFaults")]).map((fault) => make("li", fault)));
  byId("clear-faults").hidden = faults.length === 0;
}

function chip(text, kind = "plain") {
  return make(`span.tag.${kind}`, text);
}

function figure(key, value) {
  return [make("dt", word(key)), make("dd", String(value))];
}

/** What somebody is typing there stays. */
function showCallback({ url, mode }) {
  const wanted = JSON.stringify([url, mode]);
  if (wanted === drawn) return;
  drawn = wanted;
  const { elements } = byId("callback");
  elements.url.value = url ?? "";
  elements.mode.value = mode;
}

export function watchStatus(refresh) {
  const callback = byId("callback");
  const note = callback.querySelector(".note");
  const say = (text, isGood, place = note) => {
    place.textContent = text;
    place.classList.toggle("bad", !isGood);
  };
  const attempt = async (deed, place) => {
    try {
      await deed();
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      say(refused.message, false, place);
    }
    refresh();
  };
  callback.addEventListener("submit", (event) => {
    event.preventDefault();
    const { url, mode } = callback.elements;
    attempt(async () => {
      await post("/sim/callback", { mode: mode.value, ...(url.value && { url: url.value }) });
      say(word("saved"), true);
    });
  });
  byId("verify").addEventListener("click", () =>
    attempt(async () => {
      const { passed } = await post("/sim/verify", {});
      say(word(passed ? "verified" : "notVerified"), passed);
    }),
  );
  byId("advance").addEventListener("click", (event) => {
    if (event.target.value) attempt(() => post("/sim/clock", { advance: Number(event.target.value) }));
  });
  byId("faults").addEventListener("submit", (event) => {
    event.preventDefault();
    const path = event.target.elements.path.value;
    attempt(() => post("/sim/faults", { ...JSON.parse(event.submitter.value), ...(path && { path }) }), byId("faults").querySelector(".error"));
  });
  byId("clear-faults").addEventListener("click", () => attempt(() => clear("/sim/faults")));
}
