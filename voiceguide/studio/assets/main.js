// The studio's page: text and timeline are two views of one script.
import { ask, connect, on } from "./connection.js";
import { byId, clock, make, tellPerson } from "./dom.js";
import { editorIn } from "./editor.js";
import { filesIn } from "./files.js";
import { findingsPanel } from "./findings.js";
import { quiet } from "./hear.js";
import { importingIn } from "./importing.js";
import { makingScreen } from "./making.js";
import { inWords } from "./messages.js";
import { isPlaying, onPlayback, pause, play, position } from "./playback.js";
import { addPrompter } from "./prompter.js";
import { reviewPanel } from "./review.js";
import { sessionPanel } from "./session.js";
import { sideIn } from "./side.js";
import { timelineIn } from "./timeline.js";
import { voicePanel } from "./voice.js";
import { welcomeIn } from "./welcome.js";
import { language, say } from "./words.js";

const TYPING = 30; // ms without a key before the text is sent
const IDLE = 1500; // ms before it is saved

let name = null;
let typing;
let idle;
let lastLine = null;
let sent = 0; // texts of this script, so that it is known which one a finding is about

document.documentElement.lang = language;
const label = (id, text) => {
  byId(id).textContent = text;
};
label("play", say("play"));
label("play-here", say("playHere"));
document.querySelector(".check span").textContent = say("loop");
byId("side").setAttribute("aria-label", say("panels.all"));
byId("timeline").setAttribute("aria-label", say("timeline"));
byId("files").setAttribute("aria-label", say("files"));

const editor = editorIn(byId("editor"), { changed, moved, save, commented });
const timeline = timelineIn(byId("timeline"), { play: (seconds) => start({ seconds }), move, go: ({ line, column }) => editor.go(line, column, false) });
const findings = findingsPanel({ editor });
const ready = async () => typing && send();
const cursor = () => editor.cursor();
const prompter = addPrompter({ apply: (edit) => editor.apply(edit), ready, isOpen: () => name !== null });
const voice = voicePanel({ cursor, apply: (edit) => editor.apply(edit), ready, prompt: (of, text) => prompter.at(of, text) });
const review = reviewPanel({ cursor, position, editor, play: (seconds) => start({ seconds }), ready: saveNow, failed, changed: reviewed });
const session = sessionPanel({ change, ready, undo: (again) => editor.undo(again), failed });
const side = sideIn(byId("side"), [findings, session, voice, review]);
const welcome = welcomeIn(byId("welcome"), { begin, failed });
const importing = importingIn({ open, refresh: () => files.refresh() });
const files = filesIn(byId("files"), { open, current: () => name, close: closed, choose: importing.choose });
const making = makingScreen({ current: () => name, save: saveNow, refresh: () => files.refresh() });

function failed(error) {
  if (error.message === "lost") return;
  if (error.conflict) conflict(error.conflict);
  else tellPerson(error.message);
}

function state(key) {
  label("state", key ? say(key) : "");
}

// -- the script

async function open(wanted, text = null) {
  if (wanted.endsWith(".yaml")) {
    await making.openPack(wanted);
    return;
  }
  if (wanted !== name) {
    await saveNow();
    if (isPlaying()) await pause();
    timeline.clear();
    const opened = await ask("open", { name: wanted });
    name = opened.name;
    sent = 0;
    editor.show(opened.text);
    findings.clear();
    session.clear();
    label("title", name.replace(/\.md$/, ""));
    document.title = `${name.replace(/\.md$/, "")} – voiceguide studio`;
    state("planning");
    document.body.classList.add("opened");
    welcome.hide();
    for (const id of ["play", "play-here"]) byId(id).disabled = false;
    history.replaceState(null, "", `#${encodeURIComponent(name)}`);
    if (byId("files").contains(document.activeElement)) editor.view.focus(); // it would be lost with the list
    files.draw();
    hideFiles();
    review.refresh();
    voice.moved();
  }
  if (text !== null) editor.replace(text);
}

function closed() {
  name = null;
  document.body.classList.remove("opened");
  for (const id of ["play", "play-here"]) byId(id).disabled = true;
  label("title", "");
  state("");
}

function changed() {
  state("saving");
  clearTimeout(typing);
  typing = setTimeout(send, TYPING);
  clearTimeout(idle);
  idle = setTimeout(() => save(), IDLE);
}

function send() {
  clearTimeout(typing);
  typing = null;
  sent += 1;
  return ask("text", { text: editor.text() }).catch(failed);
}

async function save() {
  await saveNow();
}

async function saveNow() {
  clearTimeout(idle);
  if (name === null) return;
  if (typing) await send();
  try {
    await ask("save");
    state("saved");
    if (review.follows()) review.refresh();
  } catch (error) {
    failed(error);
  }
}

function conflict({ now }) {
  const theirs = now ? make("button", { type: "button", onclick: () => editor.replace(now.text) }, say("takeTheirs")) : null;
  const mine = make("button", { type: "button", onclick: () => ask("overwrite", { mark: now?.mark ?? null }).then(() => state("saved")).catch(failed) }, say("keepMine"));
  const buttons = make("span", { class: "choices" }, mine, theirs);
  const notice = findings.notice(say(now ? "conflict" : "gone", { name }), " ", buttons);
  for (const button of buttons.children) button.addEventListener("click", () => notice.remove());
  side.choose("findings");
}

// -- the plan

on("plan", ({ timeline: planned }) => {
  if (planned) timeline.update(planned);
  session.refresh();
  if (byId("state").textContent === say("planning")) state("");
  showClock();
});
on("findings", showFindings);
on("loudness", ({ course }) => timeline.loudness(course));

function showFindings({ findings: found, number }) {
  const rows = found.map((row) => ({ ...row, message: `${row.where ? `${row.where}: ` : ""}${inWords(row.message)}`, hint: inWords(row.hint) }));
  editor.findings(rows, number === sent && !typing);
  findings.show(rows);
  side.count("findings", rows.length);
}

/** Asks for an edit and does it; again, when something was typed meanwhile. */
async function change(op, values, follow = false) {
  try {
    for (;;) {
      if (typing) await send();
      const before = editor.view.state.doc;
      const edit = await ask(op, values);
      if (editor.view.state.doc !== before) continue;
      if (edit) editor.apply(edit, follow);
      return;
    }
  } catch (error) {
    failed(error);
  }
}

function move(action, { line, column }, amount) {
  return change("move", { action, line, column, amount }, true);
}

// -- review

function commented(key) {
  side.choose("review");
  review.point(key);
}

function reviewed({ state: stands, comments }) {
  const open = comments.filter((one) => !one.done);
  editor.comments(open.filter(({ line }) => line !== null));
  timeline.comments(open);
  side.count("review", open.length);
  document.body.dataset.review = stands;
}

// -- sound

async function start(from) {
  if (name === null) return;
  quiet();
  if (typing) await send();
  const repeats = byId("loop").checked;
  if (repeats) {
    const { start: first, end } = timeline.chapterAt(from.seconds ?? position());
    from = { loop: [first, end] };
  }
  await play(from).catch(failed);
}

byId("play").addEventListener("click", () => (isPlaying() ? pause().catch(failed) : start({ seconds: timeline.length() > position() + 0.2 ? position() : 0 })));
byId("play-here").addEventListener("click", () => start(editor.cursor()));

onPlayback(({ playing, seconds, waiting }) => {
  const button = byId("play");
  button.textContent = say(playing ? "pause" : "play");
  button.classList.toggle("playing", playing);
  timeline.head(seconds, playing);
  const event = timeline.at(seconds);
  const line = playing && event ? event.line : null;
  if (line !== lastLine) {
    lastLine = line;
    editor.heard(line, !editor.view.hasFocus);
  }
  if (waiting) state("waiting");
  else if (byId("state").textContent === say("waiting")) state("");
  showClock();
});

function showClock() {
  review.places();
  label("clock", `${clock(position())} / ${clock(timeline.length())}`);
}

function moved() {
  const { line, column } = editor.cursor();
  timeline.chooseAt(line, column);
  review.places();
  voice.moved();
}

document.addEventListener("keydown", (press) => {
  if (press.key === " " && (press.ctrlKey || press.metaKey || press.target === document.body)) {
    press.preventDefault();
    byId("play").click();
  }
  if (press.key === "Escape") hideFiles();
});

// -- the folder

const showing = byId("show-files");
showing.setAttribute("aria-label", say("files"));
showing.textContent = "☰";
showing.addEventListener("click", () => {
  const shown = document.body.classList.toggle("files-shown");
  if (shown) files.lookUp();
  showing.setAttribute("aria-expanded", String(shown));
});

function hideFiles() {
  document.body.classList.remove("files-shown");
  showing.setAttribute("aria-expanded", "false");
}

/** Something of one's own: a copy of a routine, with its text as it was changed (null: as it is), or the template. */
async function begin(routine, text) {
  const free = routine ?? "first-session";
  if (isPlaying()) await pause();
  await ask("new", { name: `${free}.md`, routine });
  await files.refresh();
  await open(`${free}.md`, text);
}

on("second", ({ place }) => {
  findings.notice(say("making.second", { place }));
});

on("lost", () => {
  document.body.classList.add("lost");
  findings.notice(say("connectionLost"));
  side.choose("findings");
});

window.addEventListener("beforeunload", () => {
  if (typing) send();
});

await connect();
const { names } = await files.refresh();
const wanted = decodeURIComponent(location.hash.slice(1));
if (names.includes(wanted)) await open(wanted).catch(failed);
else if (names.length) document.body.classList.add("files-shown");
else await welcome.show().catch(failed);
document.body.classList.add("ready");
