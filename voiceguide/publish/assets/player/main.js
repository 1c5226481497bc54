/* Puts the parts together: which page is shown, what keys and buttons do. */

const { pack, timelines } = globalThis.voiceguide;
const playback = new Playback($("audio"));
const pages = ["list", "player", "eyes", "downloads"];
const packTitle = document.title;
const { documentElement: root } = document;
// shown in a frame of another page; a session that it opens with stands alone there
const embedded = new URLSearchParams(location.search).has("embed");
// the page's name
let shown = null;
// counts openings, so that a slow one does not come in late
let wanted = 0;
// the eyes-closed mode was entered from the player, so that "back" leads there
let fromPlayer = false;
// a session was asked for to be played at once
let playOnArrival = false;

const tell = (() => {
  let timer = null;
  return (text) => {
    $("told").textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => $("told").replaceChildren(), 10_000);
  };
})();

const practice = plan(pack);
const sessionList = list(pack, playAt);
const showDownloads = downloads(pack, tell);
const playerView = view(playback, pack, tell);
const eyesView = eyes(playback, act);
breath.start(playback, [breath.figure($("breath")), breath.figure($("dim-breath"))]);
headset(playback, pack, act);
const ownWishes = wishes(playback, pack, tell, changed);
playback.hear(ownWishes.living);

/** Does what a button, key, gesture or headset asks for, and answers with a tone where eyes are closed. */
function act(what, andPlay = false) {
  if (!playback.session) return;
  const dark = shown === "eyes";
  const tone = { toggle: playback.playing ? "pause" : "go", play: "go", pause: "pause", stop: "stop" }[what];
  if (what === "toggle") playback.toggle();
  else if (what === "play") playback.play();
  else if (what === "pause") playback.pause();
  else if (what === "stop") stop();
  else {
    const moved = playback.go(what);
    const forth = ["forth", "chapterForth", "later"].includes(what);
    if (dark) tones.answer(moved ? (forth ? "forth" : "back") : "end");
    else if (what.startsWith("chapter")) tell(playback.steps.chapters[playback.steps.chapterAt(playback.time)]?.title ?? "");
    if (moved && andPlay && !playback.playing) playback.play();
    return;
  }
  if (dark) tones.answer(tone);
}

function stop() {
  playback.pause();
  if (shown === "eyes") leaveEyes();
  else if (shown === "player") location.hash = "#/";
}

function leaveEyes() {
  if (fromPlayer) history.back();
  else location.replace(address(playback.session));
}

/** Opens a session, and plays it: the browser still counts the tap as its reason. */
function playAt(session) {
  playOnArrival = true;
  location.hash = address(session);
}

/** `#/` is the list, `#/name` a session, `#/name/12.5` a time in it, `#/name/eyes-closed` the mode; `#downloads` is what
 * is kept. */
async function route() {
  const [name, rest] = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  const session = pack.sessions.find((row) => row.name === name);
  const turn = ++wanted;
  if (!session) {
    playback.close();
    awake.update(false);
    show(location.hash === "#downloads" && offline.possible ? "downloads" : "list");
    return;
  }
  const play = playOnArrival;
  playOnArrival = false;
  if (playback.session !== session && !(await opened(session, turn))) return;
  const seconds = Number(rest || NaN);
  if (Number.isFinite(seconds)) {
    playback.seek(seconds);
    history.replaceState(null, "", address(session));
  }
  fromPlayer = rest === "eyes-closed" && shown === "player";
  show(rest === "eyes-closed" ? "eyes" : "player");
  if (play || fromPlayer) playback.play();
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function opened(session, turn) {
  try {
    if (!timelines.has(session.name)) await load.script(session.data);
  } catch {
    if (turn === wanted) {
      show("list");
      tell(t("not_kept"));
    }
    return false;
  }
  if (turn !== wanted) return false;
  const timeline = timelines.get(session.name);
  if (timeline.audio !== session.sound) {
    // the words are of a newer version than this page, and of other sound
    show("list");
    renewed();
    return false;
  }
  const own = await ownWishes.of(session);
  if (turn !== wanted) return false;
  changed(session, own?.steps ?? new Steps(timeline, session.seconds), own?.source);
  tell("");
  return true;
}

/** Opens a session as it is wanted now. */
function changed(session, steps, source = null, at = null, play = false) {
  playback.open(session, steps, source, at);
  $("speed").disabled = source !== null;
  $("speed-note").textContent = t(source ? "wish_speed" : "speed_note");
  playerView.open();
  if (play) playback.play();
}

function show(name) {
  const before = shown;
  if (before === "list" && name !== "list") sessionList.leave();
  shown = name;
  if (before === "eyes" && name !== "eyes") eyesView.close();
  for (const page of pages) $(page).hidden = page !== name;
  $("foot").hidden = name === "eyes";
  root.classList.toggle("dark-room", name === "eyes");
  document.title = !playback.session ? packTitle : `${playback.session.title} · ${packTitle}`;
  if (name === "list") {
    practice.show();
    sessionList.show();
  }
  if (name === "downloads") showDownloads();
  if (name === "player") playerView.update();
  if (name === "eyes") eyesView.open();
  if (name === before || before === null) return;
  if (name !== "list") scrollTo(0, 0);
  keepAwake();
  (name === "eyes" ? $("surface") : $(name).querySelector("h1")).focus({ preventScroll: true });
}

function key(event) {
  // many keyboards have brackets on a third level
  const third = "[]".includes(event.key) && (event.altKey || event.getModifierState("AltGraph"));
  if (((event.ctrlKey || event.altKey) && !third) || event.metaKey || !playback.session) return;
  const { target } = event;
  if (target.closest?.("select, .wishes [type=range]") || (target.id === "position" && event.key !== "Escape")) return;
  // does what it does for these
  if (event.key === " " && target.closest?.("button, input, summary")) return;
  const letters = { "[": "chapterBack", "]": "chapterForth", e: "eyes", E: "eyes" };
  const what = { " ": "toggle", ArrowLeft: "back", ArrowRight: "forth", Escape: "stop", ...(memory.get("letters", true) && letters) }[event.key];
  if (!what || (event.repeat && what === "toggle")) return;
  event.preventDefault();
  if (shown === "eyes") tones.ready();
  if (what !== "eyes") act(what, shown === "eyes");
  else if (shown === "player") location.hash = address(playback.session, "eyes-closed");
}

function click(event) {
  const button = event.target.closest("[data-do]");
  if (button) act(button.dataset.do, shown === "eyes");
  const link = event.target.closest("#transcript a, #chapters a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // stays on the page, and plays
  event.preventDefault();
  playback.seek(Number(link.hash.split("/").pop()));
  playback.play();
}

function settings() {
  const look = (value) => (value ? (root.dataset.look = value) : delete root.dataset.look);
  $("look").value = memory.get("look", "");
  look($("look").value);
  $("look").addEventListener("change", () => {
    memory.set("look", $("look").value);
    look($("look").value);
  });
  for (const option of $("speed").options) option.textContent = figure(Number(option.value), 2);
  $("speed").value = String(playback.speed);
  $("speed").addEventListener("change", () => playback.setSpeed(Number($("speed").value)));
  $("timer").addEventListener("change", () => {
    const { value } = $("timer");
    playback.setTimer(value === "" ? null : value === "end" ? "end" : Number(value));
    tell(!value ? t("timer_off") : value === "end" ? t("timer_end") : t("timer_in", { n: Number(value) }));
  });
  const wanted = { awake: false, letters: true, touch: false, contrast: matchMedia("(prefers-contrast: more)").matches };
  for (const [name, otherwise] of Object.entries(wanted)) {
    $(name).checked = memory.get(name, otherwise);
    $(name).addEventListener("change", () => {
      memory.set(name, $(name).checked);
      root.classList.toggle("contrast", $("contrast").checked);
      keepAwake();
    });
  }
  root.classList.toggle("contrast", $("contrast").checked);
  $("text-size").value = memory.get("text size", "1");
  root.style.setProperty("--text", $("text-size").value);
  $("text-size").addEventListener("change", () => {
    memory.set("text size", $("text-size").value);
    root.style.setProperty("--text", $("text-size").value);
  });
  $("awake-row").hidden = !awake.possible;
  $("touch-row").hidden = !breath.possible;
}

/** In the eyes-closed mode the screen stays on by itself: locked, it would take no tap. */
const keepAwake = () => awake.update(playback.playing && (shown === "eyes" || $("awake").checked));

/** Says that the server has a new version, and how to get it; `letIn` lets a waiting one in. */
function renewed(letIn = null) {
  $("renewed").hidden = false;
  if (letIn) {
    $("renew").onclick = () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
      letIn();
    };
    return;
  }
  $("renew").onclick ??= () => location.reload();
  offline.update();
}

function done() {
  const next = practice.nextSession();
  $("done-next").hidden = !next;
  if (next) {
    $("done-next").href = address(next);
    $("done-next").lastElementChild.textContent = next.title;
    $("done-next").lastElementChild.lang = next.language;
  }
  $("done").hidden = false;
  if (shown === "player") $("done").querySelector("h2").focus();
}

playback.addEventListener("state", keepAwake);
playback.addEventListener("done", done);
playback.addEventListener("trouble", async () => {
  if (shown === "eyes") tones.answer("trouble");
  const { session, audio, refused } = playback;
  if (refused === "NotAllowedError") tell(t("trouble_tap"));
  else if (session) tell(await trouble(audio, session, renewed));
});
// what has been played stays on the device, and the page says so
playback.addEventListener("listened", async () => {
  const { session } = playback;
  const kept = await offline.keepHeard(session, pack.sessions).catch(() => false);
  if (kept && shown !== "eyes") tell(t("kept_heard", { size: bytes(session.bytes) }));
});
addEventListener("hashchange", route);
document.addEventListener("keydown", key);
document.addEventListener("click", click);
$("again").addEventListener("click", () => playback.play());
const labels = { "feed.xml": "feed", "programme.ics": "calendar" };
const ends = pack.links.map(([label, path]) => make("a", { href: path }, labels[path] ? t(labels[path]) : label));
if (offline.possible) ends.unshift(make("a", { href: "#downloads" }, t("downloads")));
$("links").replaceChildren(...ends.flatMap((link) => [link, " "]));
root.classList.toggle("embed", embedded);
root.classList.toggle("alone", embedded && location.hash.length > 2);
settings();
offline
  .look(pack.sessions)
  .catch(() => {})
  .then(route)
  .then(() => offline.start(renewed))
  .then(() => offline.refresh(pack.sessions))
  .catch(() => {});
