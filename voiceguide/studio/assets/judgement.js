// What is said about a take, in the page's words.
import { make } from "./dom.js";
import { say } from "./words.js";

const WORDS = new Set(["misread", "doubtful"]);

/** A list of what is wrong with a take, or one line that says it is good. */
export function judgementOf(take) {
  const rows = take.faults.map((fault) => {
    const text = say(`prompter.faults.${fault.replace(" ", "-")}`, { word: take.word });
    const heard = WORDS.has(fault) && take.heard ? make("span", { class: "heard" }, say("prompter.heard", { words: take.heard })) : null;
    return make("li", { class: take.useful && fault !== "misread" ? "warning" : "error" }, text, heard ? " " : null, heard);
  });
  if (!rows.length) rows.push(make("li", { class: "good" }, say(take.checked ? "prompter.good" : "prompter.goodSound")));
  return make("ul", { class: "judgement" }, ...rows);
}

/** One line about a take among others. */
export const aboutTake = (take) => {
  const worst = take.faults[0];
  const what = worst ? say(`prompter.short.${worst.replace(" ", "-")}`) : say("prompter.short.good");
  return `${say("inSeconds", { count: take.seconds.toFixed(1) })} · ${what}`;
};
