// Elements are built from data here and nowhere else: texts become text nodes, never markup.

/** The element of this id. */
export const byId = (id) => document.getElementById(id);

/** `make("p.note", "text", child)`: an element with a class, and what is in it. */
export function make(kind, ...children) {
  const [tag, ...classes] = kind.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A button that does something. */
export function button(text, act) {
  const element = make("button", text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** Text that opens when asked for. Whether it is open is kept under its key. */
export function fold(key, title, text) {
  const details = make("details", make("summary", title), make("pre", text));
  details.open = opened.has(key);
  details.addEventListener("toggle", () => (details.open ? opened.add(key) : opened.delete(key)));
  return details;
}

const opened = new Set();

/** A circle with the first letter of a name, in a colour of its own. */
export function avatar(name) {
  const circle = make("span.avatar", [...name][0].toUpperCase());
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + letter.codePointAt(0)) % 360;
  circle.style.setProperty("--hue", hue);
  circle.ariaHidden = "true";
  return circle;
}

/** The options of a select, keeping the choice. Each is a value and a text. */
export function fillSelect(select, options) {
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}
