/* The page of what is kept on the device: how much room it takes, and what may be fetched without being asked for. */

/** A button that keeps a session on the device, or lets it go; null where that can't be. */
function keepButton(session, tell) {
  if (!offline.possible) return null;
  const button = make("button", { type: "button", class: "keep" });
  const title = make("span", { class: "hush" }, ` ${session.title}`);
  const show = () => {
    const kept = offline.has(session);
    button.setAttribute("aria-pressed", String(kept));
    const words = t(kept ? "kept" : "keep", { size: bytes(session.bytes) });
    button.replaceChildren(...(kept ? [icon("tick"), " "] : []), words, title);
  };
  button.addEventListener("click", async () => {
    const kept = offline.has(session);
    button.setAttribute("aria-busy", "true");
    if (!kept) button.replaceChildren(t("keeping"), title);
    try {
      await (kept ? offline.forget(session) : offline.keep(session));
      tell(kept ? t("kept_no_more") : t("kept_now", { size: bytes(session.bytes) }));
    } catch {
      tell(t("keep_failed"));
    }
    button.removeAttribute("aria-busy");
    show();
  });
  show();
  offline.events.addEventListener("change", function changed() {
    if (button.isConnected) show();
    else offline.events.removeEventListener("change", changed);
  });
  return button;
}

function downloads(pack, tell) {
  const page = $("downloads");
  const sum = (sessions) => sessions.reduce((total, { bytes: size }) => total + size, 0);
  let busy = false;

  async function show() {
    if (page.hidden || busy) return;
    const kept = pack.sessions.filter(offline.has);
    const missing = pack.sessions.filter((session) => !offline.has(session));
    const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => {})) ?? {};
    $("kept-total").textContent = t("kept_total", { n: kept.length, size: bytes(sum(kept)) });
    $("kept-room").textContent = quota ? t("kept_room", { size: bytes(Math.max(0, quota - usage)) }) : "";
    $("keep-all").textContent = t("keep_all", { size: bytes(sum(missing)) });
    $("keep-all").hidden = missing.length === 0;
    $("forget-all").hidden = kept.length === 0;
    $("wifi-note").textContent = offline.network() === undefined ? t("wifi_unknown") : "";
    $("kept").replaceChildren(...kept.map((session) => row(session)));
  }

  function row(session) {
    const link = make("a", { href: address(session), dir: "auto", lang: session.language }, session.title);
    return make("li", {}, make("span", {}, link, " ", make("span", { class: "small" }, `${length(session.seconds)} · ${bytes(session.bytes)}`)), keepButton(session, tell));
  }

  async function all(sessions, what, failure) {
    busy = true;
    try {
      for (const [number, session] of sessions.entries()) {
        tell(t("working", { done: number + 1, total: sessions.length }));
        await what(session);
      }
      tell(t("kept_total", { n: pack.sessions.filter(offline.has).length, size: bytes(sum(pack.sessions.filter(offline.has))) }));
    } catch {
      tell(failure);
    }
    busy = false;
    show();
  }

  $("keep-all").addEventListener("click", () => all(pack.sessions.filter((session) => !offline.has(session)), (session) => offline.keep(session), t("keep_failed")));
  $("forget-all").addEventListener("click", () => all(pack.sessions.filter(offline.has), offline.forget, t("keep_failed")));
  for (const [id, key, otherwise] of [["keep-heard", "keep heard", true], ["only-wifi", "only wifi", false]]) {
    $(id).checked = memory.get(key, otherwise);
    $(id).addEventListener("change", () => memory.set(key, $(id).checked));
  }
  offline.events.addEventListener("change", show);
  return show;
}
