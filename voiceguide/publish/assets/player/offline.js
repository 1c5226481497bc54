/* Sessions kept on the device, so that they play without a network. The service worker answers from what is kept. */

const offline = (() => {
  // a page in a sandbox may look at no store
  const possible = globalThis.origin !== "null" && location.protocol.startsWith("http") && isSecureContext && "serviceWorker" in navigator && "caches" in globalThis;
  // bytes that sessions may take which are kept because they were listened to
  const ROOM = 200e6;
  const store = () => caches.open(`voiceguide kept ${load.folder}`);
  const codec = document.createElement("audio").canPlayType('audio/webm; codecs="opus"') ? "opus" : "aac";
  const files = (session) => [session.audio, session.data, session.cover?.url, session.living?.plans, session.living?.[codec]].filter(Boolean);
  const events = new EventTarget();
  // the names of the sessions that are kept whole, as far as is known
  let kept = new Set();

  const asked = () => new Set(memory.get("kept", []));
  const unasked = () => memory.get("kept unasked", []);

  function remember(name, how) {
    const names = asked();
    const others = unasked().filter((other) => other !== name);
    names.delete(name);
    if (how === "asked") names.add(name);
    if (how === "unasked") others.push(name);
    memory.set("kept", [...names]);
    memory.set("kept unasked", others);
  }

  /** Looks which sessions are there, with one question for all of them. */
  async function look(sessions) {
    if (!possible) return;
    const there = new Set((await (await store()).keys()).map(({ url }) => url));
    const whole = (url) => new URL(url, load.folder).href;
    kept = new Set(sessions.filter((session) => files(session).every((url) => there.has(whole(url)))).map(({ name }) => name));
    events.dispatchEvent(new Event("change"));
  }

  async function keep(session, how = "asked") {
    const cache = await store();
    for (const url of files(session)) {
      if (await cache.match(url)) continue;
      // Firefox would answer with the part that it has while the sound is played
      const answer = await fetch(url, { cache: "no-store" });
      if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
      await cache.put(url, answer);
    }
    if (how !== "again") remember(session.name, how);
    kept.add(session.name);
    events.dispatchEvent(new Event("change"));
    navigator.storage?.persist?.().catch(() => {});
  }

  async function forget(session) {
    remember(session.name, null);
    const cache = await store();
    kept.delete(session.name);
    // sessions of one routine share what they are made from at any length
    const needed = new Set(globalThis.voiceguide.pack.sessions.filter(has).flatMap(files));
    await Promise.all(files(session).map((url) => needed.has(url) || cache.delete(url)));
    events.dispatchEvent(new Event("change"));
  }

  /** Keeps what was listened to. Those that were kept so longest ago make room. False if it may not, or need not. */
  async function keepHeard(session, sessions) {
    if (!possible || kept.has(session.name) || !memory.get("keep heard", true) || !mayLoad() || session.bytes > ROOM) return false;
    const byName = new Map(sessions.map((one) => [one.name, one]));
    const older = unasked().map((name) => byName.get(name)).filter(Boolean);
    let room = ROOM - session.bytes - older.reduce((sum, one) => sum + one.bytes, 0);
    while (room < 0 && older.length) {
      const oldest = older.shift();
      room += oldest.bytes;
      await forget(oldest);
    }
    await keep(session, "unasked");
    return true;
  }

  /** Fetches again what a new version of the pack has changed of the sessions that are to be kept. */
  async function refresh(sessions) {
    await look(sessions);
    if (!mayLoad()) return;
    const names = new Set([...asked(), ...unasked()]);
    for (const session of sessions.filter(({ name }) => names.has(name) && !kept.has(name))) {
      await keep(session, "again").catch(() => {});
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

  /** Asks the server now whether there is a new version. */
  const update = async () => possible && (await navigator.serviceWorker.getRegistration())?.update().catch(() => {});

  // undefined where the browser does not tell
  const network = () => navigator.connection?.type;

  /** Whether sound may be fetched without being asked for. */
  function mayLoad() {
    if (navigator.connection?.saveData) return false;
    return !memory.get("only wifi", false) || ["wifi", "ethernet"].includes(network());
  }

  const has = (session) => kept.has(session.name);
  return { possible, events, has, look, keep, forget, keepHeard, refresh, start, update, network };
})();
