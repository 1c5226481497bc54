// How long the session is: from the shortest to the longest possible, and what a length costs.
import { slider } from "./choices.js";
import { ask } from "./connection.js";
import { clock, make } from "./dom.js";
import { say } from "./words.js";

const words = (key, values) => say(`length.${key}`, values);

export function lengthPart({ change }) {
  const known = { shortest: 0, natural: 0, longest: 0, length: null };
  let wanted = null; // seconds that are to be looked at next
  let asking = false;

  const scale = slider(words("name"), { min: 0, max: 1, step: 1, text: clock, input: (seconds) => look(seconds), change: choose, typed: { label: words("typed"), change: type } });
  const mark = make("span", { class: "natural-mark", "aria-hidden": "true" });
  const ends = make("div", { class: "length-ends", "aria-hidden": "true" }, make("span", {}), mark, make("span", {}));
  const cost = make("div", { class: "length-cost", role: "status" });
  const natural = make("button", { type: "button", onclick: () => change("set_length", { seconds: null }) }, words("natural"));
  const rigid = make("p", { class: "none", hidden: true }, words("rigid"));
  const element = make("section", { class: "length" }, scale.element, ends, rigid, cost, natural);

  scale.disable(true); // until the lengths are known

  function choose(seconds) {
    const near = Math.abs(seconds - known.natural) < 1;
    change("set_length", { seconds: near ? null : seconds });
  }

  /** What was typed: a duration as in scripts, minutes where there is only a number, nothing for the natural length. */
  async function type(text) {
    await change("set_length", text ? { length: /^\d+$/.test(text) ? `${text}m` : text } : { seconds: null });
    scale.show(Math.round(known.length ?? known.natural));
  }

  async function look(seconds) {
    wanted = seconds;
    if (asking) return;
    asking = true;
    while (wanted !== null) {
      const at = wanted;
      wanted = null;
      try {
        const natural = Math.abs(at - known.natural) < 1;
        tell(natural ? { left_out: [], rounds: [], share: 0 } : await ask("fit", { seconds: at }), natural);
      } catch {
        cost.replaceChildren();
      }
    }
    asking = false;
  }

  function tell(fit, isNatural) {
    if (!fit) {
      cost.replaceChildren(make("p", {}, words("nearest")));
      return;
    }
    const rows = [];
    if (isNatural) rows.push(make("p", {}, words("asWritten")));
    if (fit.left_out.length) rows.push(make("p", {}, words("leftOut"), " ", make("strong", {}, fit.left_out.join(" · "))));
    for (const { cue, written, chosen, line } of fit.rounds) rows.push(make("p", {}, words(cue, { written, chosen, line })));
    if (Math.abs(fit.share) > 0.004) rows.push(gauge(fit.share));
    cost.replaceChildren(...rows);
  }

  /** How far the pauses go of the way to their shortest (left) or longest (right). */
  function gauge(share) {
    const percent = Math.round(Math.abs(share) * 100);
    const needle = make("i", {});
    needle.style.left = `${50 + share * 50}%`;
    const text = words(share < 0 ? "shorter" : "longer", { percent });
    return make("div", { class: "gauge" }, make("div", { class: "gauge-line", "aria-hidden": "true" }, needle), make("p", {}, text));
  }

  async function refresh() {
    try {
      Object.assign(known, await ask("lengths"));
    } catch (error) {
      scale.disable(true);
      ends.hidden = true;
      if (error.message !== "lost") cost.replaceChildren(make("p", {}, error.message));
      return;
    }
    const least = Math.ceil(known.shortest);
    const most = Math.max(least, Math.floor(known.longest));
    const fixed = known.longest - known.shortest < 1;
    const now = known.length ?? known.natural;
    scale.scale(least, most, most - least > 1800 ? 5 : 1);
    scale.disable(fixed);
    scale.show(Math.round(now));
    rigid.hidden = !fixed;
    ends.hidden = fixed;
    natural.hidden = fixed || known.length === null;
    const [first, , last] = ends.children;
    first.textContent = clock(known.shortest);
    last.textContent = clock(known.longest);
    mark.textContent = words("naturally", { at: clock(known.natural) });
    const share = most > least ? (known.natural - least) / (most - least) : 0;
    mark.style.left = `${Math.min(100, Math.max(0, share * 100))}%`;
    mark.classList.toggle("to-left", share > 0.6);
    if (!fixed) await look(Math.round(now));
    else cost.replaceChildren();
  }

  return { element, refresh };
}
