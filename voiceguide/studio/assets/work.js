// Long work of the studio: how far it is, cancelling it, and its result.
import { ask, on } from "./connection.js";
import { make } from "./dom.js";
import { inWords } from "./messages.js";
import { say } from "./words.js";

const followed = new Map();
const early = new Map(); // what came before the answer that names the work

on("working", (message) => {
  followed.get(message.work)?.step(message);
});
on("worked", (message) => {
  const one = followed.get(message.work);
  if (one) one.end(message);
  else early.set(message.work, message);
});
on("lost", () => {
  for (const one of followed.values()) one.end({ error: say("connectionLost") });
});

/** Shows work in `parent` until it ends: its result, null when it was cancelled; fails with the studio's sentence. */
export function follow(parent, work) {
  const bar = make("progress", { max: "1", "aria-label": say("making.progress") });
  const told = make("p", { class: "work-told", role: "status" }, say("making.begins"));
  const cancel = make("button", { type: "button", onclick: () => {
    cancel.disabled = true;
    told.textContent = say("making.cancelling");
    ask("cancel").catch(() => {});
  } }, say("cancel"));
  parent.replaceChildren(make("div", { class: "work" }, told, bar, cancel));
  parent.scrollIntoView({ block: "nearest" });

  return new Promise((resolve, reject) => {
    let part = {};
    let said = 0;
    function step({ stage, done, total, part: now }) {
      part = now ?? part;
      const within = total ? done / total : 0;
      bar.value = part.count > 1 ? (part.number + within) / part.count : within;
      if (cancel.disabled || Date.now() - said < 1000) return; // a screen reader is not to be kept busy
      said = Date.now();
      const which = part.count > 1 ? say("making.part", { number: Math.min(part.number + 1, part.count), count: part.count }) : null;
      told.textContent = [which, say(`making.stages.${stage}`)].filter((text) => text && !text.includes(".")).join(" · ") || say("making.begins");
    }
    function end({ result, error, cancelled }) {
      followed.delete(work);
      early.delete(work);
      parent.replaceChildren();
      if (error) reject(new Error(inWords(error)));
      else resolve(cancelled ? null : result);
    }
    if (early.has(work)) end(early.get(work));
    else followed.set(work, { step, end });
  });
}

/** Starts work by its `op`; where files would be written over that the studio has not made, the person is asked first.
 * Gives the number of the work, or null. */
export async function start(parent, op, values) {
  const { work, there } = await ask(op, values);
  if (!there) return work;
  const shown = there.slice(0, 5).join(", ") + (there.length > 5 ? ` … (${there.length})` : "");
  const yes = await new Promise((resolve) => {
    const button = (text, value, attributes = {}) => make("button", { type: "button", onclick: () => resolve(value), ...attributes }, text);
    const no = button(say("making.leave"), false, { class: "primary" });
    parent.replaceChildren(make("div", { class: "work ask-first", role: "alertdialog", "aria-label": say("making.there", { names: shown }) },
      make("p", {}, say("making.there", { names: shown })), make("span", { class: "choices" }, no, button(say("making.replace"), true))));
    no.focus();
  });
  parent.replaceChildren();
  return yes ? (await ask(op, { ...values, replace: true })).work : null;
}

/** A size in bytes for people. */
export function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The address of a file that was made. */
export const address = (name) => `/made/${name.split("/").map(encodeURIComponent).join("/")}`;
