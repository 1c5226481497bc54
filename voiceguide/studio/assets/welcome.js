// The first minute: a routine is heard, its first sentence changed, and something of one's own made of it.
import { ask, on } from "./connection.js";
import { make } from "./dom.js";
import { isPlaying, onPlayback, pause, play } from "./playback.js";
import { say } from "./words.js";

const OFFERED = ["three-minute-wake", "bedtime-unwind", "four-seven-eight", "desk-break"];
const TYPING = 120; // ms without a key before a sentence is taken
const words = (key) => say(`trying.${key}`);

export function welcomeIn(parent, { begin, failed }) {
  let routine = null;
  let text = "";
  let place = { from: 0, to: 0 };
  let events = [];
  let timer;
  let changed = false;

  const chips = make("div", { class: "chips", role: "radiogroup", "aria-label": words("pick") });
  const sentence = make("input", { type: "text", id: "first-sentence", maxlength: "300", autocomplete: "off", dir: "auto", oninput: typed, onkeydown: (press) => press.key === "Enter" && listen(true) });
  const listening = make("button", { type: "button", class: "primary", onclick: () => listen(!isPlaying()) }, words("listen"));
  const mine = make("button", { type: "button", onclick: () => begin(routine, whole()).catch(failed) }, words("mine"));
  const heard = make("p", { class: "heard-now", "aria-live": "off", dir: "auto" });
  const card = make("div", { class: "trial" }, make("label", { for: "first-sentence" }, words("sentence")), sentence, make("div", { class: "choices" }, listening, mine), heard);
  const empty = make("button", { type: "button", class: "plain", onclick: () => begin(null, null).catch(failed) }, words("empty"));

  const whole = () => (changed ? text.slice(0, place.from) + (sentence.value.trim() || text.slice(place.from, place.to)) + text.slice(place.to) : null);

  async function pick(name) {
    routine = name;
    changed = false;
    events = [];
    heard.textContent = "";
    if (isPlaying()) await pause();
    const opened = await ask("try", { routine: name });
    ({ text } = opened);
    place = { from: opened.from, to: opened.to };
    sentence.value = text.slice(place.from, place.to);
    listening.textContent = words("listen");
  }

  function typed() {
    changed = true;
    listening.textContent = words(isPlaying() ? "stop" : "again");
    clearTimeout(timer);
    timer = setTimeout(take, TYPING);
  }

  async function take() {
    clearTimeout(timer);
    timer = null;
    await ask("text", { text: whole() ?? text }).catch(failed);
  }

  async function listen(start) {
    try {
      if (timer) await take();
      if (isPlaying()) await pause();
      if (start) await play({ seconds: 0 });
    } catch (error) {
      failed(error);
    }
  }

  on("plan", ({ timeline }) => {
    if (!parent.hidden && timeline) ({ events } = timeline);
  });
  onPlayback(({ playing, seconds, waiting }) => {
    if (parent.hidden) return;
    listening.textContent = words(playing ? "stop" : changed ? "again" : "listen");
    const now = events.find(({ kind, start, end }) => kind === "speech" && seconds >= start && seconds < end);
    if (waiting) heard.textContent = words("loading");
    else if (now && playing) heard.textContent = now.text;
    else if (!playing) heard.textContent = "";
  });

  return {
    async show() {
      parent.hidden = false;
      parent.replaceChildren(make("h1", { id: "welcome-title" }, say("welcome")), make("p", {}, say("welcomeLead")), chips, card, empty);
      for (const other of document.querySelectorAll("body > header, body > main, body > .timeline")) other.inert = true;
      const known = await ask("routines");
      const offered = OFFERED.flatMap((name) => known.filter((one) => one.name === name));
      chips.replaceChildren(...offered.map(({ name, title }, index) => make("label", { class: "chip" }, make("input", { type: "radio", name: "routine", value: name, checked: index === 0, onchange: () => pick(name).catch(failed) }), make("span", { dir: "auto" }, title))));
      if (offered.length) await pick(offered[0].name);
    },
    hide() {
      parent.hidden = true;
      for (const other of document.querySelectorAll("body > [inert]")) other.inert = false;
    },
  };
}
