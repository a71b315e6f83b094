// The codes of the account, newest first.

import { Refused, post } from "./api.js";
import { byId, button, make } from "./dom.js";
import { currentPerson, scanAs } from "./people.js";
import { span, word } from "./words.js";

const MOST = 60;
let drawn = "";

export function showCodes({ codes, now }) {
  document.querySelector("#codes .empty").hidden = codes.length > 0;
  // Buttons that are rebuilt every second cannot be clicked.
  const wanted = JSON.stringify([codes.length, currentPerson(), document.documentElement.lang]);
  if (wanted !== drawn) {
    drawn = wanted;
    const newest = codes.slice(-MOST).reverse();
    byId("code-list").replaceChildren(...newest.map(code));
    if (codes.length > MOST) byId("code-list").append(make("li.more", word("moreCodes", codes.length - MOST)));
  }
  for (const life of document.querySelectorAll("#code-list [data-expires]")) showLife(life, now);
}

function code(one) {
  const picture = make("img");
  picture.src = `/sim/codes/${one.number}/picture`;
  picture.alt = one.scene;
  picture.loading = "lazy";
  const enlarge = button("", () => showBig(one));
  enlarge.append(picture);
  enlarge.className = "picture";
  enlarge.ariaLabel = `${word("enlarge")} ${one.scene}`;
  const kind = make("span.quiet", word(one.action_name.includes("STR") ? "sceneText" : "sceneNumber"));
  const life = make("span.life");
  life.dataset.expires = one.expires ?? "";
  const ticket = make("code", one.ticket);
  const copy = button(word("copyTicket"), () => copyTicket(copy, ticket));
  const person = currentPerson();
  const scan = button(word("scanAs", person ?? ""), () => scanAs(one.ticket));
  scan.hidden = !person;
  scan.className = "scan";
  const item = make("li", enlarge, make("div", make("strong", one.scene), make("div.facts", kind, life), ticket, make("div.row", scan, copy)));
  item.dataset.number = one.number;
  return item;
}

function showLife(life, now) {
  const expires = life.dataset.expires;
  const left = Number(expires) - now;
  life.textContent = !expires ? word("permanent") : left > 0 ? word("expiresIn", span(left)) : word("expired");
  life.classList.toggle("bad", Boolean(expires) && left <= 0);
  life.closest("li").classList.toggle("expired", Boolean(expires) && left <= 0);
}

function showBig(one) {
  byId("big").querySelector("img").src = `/sim/codes/${one.number}/picture`;
  byId("big").querySelector("p").textContent = one.scene;
  byId("big").showModal();
}

/** Browsers copy for pages of this machine only; elsewhere the ticket is marked, to be copied by hand. */
async function copyTicket(button, ticket) {
  try {
    await navigator.clipboard.writeText(ticket.textContent);
  } catch {
    getSelection().selectAllChildren(ticket);
    return;
  }
  button.textContent = word("copied");
  setTimeout(() => (button.textContent = word("copyTicket")), 1500);
}

export function watchCodes(refresh) {
  const form = byId("new-code");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector(".error");
    try {
      await post("/sim/codes", request(new FormData(form)));
      error.textContent = "";
      form.elements.scene.value = "";
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      error.textContent = refused.message;
    }
    refresh();
  });
}

/** The body of qrcode/create (protocol §2.1). */
function request(data) {
  const isNumber = data.get("text") === "id";
  const life = data.get("life");
  const scene = isNumber ? { scene_id: Number(data.get("scene")) } : { scene_str: data.get("scene") };
  const action = `QR_${life ? "" : "LIMIT_"}${isNumber ? "" : "STR_"}SCENE`;
  return { action_name: action, action_info: { scene }, ...(life && { expire_seconds: Number(life) }) };
}
