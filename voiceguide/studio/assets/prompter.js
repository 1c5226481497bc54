// The prompter: one line at a time, read aloud, judged, heard, kept.
import { ask } from "./connection.js";
import { make } from "./dom.js";
import { hear, quiet } from "./hear.js";
import { judgementOf } from "./judgement.js";
import { inWords } from "./messages.js";
import { NoMicrophone, openMicrophone } from "./microphone.js";
import { addScreen } from "./screens.js";
import { Recording, levelOf, wavOf } from "./take.js";
import { takeList } from "./takelist.js";
import { say } from "./words.js";

const COUNT = 3;
const BEAT = 700; // ms
const LOUD_ROOM = -48; // dBFS
const CLIPPED = 0.999;
const words = (key, values) => say(`prompter.${key}`, values);
const button = (text, act, attributes = {}) => make("button", { type: "button", onclick: act, ...attributes }, text);

/** Adds the screen. `apply` does an edit in the text, `ready` ends when the text has been sent. */
export function addPrompter({ apply, ready, isOpen }) {
  const state = { voice: localStorage.getItem("prompter-voice") ?? "", lines: [], at: 0, doing: "idle", takes: [], take: null, sure: false };
  let microphone = null;
  let recording = null;
  let run = 0; // of recording; what belongs to an older one comes too late

  // -- what is seen

  const list = make("ol", { class: "prompter-lines" });
  const progress = make("p", { class: "progress" });
  const line = make("p", { class: "line", dir: "auto" });
  const was = make("p", { class: "was" });
  const next = make("p", { class: "next", "aria-hidden": "true" });
  const bar = make("i");
  const meter = make("div", { class: "meter", "aria-hidden": "true" }, bar);
  const told = make("p", { class: "tell", role: "status" });
  const verdict = make("div", { class: "verdict", "aria-live": "polite" });
  const key = (name) => make("kbd", { "aria-hidden": "true" }, say(`prompter.keys.${name}`));
  const record = button("", toggle, { class: "primary" });
  const accept = button("", () => choose(state.take), { class: "primary" });
  const listen = button("", () => play(state.take));
  const handsFree = make("input", { type: "checkbox" });
  const actions = make("div", { class: "actions" }, record, accept, listen);
  const takes = takeList({ play, choose: (take) => choose(take, false), drop });
  const finish = make("div", { class: "finish" });
  const wordsOf = make("div", { class: "words" }, line, was);
  const stage = make("section", { class: "stage", tabindex: "-1", "aria-label": words("stage") },
    progress,
    wordsOf,
    make("div", { class: "below" }, meter, told, verdict, actions, takes.element, finish),
    make("footer", {}, next, make("label", { class: "check" }, handsFree, make("span", {}, words("handsFree")))));
  const element = make("div", { class: "prompter" });
  const screen = addScreen({ key: "prompter", element, opened, closed: leave });

  function setup(voices) {
    const name = make("input", { type: "text", value: state.voice, required: true, maxlength: "40", list: "prompter-voices", autocomplete: "off", spellcheck: "false" });
    const problem = make("p", { class: "problem", role: "alert" });
    const form = make("form", { class: "prompter-setup", onsubmit: (event) => {
      event.preventDefault();
      begin(name.value.trim()).catch((error) => { problem.textContent = error.message; });
    } },
      make("h3", {}, words("whose")),
      make("label", {}, words("name"), name), make("datalist", { id: "prompter-voices" }, ...voices.map((voice) => make("option", { value: voice }))),
      problem,
      make("ul", { class: "advice" }, ...["room", "near", "calm", "slip"].map((one) => make("li", {}, words(`advice.${one}`)))),
      make("div", {}, make("button", { type: "submit", class: "primary" }, words("begin"))));
    element.replaceChildren(form);
    name.focus();
  }

  async function opened() {
    if (!isOpen()) {
      element.replaceChildren(make("p", { class: "none" }, words("noScript")));
      return;
    }
    await ready();
    try {
      const known = await ask("prompter", { voice: "" });
      if (state.voice && known.voices.includes(state.voice)) await begin(state.voice);
      else setup(known.voices);
    } catch (error) {
      element.replaceChildren(make("p", { class: "none", role: "alert" }, error.message));
    }
  }

  async function begin(voice) {
    const known = await ask("prompter", { voice });
    localStorage.setItem("prompter-voice", known.voice);
    Object.assign(state, { voice: known.voice, lines: known.lines, speaks: known.speaks, checked: known.checked, language: known.language });
    ask("prompter_ready", { voice }).catch(() => {});
    element.replaceChildren(make("aside", { class: "prompter-side" }, make("div", { class: "prompter-voice" }, make("strong", {}, known.voice), button(words("otherVoice"), () => setup(known.voices), { class: "plain" })), list), stage);
    const wanted = state.wanted ? known.lines.findIndex(({ text }) => text === state.wanted) : -1;
    state.wanted = null;
    await go(wanted >= 0 ? wanted : Math.max(0, known.lines.findIndex((one) => one.state !== "recorded")));
  }

  function drawLines() {
    list.replaceChildren(...state.lines.map((one, index) => make("li", {}, button("", () => go(index), { "aria-current": index === state.at ? "true" : null, class: `state-${one.state}` }))));
    [...list.querySelectorAll("button")].forEach((each, index) => {
      const { text, state: has } = state.lines[index];
      each.append(make("i", { "aria-hidden": "true" }), make("span", { lang: state.language, dir: "auto" }, text), make("span", { class: "hush" }, ` – ${words(`states.${has}`)}`));
    });
    list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    const open = state.lines.filter((one) => one.state !== "recorded").length;
    progress.textContent = words("progress", { at: state.at + 1, count: state.lines.length, open: words(open ? (open === 1 ? "openOne" : "open") : "openNone", { count: open }) });
    finish.replaceChildren();
    if (!open && !state.speaks) finish.replaceChildren(make("p", {}, words("done")), button(words("speakWith", { voice: state.voice }), speakWith, { class: "primary" }));
    else if (!open) finish.replaceChildren(make("p", {}, words("doneSpeaks")));
  }

  function draw() {
    const one = state.lines[state.at];
    if (!one) {
      stage.replaceChildren(make("p", { class: "none" }, words("noLines")));
      return;
    }
    line.textContent = one.text;
    line.lang = state.language ?? "";
    was.textContent = one.was ? words("was", { text: one.was }) : "";
    const after = state.lines[state.at + 1];
    next.textContent = after ? words("next", { text: after.text }) : "";
    drawLines();
    drawState();
  }

  function drawState() {
    const { doing, take, takes: all } = state;
    const busy = doing === "counting" || doing === "recording";
    element.dataset.doing = doing;
    meter.hidden = !busy;
    record.replaceChildren(words(busy ? "stop" : all.length ? "again" : "record"), key(busy || !all.length ? "space" : "again"));
    record.classList.toggle("primary", !take?.useful);
    record.disabled = doing === "judging";
    listen.hidden = !take || busy || doing === "judging";
    accept.hidden = listen.hidden || (take.chosen && state.lines.every((one) => one.state === "recorded"));
    accept.replaceChildren(words(state.sure ? "acceptAnyway" : take?.chosen ? "onward" : "accept"), key("enter"));
    accept.disabled = !take?.useful;
    listen.replaceChildren(words("listen"), key("listen"));
    verdict.replaceChildren(...(take && !busy && doing !== "judging" ? [judgementOf(take)] : []));
    takes.show(busy ? [] : all, take);
  }

  const tell = (text) => {
    if (told.textContent !== text) told.textContent = text;
  };

  function idle(text = words(state.takes.length ? "readyAgain" : "ready")) {
    state.doing = "idle";
    tell(text);
    drawState();
  }

  // -- lines

  const about = () => ({ voice: state.voice, text: state.lines[state.at].text });

  async function go(index) {
    if (index < 0 || index >= state.lines.length) {
      draw();
      return;
    }
    stop();
    Object.assign(state, { at: index, takes: [], take: null, sure: false });
    draw();
    idle();
    stage.focus();
    const mine = run;
    const found = await ask("recorded_takes", about()).catch(failed);
    if (mine !== run || !found) return;
    state.takes = found;
    state.take = found.find((take) => take.chosen) ?? found.at(-1) ?? null;
    idle();
  }

  function failed(error) {
    if (error.message !== "lost") idle(error.message);
  }

  async function choose(take, onward = true) {
    if (!take?.useful || state.doing !== "idle") return;
    if (onward && take.faults.includes("misread") && !state.sure) {
      state.sure = true;
      idle(words("sure"));
      return;
    }
    quiet();
    try {
      const known = await ask("recorded_choose", { ...about(), take: take.key });
      Object.assign(state, { lines: known.lines, takes: known.takes, take: known.takes.find((one) => one.chosen) ?? take, sure: false, speaks: known.speaks });
    } catch (error) {
      failed(error);
      return;
    }
    draw();
    const following = [...state.lines.keys()].map((step) => (state.at + 1 + step) % state.lines.length).find((index) => state.lines[index].state !== "recorded");
    if (!onward || following === undefined) {
      idle(words("kept"));
      finish.querySelector("button")?.focus();
      return;
    }
    await go(following);
    await start();
  }

  async function drop(take) {
    state.takes = await ask("recorded_drop", { ...about(), take: take.key }).catch(failed) ?? state.takes;
    if (state.take?.key === take.key) state.take = state.takes.find((one) => one.chosen) ?? state.takes.at(-1) ?? null;
    idle();
    stage.focus();
  }

  async function play(take) {
    if (!take || state.doing !== "idle") return;
    const found = await ask("recorded_hear", { ...about(), take: take.key }).catch(failed);
    if (found) await hear(found.address);
  }

  async function speakWith() {
    const edit = await ask("recorded_voice", { voice: state.voice }).catch(failed);
    if (edit) apply(edit);
    state.speaks = true;
    screen.close();
  }

  // -- recording

  function toggle() {
    if (state.doing === "recording") return finishTake();
    if (state.doing === "counting") return go(state.at);
    return start();
  }

  async function start() {
    if (state.doing !== "idle" || !state.lines.length) return;
    quiet();
    run += 1;
    const mine = run;
    state.doing = "counting";
    state.sure = false;
    recording = new Recording();
    tell(words("opening"));
    drawState();
    try {
      const opened = await openMicrophone((block) => mine === run && heard(block));
      if (mine !== run) {
        opened.close();
        return;
      }
      microphone = opened;
    } catch (error) {
      if (mine === run) idle(words(`microphone.${error instanceof NoMicrophone ? error.why : "unable"}`));
      return;
    }
    for (let beat = COUNT; beat > 0; beat -= 1) {
      wordsOf.dataset.count = beat; // seen only: who hears the page would have it in the recording
      tell(words("countdown"));
      await new Promise((resolve) => setTimeout(resolve, BEAT));
      if (mine !== run) return;
    }
    delete wordsOf.dataset.count;
    state.doing = "recording";
    recording.begin();
    tell(words(recording.noise > LOUD_ROOM ? "loudRoom" : "speak"));
    drawState();
  }

  function heard(block) {
    recording.add(block);
    const level = levelOf(block);
    bar.style.width = `${Math.max(0, Math.min(100, ((level + 60) / 60) * 100))}%`;
    if (state.doing !== "recording") return;
    if (recording.peak >= CLIPPED) {
      meter.classList.add("clipped");
      tell(words("clipping"));
    }
    if (recording.ended) finishTake();
  }

  function stop() {
    run += 1;
    quiet();
    microphone?.close();
    microphone = null;
    delete wordsOf.dataset.count;
    meter.classList.remove("clipped");
    if (state.doing !== "idle") state.doing = "idle";
  }

  async function finishTake() {
    const { rate } = microphone;
    const ended = recording.ended;
    const samples = recording.samples();
    stop();
    if (ended === "nothing") {
      idle(words("nothing"));
      return;
    }
    const mine = run;
    state.doing = "judging";
    tell(words("judging"));
    drawState();
    const file = wavOf(samples, rate);
    const address = URL.createObjectURL(file);
    const heardAgain = hear(address).finally(() => URL.revokeObjectURL(address));
    try {
      const { take, takes: all } = await ask("record", { ...about(), upload: await upload(file) });
      if (mine !== run) return;
      state.takes = all;
      state.take = all.find((one) => one.key === take);
      idle(words(state.take.faults.length ? "judged" : "judgedGood"));
      stage.focus();
    } catch (error) {
      if (mine === run) failed(error);
      return;
    }
    await heardAgain;
    if (mine === run && handsFree.checked && state.doing === "idle" && state.take && !state.take.faults.length) await choose(state.take);
  }

  async function upload(file) {
    const answer = await fetch("/uploads", { method: "POST", headers: { "content-type": "audio/wav" }, body: file });
    if (!answer.ok) throw new Error(inWords(await answer.text()));
    return (await answer.json()).upload;
  }

  function leave() {
    stop();
    Object.assign(state, { takes: [], take: null });
    element.replaceChildren();
  }

  // -- keys

  const act = { " ": toggle, r: start, Enter: () => choose(state.take), p: () => play(state.take), ArrowDown: () => go(state.at + 1), ArrowUp: () => go(state.at - 1) };
  element.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey || !stage.isConnected) return;
    if (press.target.closest("button, input, select, form")) return;
    const does = act[press.key.length === 1 ? press.key.toLowerCase() : press.key];
    if (!does) return;
    press.preventDefault();
    if (!press.repeat) Promise.resolve(does()).catch(failed);
  });

  return {
    /** Opens it at a line. */
    at(voice, text) {
      Object.assign(state, { voice, wanted: text });
      return screen.open();
    },
  };
}
