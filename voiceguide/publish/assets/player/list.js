/* The first page: the sessions, where to go on, and the plan. */

/** The address of a session's page; `target` is a time in seconds, or "eyes-closed". */
const address = (session, target) =>
  `#/${encodeURIComponent(session.name)}${target === undefined ? "" : `/${typeof target === "number" ? Math.round(target * 1000) / 1000 : target}`}`;

/** A button that keeps a session on the device, or lets it go; null where that can't be. */
function keepButton(session, tell) {
  if (!offline.possible) return null;
  const button = make("button", { type: "button", class: "keep", "aria-pressed": "false" }, "Keep offline");
  const title = make("span", { class: "hush" }, ` ${session.title}`);
  const show = (kept) => {
    button.setAttribute("aria-pressed", String(kept));
    button.replaceChildren(kept ? "Kept offline" : "Keep offline", title);
  };
  const look = async () => show(await offline.isKept(session));
  button.addEventListener("click", async () => {
    const kept = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-busy", "true");
    if (!kept) button.replaceChildren("Keeping…", title);
    try {
      await (kept ? offline.forget(session) : offline.keep(session));
      tell(kept ? "It is no longer kept on this device." : "It is kept on this device, and plays without a network.");
    } catch {
      tell("It could not be kept. There may be no network, or not enough room on this device.");
    }
    button.removeAttribute("aria-busy");
    await look();
  });
  button.addEventListener("look", look);
  show(false);
  look();
  return button;
}

function list(pack, tell) {
  const byName = new Map(pack.sessions.map((session) => [session.name, session]));

  function state(session) {
    const { at, heard } = memory.session(session.name);
    if (at > 1) return `stopped at ${clock(at)}`;
    return heard ? `heard ${heard === 1 ? "once" : `${heard} times`}` : "";
  }

  function card(session) {
    const { at } = memory.session(session.name);
    const picture = session.cover
      ? make("img", { src: session.cover.url, alt: "", loading: "lazy", decoding: "async", width: 600, height: 600 })
      : make("span", { class: "blank", "aria-hidden": "true" });
    const done = make("progress", { max: session.seconds, value: at, "aria-hidden": "true", hidden: at <= 1 });
    const words = make(
      "div",
      { class: "words" },
      make("h3", { lang: session.language }, make("a", { href: address(session), dir: "auto" }, session.title)),
      make("p", { class: "small" }, [length(session.seconds), state(session)].filter(Boolean).join(" · ")),
      make("p", { class: "about", lang: session.language, dir: "auto" }, session.description),
      done,
    );
    const foot = make("p", { class: "card-foot" });
    const keep = keepButton(session, tell);
    if (keep) foot.append(keep);
    if (session.sheet) foot.append(make("a", { href: session.sheet }, "Cue sheet", make("span", { class: "hush" }, ` ${session.title}`)));
    if (foot.childNodes.length) words.append(foot);
    return make("li", { class: "card" }, picture, words);
  }

  function week({ title, sessions, times }) {
    const links = sessions
      .map((name) => byName.get(name))
      .filter(Boolean)
      .map((session) =>
        make("li", {}, make("a", { href: address(session), dir: "auto", lang: session.language }, session.title), ` ${state(session)}`),
      );
    const often = times === 7 ? "every day" : `${times === 1 ? "once" : `${times} times`} a week`;
    return make("li", {}, make("h3", { dir: "auto", lang: pack.language }, title), make("p", { class: "small" }, often), make("ul", {}, ...links));
  }

  return function show() {
    $("sessions").replaceChildren(...pack.sessions.map(card));
    $("programme").hidden = pack.programme.length === 0;
    $("programme").querySelector("ol").replaceChildren(...pack.programme.map(week));
    const last = byName.get(memory.get("last"));
    const at = last ? memory.session(last.name).at : 0;
    $("continue").hidden = at <= 1;
    if (at > 1) {
      $("continue").href = address(last);
      const [, title, position] = $("continue").children;
      title.textContent = last.title;
      title.lang = last.language;
      position.textContent = `at ${clock(at)} of ${clock(last.seconds)}`;
    }
  };
}
