/* The page of a session: what is heard now, and everything that can be done about it. */

function view(playback, pack, tell) {
  const page = $("player");
  const heading = page.querySelector("h1");
  const transcript = $("transcript");
  // { start, link } of every line, in order
  let lines = [];
  let chapters = [];
  // the time that was shown last
  let seen = 0;
  // the link of the line that is spoken
  let now = null;
  const draw = strip($("drawing"));
  // until then (ms) the transcript does not follow the sound, because the listener scrolled it
  let scrolledUntil = 0;

  function rows(session, steps) {
    const shown = [];
    lines = [];
    let chapter = -1;
    for (const step of steps.steps) {
      if (step.chapter !== chapter && steps.chapters.length) {
        chapter = step.chapter;
        const title = make("a", { href: address(session, steps.chapterStart(chapter)), dir: "auto" }, steps.chapters[chapter].title);
        shown.push(make("h3", { lang: session.language }, title));
      }
      const row = make("p", { class: "step", dir: "auto", lang: session.language });
      step.lines.forEach((line, number) => {
        const at = number ? line.start : step.at;
        const link = make("a", { href: address(session, at), class: "line", dir: "auto" }, line.text);
        lines.push({ start: line.start - steps.lead, link });
        row.append(link, " ");
      });
      const after = step.then.map(waiting);
      if (after.length) row.append(make("span", { class: "wait", lang: globalThis.voiceguide.tongue, dir: "ltr" }, after.join(", ")), " ");
      const words = [...new Set(step.counted)];
      if (words.length) row.append(make("span", { class: "wait counted", dir: "auto" }, words.join(" · ")));
      if (row.childNodes.length) shown.push(row);
    }
    return shown;
  }

  function open() {
    const { session, steps } = playback;
    heading.textContent = session.title;
    heading.lang = session.language;
    $("cover").hidden = !session.cover;
    if (session.cover) $("cover").src = session.cover.url;
    draw(steps, steps.seconds);
    $("position").max = Math.floor(steps.seconds);
    variants(session);
    $("done").hidden = true;
    const whole = location.href.split(/[?#]/)[0];
    $("open-page").href = whole + address(session);
    $("close-eyes").href = embedded ? whole + address(session, "eyes-closed") : address(session, "eyes-closed");
    $("close-eyes").target = embedded ? "_blank" : "";
    transcript.replaceChildren(...rows(session, steps));
    chapters = steps.chapters.map(({ title, start }, number) =>
      make(
        "li",
        {},
        make("a", { href: address(session, steps.chapterStart(number)), dir: "auto", lang: session.language }, title),
        " ",
        make("span", { class: "small" }, clock(start)),
      ),
    );
    $("chapters").replaceChildren(...chapters);
    $("chapters-box").hidden = chapters.length < 2;
    for (const button of page.querySelectorAll("[data-do^=chapter]")) button.hidden = chapters.length < 2;
    const links = [keepButton(session, tell), shareButton(), make("a", { href: session.audio, download: true }, t("audio_file"))];
    if (session.sheet) links.push(make("a", { href: session.sheet }, t("cue_sheet")));
    $("session-links").replaceChildren(...links.filter(Boolean).flatMap((link) => [link, " "]));
    $("made-by").textContent = session.origin ? t(`origin_${session.origin.voice.replaceAll(" ", "_")}`) : "";
    $("timer").value = "";
    now = null;
    update();
    state();
  }

  /** The other lengths and voices of the routine; they lead to their own pages. */
  function variants(session) {
    const routine = routines(pack).find(({ sessions }) => sessions.includes(session));
    const choose = (other) => {
      memory.set(`choice ${routine.key}`, other.name);
      location.replace(address(other));
    };
    $("variants").replaceChildren(...(routine.sessions.length > 1 ? choices(routine, session, choose) : []));
  }

  /** A link to this moment: the device's own way of sharing, else the clipboard. */
  function shareButton() {
    if (!load.folder.startsWith("http")) return null;
    const button = make("button", { type: "button", class: "share" }, t("share"));
    button.addEventListener("click", async () => {
      const { session, time } = playback;
      const url = load.folder + address(session, time > 1 ? Math.floor(time) : undefined);
      try {
        if (navigator.share) await navigator.share({ title: session.title, url });
        else {
          await navigator.clipboard.writeText(url);
          tell(t("shared"));
        }
      } catch (error) {
        if (error.name !== "AbortError") tell(url);
      }
    });
    return button;
  }

  function state() {
    const name = playback.playing ? "pause" : "play";
    $("toggle").setAttribute("aria-label", t(name));
    $("toggle").querySelector("use").setAttribute("href", `#icon-${name}`);
    if (playback.playing) $("done").hidden = true;
    if (playback.timer === null) $("timer").value = "";
  }

  function update() {
    const { session, steps } = playback;
    if (!session || page.hidden) return;
    const time = playback.time;
    const chapter = steps.chapters[steps.chapterAt(time)];
    $("at").textContent = clock(time);
    $("length").textContent = `\u2212${clock(steps.seconds - Math.floor(time))}`;
    sleeping();
    $("chapter").textContent = chapter?.title ?? "";
    $("chapter").lang = session.language;
    slide(time);
    $("drawing").style.setProperty("--past", `${(100 * time) / steps.seconds}%`);
    const at = steps.chapterAt(time);
    chapters.forEach((row, number) => mark(row.firstChild, number === at));
    follow(lines.length ? lines[Steps.last(lines, time + 0.01, (line) => line.start)].link : null);
  }

  /** What is left of the sleep timer. */
  function sleeping() {
    const { timer, left } = playback;
    $("sleep-left").hidden = timer === null;
    if (timer !== null) $("sleep-left").textContent = t("sleep_left", { time: clock(Math.ceil(left)) });
  }

  /** Moves the slider. While it has the focus and nobody moves it, its words stay: a screen reader says each change. */
  function slide(time) {
    const jumped = Math.abs(time - seen) > 1.5;
    seen = time;
    $("position").value = Math.floor(time);
    if (jumped || document.activeElement !== $("position")) describe();
  }

  function describe() {
    const { session, steps, time } = playback;
    if (!session) return;
    const chapter = steps.chapters[steps.chapterAt(time)];
    const words = t("at_of", { time: clock(time), length: clock(steps.seconds) });
    $("position").setAttribute("aria-valuetext", chapter ? `${words}, ${chapter.title}` : words);
  }

  function mark(link, is) {
    if (is === link.hasAttribute("aria-current")) return;
    if (is) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }

  function follow(link) {
    if (link === now) return;
    if (now) mark(now, false);
    now = link;
    if (!now) return;
    mark(now, true);
    if (Date.now() < scrolledUntil || transcript.contains(document.activeElement)) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const [box, row] = [transcript.getBoundingClientRect(), now.getBoundingClientRect()];
    const top = transcript.scrollTop + row.top - box.top - box.height / 3;
    transcript.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
  }

  for (const name of ["wheel", "touchmove", "pointerdown"]) {
    transcript.addEventListener(name, () => (scrolledUntil = Date.now() + 6000), { passive: true });
  }
  $("position").addEventListener("input", () => {
    playback.seek(Number($("position").value));
    describe();
  });
  $("position").addEventListener("focus", describe);
  playback.addEventListener("time", update);
  playback.addEventListener("state", state);
  return { open, update };
}
