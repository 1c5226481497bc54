// Takes side by side, each heard at a click, one of them chosen.
import { make } from "./dom.js";
import { aboutTake } from "./judgement.js";
import { say } from "./words.js";

export function takeList({ play, choose, drop = null }) {
  const element = make("ol", { class: "takes", "aria-label": say("voice.takes") });

  function row(take, number, current) {
    const button = (text, act, attributes = {}) => make("button", { type: "button", onclick: () => act(take), ...attributes }, text);
    return make("li", { class: `${take.chosen ? "chosen" : ""}${take.key === current?.key ? " current" : ""}` },
      button("▶", play, { class: "plain", "aria-label": say("voice.hear", { number }) }),
      make("span", {}, make("strong", {}, say("voice.take", { number })), " ", make("span", { class: "about" }, aboutTake(take))),
      take.chosen ? make("span", { class: "badge" }, say("voice.chosen")) : button(say("voice.choose"), choose, { disabled: !take.useful, "aria-label": say("voice.chooseTake", { number }) }),
      drop && !take.chosen ? button("×", drop, { class: "plain", "aria-label": say("voice.drop", { number }) }) : null);
  }

  return {
    element,
    show(takes, current = null) {
      element.replaceChildren(...takes.map((take, index) => row(take, index + 1, current)).reverse());
      element.hidden = !takes.length;
    },
  };
}
