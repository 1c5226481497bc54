/* The first page: a card for each routine, what to look for among them, and where to go on. */

/** The address of a session's page; `target` is a time in seconds, or "eyes-closed". */
const address = (session, target) =>
  `#/${encodeURIComponent(session.name)}${target === undefined ? "" : `/${typeof target === "number" ? Math.round(target * 1000) / 1000 : target}`}`;

/** The routines of a pack: sessions of one script, which differ in length or voice, in the order of the pack. */
function routines(pack) {
  const found = new Map();
  for (const session of pack.sessions) {
    const key = `${session.routine}\n${session.title}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(session);
  }
  return [...found.values()].map((sessions) => ({ sessions, title: sessions[0].title, key: sessions[0].name }));
}

/** The session of a routine that was played last, or of another length or voice; else its first. */
function chosen({ sessions, key }, wanted = null) {
  const name = wanted ?? memory.get(`choice ${key}`);
  return sessions.find((session) => session.name === name) ?? sessions[0];
}

/** Other lengths and voices of a routine as links or buttons: `choose` is called with the session. */
function choices(routine, current, choose) {
  const { sessions } = routine;
  const voices = [...new Set(sessions.map(({ voice }) => voice))];
  const same = sessions.filter(({ voice }) => voice === current.voice);
  const chips = same.length > 1 || voices.length === 1 ? same : [current];
  const row = make("p", { class: "chips", role: "group", "aria-label": t("lengths") });
  const brief_ = (session) => brief(session.seconds);
  for (const session of chips) {
    const double = chips.filter((other) => brief_(other) === brief_(session)).length > 1;
    const label = double ? `${brief_(session)} (${session.name})` : brief_(session);
    const chip = make("button", { type: "button", class: "chip", "aria-pressed": String(session === current) }, label);
    chip.addEventListener("click", () => choose(session));
    row.append(chip);
  }
  if (voices.length === 1) return [row];
  const pick = make("select", { class: "voice", "aria-label": `${t("voice")}: ${routine.title}` });
  for (const voice of voices) pick.append(make("option", { value: voice, selected: voice === current.voice }, voice));
  pick.addEventListener("change", () => {
    const others = sessions.filter(({ voice }) => voice === pick.value);
    const near = (session) => Math.abs(session.seconds - current.seconds);
    choose(others.reduce((best, session) => (near(session) < near(best) ? session : best)));
  });
  return [row, pick];
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

function list(pack, playAt) {
  const rows = routines(pack).map((routine) => ({ routine, card: null, stamp: "" }));
  // where the list was left, in pixels
  let place = 0;

  function state(session) {
    const { at, heard } = memory.session(session.name);
    if (at > 1) return t("stopped", { time: clock(at) });
    return heard ? t("heard", { n: heard }) : "";
  }

  /** The length that a session had when it was left: the recorded one, or another. */
  const lasting = (session) => memory.session(session.name).seconds ?? session.seconds;
  const heardOf = ({ sessions }) => sessions.some(({ name }) => memory.session(name).heard > 0);
  const isLiked = ({ key }) => memory.get("liked", []).includes(key);

  function like(routine, button) {
    const liked = new Set(memory.get("liked", []));
    if (!liked.delete(routine.key)) liked.add(routine.key);
    memory.set("liked", [...liked]);
    button.setAttribute("aria-pressed", String(liked.has(routine.key)));
  }

  function picture(session) {
    const cover = session.cover
      ? make("img", { src: session.cover.url, alt: "", loading: "lazy", decoding: "async", width: 300, height: 300 })
      : make("span", { class: "blank", "aria-hidden": "true" });
    const button = make("button", { type: "button", class: "play-cover", "aria-label": t("play_title", { title: session.title }) }, cover, icon("play"));
    button.addEventListener("click", () => playAt(session));
    return button;
  }

  /** What a card shows of the listener: it is made again when that has changed. */
  const stampOf = ({ routine }) => JSON.stringify([chosen(routine).name, isLiked(routine), ...routine.sessions.map(state)]);

  function card(row) {
    const { routine } = row;
    const session = chosen(routine);
    const { at } = memory.session(session.name);
    const heart = make("button", { type: "button", class: "like", "aria-pressed": String(isLiked(routine)), "aria-label": t("favourite", { title: routine.title }) }, icon("heart"));
    heart.addEventListener("click", () => like(routine, heart));
    const choose = (other) => {
      memory.set(`choice ${routine.key}`, other.name);
      refresh(row);
      row.card.querySelector(".chip[aria-pressed=true], select")?.focus();
    };
    const words = make(
      "div",
      { class: "words" },
      make("h3", { lang: session.language }, make("a", { href: address(session), dir: "auto" }, session.title)),
      make("p", { class: "small" }, [routine.sessions.length > 1 ? "" : length(session.seconds), state(session)].filter(Boolean).join(" · ")),
      ...(routine.sessions.length > 1 ? choices(routine, session, choose) : []),
      make("p", { class: "about", lang: session.language, dir: "auto" }, session.description),
      make("progress", { max: lasting(session), value: at, "aria-hidden": "true", hidden: at <= 1 }),
    );
    return make("li", { class: "card" }, picture(session), words, heart);
  }

  function refresh(row) {
    row.stamp = stampOf(row);
    const fresh = card(row);
    row.card?.replaceWith(fresh);
    row.card = fresh;
  }

  const LENGTHS = { short: [0, 331], middle: [331, 931], long: [931, Infinity] };

  function fits({ sessions, title }) {
    const words = $("search").value.trim().toLocaleLowerCase();
    const text = [title, ...sessions.map(({ description, tags }) => `${description} ${tags.join(" ")}`)].join("\n").toLocaleLowerCase();
    if (words && !words.split(/\s+/).every((word) => text.includes(word))) return false;
    const [from, to] = LENGTHS[$("by-length").value] ?? [0, Infinity];
    if (!sessions.some(({ seconds }) => from <= seconds && seconds < to)) return false;
    const tag = $("by-tag").value;
    return !tag || sessions.some(({ tags }) => tags.includes(tag));
  }

  function wanted(routine) {
    const what = $("by-state").value;
    if (what === "kept" && !routine.sessions.some(offline.has)) return false;
    if (what === "liked" && !isLiked(routine)) return false;
    if (what === "heard" && !heardOf(routine)) return false;
    if (what === "new" && heardOf(routine)) return false;
    return fits(routine);
  }

  function filter() {
    let count = 0;
    for (const row of rows) {
      const is = wanted(row.routine);
      row.card.hidden = !is;
      count += is;
    }
    $("none-found").hidden = count > 0;
  }

  function tools() {
    $("tools").hidden = rows.length < 6;
    const tags = [...new Set(pack.sessions.flatMap((session) => session.tags))].sort((one, other) => one.localeCompare(other));
    $("by-tag").append(...tags.map((tag) => make("option", { value: tag }, tag)));
    $("by-tag").hidden = tags.length === 0;
    $("by-state").querySelector("[value=kept]").hidden = !offline.possible;
    $("narrow").addEventListener("click", () => {
      const open = $("filters").classList.toggle("open");
      $("narrow").setAttribute("aria-expanded", String(open));
    });
    for (const id of ["search", "by-length", "by-tag", "by-state"]) $(id).addEventListener("input", filter);
  }

  function goOn() {
    const last = pack.sessions.find(({ name }) => name === memory.get("last"));
    const at = last ? memory.session(last.name).at : 0;
    $("continue").hidden = at <= 1;
    if (at <= 1) return;
    $("continue").href = address(last);
    const [, title, position] = $("continue").children;
    title.textContent = last.title;
    title.lang = last.language;
    position.textContent = t("at_of", { time: clock(at), length: clock(lasting(last)) });
  }

  /** Shows what has changed, and the place where the list was left. */
  function show() {
    for (const row of rows) if (row.stamp !== stampOf(row)) refresh(row);
    if (!$("sessions").childElementCount) $("sessions").append(...rows.map((row) => row.card));
    filter();
    goOn();
    scrollTo(0, place);
  }

  tools();
  return { show, leave: () => (place = scrollY) };
}
