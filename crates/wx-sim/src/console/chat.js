// What a person sees: their own doings and what came back, as a chat.

import { make } from "./dom.js";
import { clockTime, word } from "./words.js";

/** The lines of a chat for what was delivered about somebody. */
export function chatOf(delivery) {
  return [deed(delivery.push), ...answer(delivery)];
}

/** A customer-service message (客服消息). */
export function messageOf(message) {
  const content = message.content ?? {};
  const text = content.content ?? content.title ?? content.head_content ?? content.media_id ?? `[${message.kind}]`;
  const bubble = make("li.theirs", make("div.bubble", text));
  bubble.append(make("small", word("byService")));
  return bubble;
}

export function timeLine(time) {
  return make("li.time", clockTime(time));
}

/** What the person did. */
function deed(push) {
  if (push.kind === "text") return make("li.mine", make("div.bubble", textOf(parse(push.xml), "Content")));
  return make("li.deed", sentence(push));
}

/** What a push says, in a few words. */
export function sentence({ kind, event_key: key, xml }) {
  switch (kind.toLowerCase()) {
    case "text":
      return xml ? `“${textOf(parse(xml), "Content")}”` : "";
    case "subscribe":
      return key.startsWith("qrscene_") ? word("didFollowBy", key.slice("qrscene_".length)) : word("didFollow");
    case "scan":
      return word("didScan", key);
    case "unsubscribe":
      return word("didUnfollow");
    case "click":
      return word("didClick", key);
    default:
      return word("didOther", [kind, key].filter(Boolean).join(" · "));
  }
}

/** What came back: a reply, the platform's own words, or nothing. */
function answer({ shown, reply }) {
  if (!shown) return [];
  if (shown !== reply) return [make("li.failure", shown, make("small", word("failureHint")))];
  return [make("li.theirs", ...bubbles(parse(reply)))];
}

/** A reply as the person sees it: text, news, media. */
export function bubbles(xml) {
  const kind = textOf(xml, "MsgType");
  const text = (name) => textOf(xml, name);
  switch (kind) {
    case "text":
      return [make("div.bubble", text("Content"))];
    case "news":
      return [...xml.querySelectorAll("Articles > item")].map(article);
    case "image":
      return [make("div.bubble", word("sentImage", text("MediaId")))];
    case "voice":
      return [make("div.bubble", word("sentVoice", text("MediaId")))];
    case "video":
      return [make("div.bubble", word("sentVideo", text("Title") || text("MediaId")))];
    case "music":
      return [make("div.bubble", word("sentMusic", text("Title")))];
    case "transfer_customer_service":
      return [make("div.bubble", word("handedOver"))];
    default:
      return [make("div.bubble", word("sentOther", kind))];
  }
}

function article(item) {
  return make("div.article", make("strong", textOf(item, "Title")), make("p", textOf(item, "Description")), make("small", textOf(item, "Url")));
}

/** XML as a document that is never part of the page. */
function parse(text) {
  return new DOMParser().parseFromString(text, "text/xml");
}

function textOf(xml, name) {
  return xml.querySelector(name)?.textContent ?? "";
}

/** What the person sees, in a line. */
export function shownText({ shown, reply }) {
  if (!shown) return word("seesNothing");
  if (shown !== reply) return shown;
  return bubbles(parse(reply)).map((bubble) => (bubble.querySelector("strong") ?? bubble).textContent).join(" · ");
}
