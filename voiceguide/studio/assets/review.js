// Comments on the script, and whether it is approved.
import { ask } from "./connection.js";
import { clock, make } from "./dom.js";
import { language, say } from "./words.js";

const STATES = ["draft", "in review", "approved"];
const words = (key, values) => say(`review.${key}`, values);
const stateName = (state) => words(`states.${state.replace(" ", "-")}`);
const day = (at) => new Date(at * 1000).toLocaleDateString(language, { day: "numeric", month: "short", year: "numeric" });

export function reviewPanel({ cursor, position, editor, play, ready, failed, changed }) {
  let review = null;
  let asked = 0;
  const button = (text, act, attributes = {}) => make("button", { type: "button", onclick: act, ...attributes }, text);
  const author = make("input", { type: "text", value: localStorage.getItem("author") ?? "", maxlength: "80", autocomplete: "name", onchange: () => localStorage.setItem("author", author.value.trim()) });
  const states = make("div", { class: "states", role: "group", "aria-label": words("state") }, ...STATES.map((state) => button(stateName(state), () => change("review_state", { state }), { "data-state": state, "aria-pressed": "false" })));
  const about = make("p", { class: "about" });
  const remark = make("textarea", { rows: "2", maxlength: "4000", "aria-label": words("comment"), placeholder: words("comment"), onkeydown: (press) => {
    if (press.key !== "Enter" || !(press.ctrlKey || press.metaKey)) return;
    press.preventDefault();
    onLine.click();
  } });
  const onLine = button("", () => comment({ line: cursor().line }), { class: "primary" });
  const onMoment = button("", () => comment({ seconds: position() }));
  const form = make("div", { class: "remark" }, remark, make("div", {}, onLine, onMoment));
  const open = make("ul", { class: "comments" });
  const done = make("ul", { class: "comments" });
  const doneBox = make("details", {}, make("summary", {}), done);
  const element = make("section", { class: "review" }, states, about, form, open, doneBox, make("label", { class: "author" }, words("you"), author));

  async function change(op, values) {
    try {
      await ready();
      take(await ask(op, { ...values, author: author.value.trim() }));
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }

  async function comment(place) {
    if (!remark.value.trim()) {
      remark.focus();
      return;
    }
    if (await change("comment", { text: remark.value, ...place })) remark.value = "";
    remark.focus();
  }

  function take(found) {
    asked += 1;
    review = found;
    draw();
    changed(found);
  }

  function item(one) {
    const place = one.seconds !== null ? words("at", { at: clock(one.seconds) }) : words("line", { line: one.line });
    const go = () => (one.seconds !== null ? play(one.seconds) : editor.goToComment(one.key, one.line));
    const by = [one.author, day(one.at)].filter(Boolean).join(" · ");
    return make("li", { class: one.done ? "done" : "", "data-key": one.key },
      make("div", {}, button(place, go, { class: "plain place" }), make("span", { class: "by" }, by)),
      one.quote ? make("q", { dir: "auto" }, one.quote) : null,
      make("p", { dir: "auto" }, one.text),
      make("div", { class: "deeds" }, button(words(one.done ? "reopen" : "done"), () => change("comment_done", { comment: one.key, done: !one.done })), one.done ? button(words("remove"), () => change("comment_remove", { comment: one.key }), { class: "plain" }) : null));
  }

  function draw() {
    for (const each of states.children) each.setAttribute("aria-pressed", String(each.dataset.state === review.state));
    const set = { state: stateName(review.state), by: review.by, at: review.at ? day(review.at) : "" };
    about.textContent = review.changed ? words("changed") : review.at ? words(review.by ? "setBy" : "set", set) : words("never");
    const sorted = [...review.comments].sort((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity) || (one.seconds ?? 0) - (other.seconds ?? 0));
    open.replaceChildren(...sorted.filter((one) => !one.done).map(item));
    const finished = sorted.filter((one) => one.done);
    done.replaceChildren(...finished.map(item));
    doneBox.hidden = !finished.length;
    doneBox.querySelector("summary").textContent = words("doneOnes", { count: finished.length });
  }

  function places() {
    onLine.textContent = words("onLine", { line: cursor().line });
    onMoment.textContent = words("onMoment", { at: clock(position()) });
  }

  places();
  return {
    key: "review",
    element,
    shown: places,
    places,
    /** Asks for the review of the script that is open. */
    async refresh() {
      asked += 1;
      const mine = asked;
      const found = await ask("review").catch(failed);
      if (found && mine === asked) take(found);
    },
    /** Shows a comment that was clicked in the text. */
    point(key) {
      const found = element.querySelector(`[data-key="${key}"]`);
      found?.scrollIntoView({ block: "center" });
      found?.querySelector("button")?.focus();
    },
    /** Whether an edit can change what is shown: lines of comments, or a state that holds for one text. */
    follows: () => review !== null && (review.state !== "draft" || review.changed || review.comments.length > 0),
  };
}
