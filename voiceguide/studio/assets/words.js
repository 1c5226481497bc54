// Which language the page speaks: the one that was chosen, else the browser's, else English.
const KNOWN = { en: "English", de: "Deutsch" };

const chosen = localStorage.getItem("language") ?? navigator.language.slice(0, 2);
export const language = chosen in KNOWN ? chosen : "en";
export const languages = KNOWN;
const { words } = await import(`./words-${language}.js`);

/** A text of the page, with its places filled in. */
export function say(key, values = {}) {
  const text = key.split(".").reduce((found, part) => found?.[part], words) ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function choose(code) {
  localStorage.setItem("language", code);
  location.reload();
}
