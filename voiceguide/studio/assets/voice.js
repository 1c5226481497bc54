// The voice of the sentence at the cursor: its takes, each heard at a click, and the choice of one.
import { ask } from "./connection.js";
import { make } from "./dom.js";
import { hear } from "./hear.js";
import { inWords } from "./messages.js";
import { takeList } from "./takelist.js";
import { say } from "./words.js";

const FIRST = 4; // takes that are offered before "more"
const MOVING = 250; // ms that the cursor rests before its sentence is looked for
const words = (key, values) => say(`voice.${key}`, values);

export function voicePanel({ cursor, apply, ready, prompt }) {
  const element = make("section", { class: "voice" });
  let timer;
  let asked = 0;
  let sentence = null;
  let count = FIRST;
  let known = new Map(); // what is known of each take that was heard

  const button = (text, act, attributes = {}) => make("button", { type: "button", onclick: act, ...attributes }, text);
  const place = () => ({ line: sentence.line, column: sentence.column });
  const tell = (text) => element.replaceChildren(make("p", { class: "none" }, text));

  async function look() {
    asked += 1;
    const mine = asked;
    try {
      await ready();
      const found = await ask("sentence", cursor());
      if (mine !== asked) return;
      if (found.text !== sentence?.text || found.voice !== sentence?.voice) {
        known = new Map();
        count = FIRST;
      }
      sentence = found;
      await draw(mine);
    } catch (error) {
      if (mine === asked && error.message !== "lost") tell(error.message);
    }
  }

  async function draw(mine) {
    const head = [
      make("p", { class: "quote", dir: "auto" }, sentence.text),
      make("p", { class: "who" }, words("saidBy", { voice: sentence.voice.replace(/^\w+:/, "") })),
    ];
    const person = sentence.voice.startsWith("recorded:") ? sentence.voice.slice(9) : null;
    if (person) {
      const takes = await ask("recorded_takes", { voice: person, text: sentence.text }).catch(() => []);
      if (mine === asked) element.replaceChildren(...head, ...ownTakes(person, takes));
    } else if (sentence.varies) element.replaceChildren(...head, ...manyTakes());
    else element.replaceChildren(...head, button(words("hearIt"), () => listen(1), { class: "hear" }), make("p", { class: "none" }, words("one")));
  }

  function ownTakes(person, takes) {
    const about = { voice: person, text: sentence.text };
    const shown = takeList({
      play: async (take) => hear((await ask("recorded_hear", { ...about, take: take.key })).address),
      choose: async (take) => {
        const { takes: now } = await ask("recorded_choose", { ...about, take: take.key });
        shown.show(now);
      },
    });
    shown.show(takes);
    return [takes.length ? shown.element : make("p", { class: "none" }, words("noTakes")), button(words("recordAgain"), () => prompt(person, sentence.text), { class: "primary" })];
  }

  function manyTakes() {
    const now = sentence.chosen !== null ? words("isChosen", { take: sentence.chosen }) : words(sentence.takes.length > 1 ? "hasTakes" : "hasTake", { takes: sentence.takes.join(", ") });
    const last = Math.max(count, sentence.chosen ?? 0, ...sentence.takes);
    const list = make("ol", { class: "takes" }, ...Array.from({ length: last }, (_, index) => row(index + 1)));
    const more = last < sentence.most ? button(words("more"), () => {
      count = Math.min(last + FIRST, sentence.most);
      draw(asked);
    }) : null;
    return [make("p", { class: "now" }, now), list, more ?? ""];
  }

  function row(take) {
    const heard = known.get(take);
    const chosen = sentence.chosen === take;
    const item = make("li", { class: chosen ? "chosen" : "" },
      button("▶", () => listen(take, item), { class: "plain", "aria-label": words("hear", { number: take }) }),
      make("span", {}, make("strong", {}, words("take", { number: take })), " ", make("span", { class: "about" }, about(heard))),
      chosen ? make("span", { class: "badge" }, words("chosen")) : button(words("choose"), () => choose(take), { "aria-label": words("chooseTake", { number: take }) }));
    return item;
  }

  function about(heard) {
    if (!heard) return "";
    const doubt = heard.doubt || heard.refused.at(-1);
    return [say("inSeconds", { count: heard.seconds.toFixed(1) }), ...(doubt ? [words(heard.doubt ? "doubt" : "refused", { why: inWords(doubt) })] : [])].join(" · ");
  }

  async function listen(take, item = null) {
    const mine = asked;
    item?.classList.add("speaking");
    try {
      const heard = await ask("take_hear", { ...place(), take });
      known.set(take, heard);
      if (item && mine === asked) item.querySelector(".about").textContent = about(heard);
      await hear(heard.address);
    } catch (error) {
      if (error.message !== "lost") tell(error.message);
    } finally {
      item?.classList.remove("speaking");
    }
  }

  async function choose(take) {
    try {
      await ready();
      apply(await ask("take_choose", { ...place(), take }));
      await look();
    } catch (error) {
      if (error.message !== "lost") tell(error.message);
    }
  }

  const later = () => {
    clearTimeout(timer);
    if (!element.hidden) timer = setTimeout(look, MOVING);
  };
  return { key: "voice", element, shown: later, moved: later };
}
