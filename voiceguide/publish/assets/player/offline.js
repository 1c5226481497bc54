/* Sessions kept on the device, so that they play without a network. The service worker answers from what is kept. */

const offline = (() => {
  // a page in a sandbox may look at no store
  const possible = globalThis.origin !== "null" && location.protocol.startsWith("http") && isSecureContext && "serviceWorker" in navigator && "caches" in globalThis;
  const store = () => caches.open(`voiceguide kept ${load.folder}`);
  const files = (session) => [session.audio, session.data, session.cover?.url].filter(Boolean);
  const wanted = () => new Set(memory.get("kept", []));

  function want(name, yes) {
    const names = wanted();
    if (yes) names.add(name);
    else names.delete(name);
    memory.set("kept", [...names]);
  }

  async function isKept(session) {
    if (!possible) return false;
    const kept = await store();
    const found = await Promise.all(files(session).map((url) => kept.match(url)));
    return found.every(Boolean);
  }

  async function keep(session) {
    const kept = await store();
    for (const url of files(session)) {
      if (!(await kept.match(url))) await kept.add(url);
    }
    want(session.name, true);
    changed();
    navigator.storage?.persist?.().catch(() => {});
  }

  async function forget(session) {
    want(session.name, false);
    const kept = await store();
    await Promise.all(files(session).map((url) => kept.delete(url)));
    changed();
  }

  /** Lets the buttons on the page look again. */
  function changed() {
    for (const button of document.querySelectorAll(".keep")) button.dispatchEvent(new Event("look"));
  }

  /** Fetches again what a new version of the pack has changed of the sessions that are to be kept. */
  async function refresh(sessions) {
    const names = wanted();
    for (const session of sessions.filter(({ name }) => names.has(name))) {
      await keep(session).catch(() => {});
    }
  }

  /** Registers the service worker; `renewed` is called when a new version waits, with what lets it in. */
  async function start(renewed) {
    if (!possible) return;
    const registration = await navigator.serviceWorker.register(load.trusted("service-worker.js"), { updateViaCache: "none" });
    const waits = (worker) => worker && navigator.serviceWorker.controller && renewed(() => worker.postMessage("let in"));
    waits(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => worker.state === "installed" && waits(worker));
    });
  }

  const sparing = () => Boolean(navigator.connection?.saveData);
  return { possible, isKept, keep, forget, refresh, start, sparing };
})();
