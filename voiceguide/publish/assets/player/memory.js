/* What is remembered between visits, for this pack alone. Without storage it is remembered until the page is closed. */

/** A day as 2026-11-28, where the listener is. */
function today(date = new Date()) {
  const pad = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

const memory = (() => {
  // entries of the diary
  const LONGEST = 2000;
  const prefix = `voiceguide ${load.folder} `;
  const fallback = new Map();
  let store = null;
  try {
    store = globalThis.localStorage;
    store.getItem(prefix);
  } catch {
    // blocked by the browser's settings
    store = null;
  }

  function get(key, otherwise = null) {
    try {
      const text = store ? store.getItem(prefix + key) : fallback.get(key);
      return text == null ? otherwise : JSON.parse(text);
    } catch {
      return otherwise;
    }
  }

  function set(key, value) {
    const text = JSON.stringify(value);
    try {
      if (store) store.setItem(prefix + key, text);
      else fallback.set(key, text);
    } catch {
      // full, or forbidden
      store = null;
      fallback.set(key, text);
    }
  }

  /** Of a session: `at`, seconds, and `heard`, how often it was heard to its end. */
  const session = (name) => ({ at: 0, heard: 0, ...get(`session ${name}`, {}) });
  const keep = (name, change) => set(`session ${name}`, { ...session(name), ...change });

  /** A session was heard to its end: counted, and written into the diary `[[name, day], …]` that the plan reads. */
  function heard(name) {
    keep(name, { at: 0, heard: session(name).heard + 1 });
    set("diary", [...get("diary", []), [name, today()]].slice(-LONGEST));
  }

  return { get, set, session, keep, heard };
})();
