/* Puts the parts together: which page is shown, what keys and buttons do. */

const { pack, timelines } = globalThis.voiceguide;
const playback = new Playback($("audio"));
const pages = ["list", "player", "eyes"];
const packTitle = document.title;
// the page's name
let shown = null;
// counts openings, so that a slow one does not come in late
let wanted = 0;
// the eyes-closed mode was entered from the player, so that "back" leads there
let fromPlayer = false;

const tell = (() => {
  let timer = null;
  return (text) => {
    $("told").textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => $("told").replaceChildren(), 10_000);
  };
})();

const showList = list(pack, tell);
const playerView = view(playback, tell);
const eyesView = eyes(playback, act);
headset(playback, pack, act);

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
    const forth = what === "forth" || what === "chapterForth";
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

/** `#/` is the list, `#/name` a session, `#/name/12.5` a time in it, `#/name/eyes-closed` the mode. */
async function route() {
  const [name, rest] = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  const session = pack.sessions.find((row) => row.name === name);
  const turn = ++wanted;
  if (!session) {
    playback.close();
    awake.update(false);
    show("list");
    return;
  }
  if (playback.session !== session && !(await opened(session, turn))) return;
  const seconds = Number(rest || NaN);
  if (Number.isFinite(seconds)) {
    playback.seek(seconds);
    history.replaceState(null, "", address(session));
  }
  fromPlayer = rest === "eyes-closed" && shown === "player";
  show(rest === "eyes-closed" ? "eyes" : "player");
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
      tell("This session is not kept on this device, and there is no network.");
    }
    return false;
  }
  if (turn !== wanted) return false;
  playback.open(session, new Steps(timelines.get(session.name)));
  playerView.open();
  tell("");
  return true;
}

function show(name) {
  const before = shown;
  shown = name;
  if (before === "eyes" && name !== "eyes") eyesView.close();
  for (const page of pages) $(page).hidden = page !== name;
  $("foot").hidden = name === "eyes";
  document.documentElement.classList.toggle("dark-room", name === "eyes");
  document.title = name === "list" ? packTitle : `${playback.session.title} · ${packTitle}`;
  if (name === "list") showList();
  if (name === "player") playerView.update();
  if (name === "eyes") eyesView.open();
  if (name === before || before === null) return;
  scrollTo(0, 0);
  (name === "eyes" ? $("surface") : $(name).querySelector("h1")).focus({ preventScroll: true });
}

function key(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || !playback.session) return;
  const { target } = event;
  if (target.closest?.("select") || (target.id === "position" && event.key !== "Escape")) return;
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
  const { documentElement: root } = document;
  const look = (value) => (value ? (root.dataset.look = value) : delete root.dataset.look);
  $("look").value = memory.get("look", "");
  look($("look").value);
  $("look").addEventListener("change", () => {
    memory.set("look", $("look").value);
    look($("look").value);
  });
  $("speed").value = String(playback.speed);
  $("speed").addEventListener("change", () => playback.setSpeed(Number($("speed").value)));
  $("timer").addEventListener("change", () => {
    const { value } = $("timer");
    playback.setTimer(value === "" ? null : value === "end" ? "end" : Number(value));
    tell(value ? `The sound will fade out ${value === "end" ? "with the session" : `in ${value} minutes`}.` : "The sleep timer is off.");
  });
  for (const name of ["awake", "letters"]) {
    $(name).checked = memory.get(name, name === "letters");
    $(name).addEventListener("change", () => {
      memory.set(name, $(name).checked);
      keepAwake();
    });
  }
  $("awake-row").hidden = !awake.possible;
}

const keepAwake = () => awake.update($("awake").checked && playback.playing);

playback.addEventListener("state", keepAwake);
playback.addEventListener("trouble", () => {
  if (shown === "eyes") tones.answer("trouble");
  tell("The sound can't be played: there is no network, or the file is missing.");
});
playback.addEventListener("listened", async () => {
  if (!offline.possible || offline.sparing() || (await offline.isKept(playback.session))) return;
  // what has been played stays on the device
  await offline.keep(playback.session).catch(() => {});
});
addEventListener("hashchange", route);
document.addEventListener("keydown", key);
document.addEventListener("click", click);
$("links").replaceChildren(...pack.links.flatMap(([label, path]) => [make("a", { href: path }, label), " "]));
settings();
route();
offline
  .start((letIn) => {
    $("renewed").hidden = false;
    $("renew").onclick = () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
      letIn();
    };
  })
  .then(() => offline.refresh(pack.sessions))
  .catch(() => {});
