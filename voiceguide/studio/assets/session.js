// The session: its length, voice, sounds, levels and names. Everything that is set is written into the front matter.
import { choice, slider } from "./choices.js";
import { ask } from "./connection.js";
import { make } from "./dom.js";
import { lengthPart } from "./length.js";
import { inWords } from "./messages.js";
import { peoplePart } from "./people.js";
import { language as spoken, say } from "./words.js";

const words = (key, values) => say(`session.${key}`, values);
const BUSES = ["voice", "breath", "chimes", "bed"];
const LANGUAGES = ["en", "en-GB", "en-US", "de", "fr", "es", "it", "pt", "nl"];
const short = (voice) => voice.replace(/^\w+:/, "");
const decibels = (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)} dB`;
const factor = (value) => value.toLocaleString(spoken, { minimumFractionDigits: 2 });

export function sessionPanel({ change, ready, undo, failed }) {
  let settings = null;
  let waiting = 0; // changes that are not in the text yet
  let asked = 0;
  let last = Promise.resolve();
  /** One change after another; what is shown is looked up again when the last one is done. */
  const inTurn = (op, values) => {
    waiting += 1;
    last = last.then(() => change(op, values)).finally(() => {
      waiting -= 1;
    });
    return last;
  };
  const set = (path, value) => inTurn("set", { path, value });
  let known = { language: null, best: "", voices: [] };

  // -- voice

  const voices = choice("voice", words("voice"), (value) => set("voice", value === "auto" ? null : value));
  const more = make("details", { class: "more-voices" }, make("summary", {}, words("moreVoices")));
  const others = choice("other-voice", words("moreVoices"), (value) => set("voice", value));
  more.append(others.element);
  const pace = slider(words("pace"), { min: 0.5, max: 1.5, step: 0.05, text: factor, change: (value) => setPace(value, calms.checked ? Math.min(value, settings.pace[1]) : value) });
  const lastPace = slider(words("lastPace"), { min: 0.5, max: 1.5, step: 0.05, text: factor, change: (value) => setPace(settings.pace[0], value) });
  const calms = make("input", { type: "checkbox", onchange: () => setPace(settings.pace[0], calms.checked ? Math.max(0.5, Math.round((settings.pace[0] - 0.1) * 100) / 100) : settings.pace[0]) });
  const commas = slider(words("phrasing"), { min: 0, max: 1.5, step: 0.1, text: (value) => (value ? say("inSeconds", { count: value.toLocaleString(spoken) }) : words("ownPauses")), change: (value) => set("phrasing", value ? `${Math.round(value * 10) / 10}s` : "none") });
  const suits = make("button", { type: "button", class: "plain small", onclick: () => set("phrasing", null) }, words("suitsVoice"));

  function setPace(first, end) {
    settings.pace = [first, end];
    const plain = first === 1 && end === 1;
    set("pace", plain ? null : first === end ? first : `${first}..${end}`);
  }

  // -- sounds

  const beds = choice("bed", words("bed"), (value) => set("bed", value === "none" ? null : value));
  const chimes = choice("chimes", words("chimes"), (value) => setChimes(value, settings.chimes.breath));
  const breaths = choice("breath", words("breath"), (value) => setChimes(settings.chimes.struck, value));

  function setChimes(struck, breath) {
    settings.chimes = { struck, breath };
    const parts = [struck === "bowl" ? null : struck, breath === "plain" ? null : breath].filter(Boolean);
    set("chimes", parts.length ? parts.join(" ") : null);
  }

  // -- levels

  const levels = Object.fromEntries(BUSES.map((bus) => [bus, slider(say(`lanes.${bus}`), { min: -18, max: 12, step: 1, text: decibels, change: (value) => set(["levels", bus], value ? `${value}dB` : null) })]));
  const ducking = slider(words("ducking"), { min: 0, max: 18, step: 1, text: (value) => (value ? words("sinks", { decibels: `${value} dB` }) : words("stays")), change: setDucking });
  const profiles = choice("profile", words("profile"), (value) => set("profile", value === "podcast" ? null : value));
  const rooms = choice("room", words("room"), (value) => set("room", value === "small" ? null : value));
  const sleep = make("input", { type: "checkbox", onchange: () => set("sleep", sleep.checked ? true : null) });
  const tongue = make("select", { "aria-label": words("language"), onchange: () => set("language", tongue.value === "en" ? null : tongue.value) });

  function setDucking(value) {
    const { lead, release } = settings.ducking;
    const usual = lead === 0.3 && release === 1.25;
    if (value === 7 && usual) set("ducking", null);
    else if (usual) set("ducking", value ? `${value}dB` : "none");
    else set(["ducking", "depth"], `${value}dB`);
  }

  // -- together

  const length = lengthPart({ change: inTurn });
  const people = peoplePart({ set, failed });
  const box = (input, text) => make("label", { class: "check" }, input, make("span", {}, text));
  const part = (key, ...content) => make("details", { class: `part part-${key}`, open: key === "length" || key === "voice" }, make("summary", {}, words(`parts.${key}`), make("span", { class: "now" })), make("div", {}, ...content));
  const parts = {
    length: part("length", length.element),
    voice: part("voice", voices.element, more, pace.element, box(calms, words("calms")), lastPace.element, commas.element, suits),
    bed: part("bed", beds.element),
    chimes: part("chimes", chimes.element, breaths.element),
    levels: part("levels", ...BUSES.map((bus) => levels[bus].element), ducking.element, rooms.element, profiles.element, box(sleep, words("sleep"))),
    language: part("language", tongue),
    names: part("names", people.element),
  };
  const element = make("section", { class: "session" }, ...Object.values(parts));
  element.addEventListener("keydown", (press) => {
    const typing = press.target.matches("input[type=text], textarea");
    if ((press.ctrlKey || press.metaKey) && press.key.toLowerCase() === "z" && !typing) {
      press.preventDefault();
      undo(press.shiftKey);
    }
  });

  const sample = (what, name) => () => ask("sample", { what, name });
  const now = (key, text) => {
    parts[key].querySelector(".now").textContent = text;
  };

  function showVoices() {
    const about = (voice) => [words(`quality.${voice.quality}`), voice.gender ? words(voice.gender) : null, voice.language].filter(Boolean).join(" · ");
    const row = (voice) => ({ value: voice.name, label: short(voice.name), about: about(voice), fault: inWords(voice.fault), sample: sample("voice", voice.name) });
    const isPlain = ({ name, quality }) => quality === "synthetic" && name !== known.best;
    const auto = { value: "auto", label: words("auto"), about: known.best ? words("autoIs", { voice: short(known.best) }) : "", sample: sample("voice", "auto") };
    const chosen = known.voices.find(({ name }) => name === settings.voice || short(name) === settings.voice)?.name ?? settings.voice;
    voices.show([auto, ...known.voices.filter((voice) => !isPlain(voice)).map(row)], chosen);
    const rest = known.voices.filter(isPlain);
    others.show(rest.map(row), chosen);
    more.hidden = rest.length === 0;
    if (rest.some(({ name }) => name === chosen)) more.open = true;
  }

  function showSounds(told) {
    const name = (kind, value) => {
      const text = words(`${kind}.${value}`);
      return text.startsWith("session.") ? value : text;
    };
    beds.show([{ value: "none", label: words("noBed") }, ...told.beds.map((value) => ({ value, label: name("beds", value), sample: sample("bed", value) }))], settings.bed ?? "none");
    chimes.show(told.chimes.map((value) => ({ value, label: name("sounds", value), sample: sample("chime", value) })), settings.chimes.struck);
    breaths.show(told.breaths.map((value) => ({ value, label: name("breaths", value), sample: sample("breath", value) })), settings.chimes.breath);
    profiles.show(Object.entries(told.profiles).map(([value, loudness]) => ({ value, label: words(`profiles.${value}`), about: `${loudness} LUFS` })), settings.profile);
    rooms.show(told.rooms.map((value) => ({ value, label: words(`rooms.${value}`) })), settings.room);
    now("bed", settings.bed ? name("beds", settings.bed) : words("noBed"));
    now("chimes", `${name("sounds", settings.chimes.struck)} · ${name("breaths", settings.chimes.breath)}`);
  }

  function showValues() {
    const [first, end] = settings.pace;
    pace.show(first);
    lastPace.show(end);
    calms.checked = first !== end;
    lastPace.element.hidden = first === end;
    commas.show(settings.phrasing ?? 0.6);
    suits.hidden = settings.phrasing === null;
    for (const bus of BUSES) levels[bus].show(settings.levels[bus]);
    ducking.show(settings.ducking.depth_db);
    sleep.checked = settings.sleep;
    const tags = [...new Set([...LANGUAGES, settings.language])];
    const names = new Intl.DisplayNames([spoken], { type: "language" });
    tongue.replaceChildren(...tags.map((tag) => make("option", { value: tag, selected: tag === settings.language }, named(names, tag))));
    now("language", named(names, settings.language));
    now("levels", words(`profiles.${settings.profile}`));
  }

  async function refresh() {
    if (element.hidden || waiting) return;
    asked += 1;
    const own = asked;
    try {
      await ready();
      const told = await ask("session");
      if (waiting || own !== asked) return;
      settings = told.settings;
      if (known.language !== settings.language) known = await ask("voices");
      showVoices();
      showSounds(told);
      showValues();
      now("voice", short(told.speaks ?? settings.voice));
      now("names", told.variables.length ? String(told.variables.length) : "");
      if (told.variables.some(({ value }) => value === null)) parts.names.open = true;
      await Promise.all([people.show(told.variables), length.refresh()]);
    } catch (error) {
      failed(error);
    }
  }

  return {
    key: "session",
    element,
    shown: refresh,
    /** There is a new plan. */
    refresh,
    /** Another script is open. */
    clear() {
      known = { language: null, best: "", voices: [] };
    },
  };
}

function named(names, tag) {
  try {
    return names.of(tag);
  } catch {
    return tag;
  }
}
