// Small elements, made in one call.
export function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...content.filter((part) => part !== null && part !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Says something to the person, seen and heard by a screen reader; it goes after a while. */
let timer;
export function tellPerson(text, action = null) {
  const told = byId("told");
  told.replaceChildren(text, ...(action ? [" ", action] : []));
  clearTimeout(timer);
  timer = setTimeout(() => told.replaceChildren(), action ? 12000 : 6000);
}

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const rest = `${String(Math.floor(whole / 60) % 60).padStart(whole >= 3600 ? 2 : 1, "0")}:${String(whole % 60).padStart(2, "0")}`;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${rest}` : rest;
}
