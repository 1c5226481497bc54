/* What the listener wants otherwise than it was recorded: another length, volumes, another bed, time to get ready, a bed that
 * goes on. With any of these the page puts the session together itself, where it can; else the recorded file plays. */

function wishes(playback, pack, tell, changed) {
  const box = $("wishes");
  const living = new Living();
  const usual = { voice: 1, background: 1, bed: null, ready: 0, after: 0 };
  const controls = { voice: $("wish-voice"), background: $("wish-background"), bed: $("wish-bed"), ready: $("wish-ready"), after: $("wish-after") };
  let session = null;
  let parts = null;
  for (const seconds of [0, 5, 10, 20, 30, 60]) controls.ready.append(make("option", { value: seconds }, seconds ? length(seconds) : t("wish_at_once")));
  for (const minutes of [0, 5, 10, 20, 30, 60]) controls.after.append(make("option", { value: minutes }, minutes ? length(60 * minutes) : t("wish_not_after")));
  controls.after.append(make("option", { value: 720 }, t("wish_endless")));

  /** Why the page can't put sessions together here, as the key of a sentence; null where it can. */
  function hindrance() {
    if (!location.protocol.startsWith("http")) return "wish_folder";
    if (!globalThis.AudioContext || !globalThis.OfflineAudioContext) return "wish_browser";
    return stopsWhenLocked() ? "wish_phone" : null;
  }

  /** Whether Web Audio ends when the screen is locked: on iOS, in Firefox on Android, and where it was noticed. */
  function stopsWhenLocked() {
    const { userAgent, platform, maxTouchPoints } = navigator;
    const apple = /iPhone|iPad|iPod/.test(userAgent) || (platform === "MacIntel" && maxTouchPoints > 1);
    return apple || /Android.*Firefox/.test(userAgent) || memory.get("stops when locked", false);
  }

  const wanted = () => ({ ...usual, ...memory.get("wishes", {}), seconds: memory.session(session.name).wanted ?? session.seconds });
  const isUsual = (now) => Object.keys(usual).every((name) => now[name] === usual[name]) && Math.abs(now.seconds - session.seconds) < 0.01;

  /** What plays a session as the listener wants it: `{ steps, source }`; null for the recorded file. */
  async function of(opened) {
    session = opened;
    parts = null;
    box.hidden = true;
    $("player").classList.remove("any-length");
    if (!session.living) return null;
    const why = hindrance();
    if (why) {
      show(why);
      return null;
    }
    const reading = read(opened);
    // the controls may come later, what plays may not
    if (isUsual(wanted())) return null;
    await reading;
    return parts && session === opened ? made() : null;
  }

  async function read(opened) {
    const found = await Parts.open(opened).catch(() => null);
    if (session !== opened) return;
    const fits = found && Math.abs(found.plan(session.seconds).seconds - session.seconds) < 0.01;
    parts = fits ? found : null;
    show(parts ? null : "wish_missing");
  }

  function made() {
    const now = wanted();
    const plan = parts.plan(now.seconds);
    living.open(parts, plan, { ...now, bed: bedOf(now.bed), after: now.after * 60 });
    return { steps: parts.steps(plan), source: living };
  }

  const bedOf = (name) => (name === null || name === "none" ? name : (pack.beds.find((bed) => bed.name === name) ?? null));

  /** The controls as they are set; with `why`, a sentence instead of them. */
  function show(why) {
    box.hidden = false;
    $("wishes-note").textContent = why ? t(why) : "";
    $("wishes-note").hidden = !why;
    $("wishes-set").hidden = Boolean(why);
    $("player").classList.toggle("any-length", !why);
    if (why) return;
    const now = wanted();
    const { plans, document: told } = parts;
    $("wish-length").max = plans.length - 1;
    $("wish-length").value = plans.indexOf(parts.plan(now.seconds));
    $("wish-length-row").hidden = plans.length < 2;
    const own = told.beds.map(({ name }) => name);
    const others = parts.codec === "aac" ? [] : pack.beds.filter(({ name }) => !own.includes(name));
    controls.bed.replaceChildren(
      make("option", { value: "" }, t("wish_bed_own")),
      make("option", { value: "none" }, t("wish_bed_none")),
      ...others.map(({ name }) => make("option", { value: name }, t(`bed_${name}`))),
    );
    for (const [name, control] of Object.entries(controls)) control.value = name === "voice" || name === "background" ? Math.round(100 * now[name]) : (now[name] ?? "");
    if (!controls.bed.value) controls.bed.value = "";
    const silent = now.bed === "none" || (now.bed === null && !own.length);
    controls.background.disabled = controls.after.disabled = silent;
    $("wishes-usual").hidden = isUsual(now);
    say();
  }

  function say() {
    const { seconds } = parts.plans[Number($("wish-length").value)];
    $("wish-length").setAttribute("aria-valuetext", length(seconds));
    $("wish-length-now").textContent = length(seconds);
    for (const name of ["voice", "background"]) $(`wish-${name}`).setAttribute("aria-valuetext", `${controls[name].value}\u00a0%`);
  }

  function keep(change) {
    const { seconds, ...others } = { ...wanted(), ...change };
    memory.set("wishes", others);
    if ("seconds" in change) memory.keep(session.name, { wanted: Math.abs(seconds - session.seconds) < 0.01 ? null : seconds });
  }

  /** Goes on as it is wanted now: at the same time, or in a plan of another length at the same step. */
  function apply() {
    const { steps: before, time, playing } = playback;
    const next = isUsual(wanted()) ? null : made();
    const steps = next?.steps ?? recorded();
    changed(session, steps, next?.source ?? null, same(before, steps, time), playing);
    show(null);
  }

  const recorded = () => new Steps(globalThis.voiceguide.timelines.get(session.name), session.seconds);

  function same(before, after, time) {
    if (time < 1 || Math.abs(before.seconds - after.seconds) < 0.01) return Math.min(time, after.seconds);
    if (before.steps.length === after.steps.length) return after.steps[before.stepAt(time)].at;
    return after.steps[after.stepAt((time / before.seconds) * after.seconds)].at;
  }

  $("wish-length").addEventListener("input", say);
  $("wish-length").addEventListener("change", () => {
    keep({ seconds: parts.plans[Number($("wish-length").value)].seconds });
    apply();
  });
  for (const name of ["voice", "background"]) {
    controls[name].addEventListener("input", () => {
      keep({ [name]: Number(controls[name].value) / 100 });
      say();
      if (playback.audio === living) living.volumes(wanted());
    });
    controls[name].addEventListener("change", () => (playback.audio === living && !isUsual(wanted()) ? show(null) : apply()));
  }
  controls.bed.addEventListener("change", () => {
    keep({ bed: controls.bed.value || null });
    apply();
  });
  for (const name of ["ready", "after"]) {
    controls[name].addEventListener("change", () => {
      keep({ [name]: Number(controls[name].value) });
      apply();
    });
  }
  $("wishes-usual").addEventListener("click", () => {
    keep({ ...usual, seconds: session.seconds });
    apply();
  });

  /** The recorded file takes over, at the nearest place. */
  function fallBack(why, play = false) {
    const { steps: before, time } = playback;
    const steps = recorded();
    changed(session, steps, null, same(before, steps, time), play);
    show(why);
    tell(t(why));
  }

  living.addEventListener("stopped", () => {
    // a laptop that slept is no phone whose screen was locked
    if (!matchMedia("(pointer: coarse)").matches) return;
    memory.set("stops when locked", true);
    fallBack("wish_phone");
  });
  living.addEventListener("failed", () => fallBack("wish_missing", true));
  playback.addEventListener("time", () => {
    const waits = playback.audio === living ? living.waits : 0;
    $("getting-ready").hidden = waits <= 0;
    if (waits > 0) $("getting-ready").textContent = t("wish_begins", { time: clock(Math.ceil(waits)) });
  });
  return { of, living };
}

globalThis.voiceguide.living = { Parts, Mix };
