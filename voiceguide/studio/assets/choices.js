// Choices that are heard before they are made, and sliders that say what they mean.
import { make, tellPerson } from "./dom.js";
import { hear, quiet } from "./hear.js";
import { say } from "./words.js";

let playing = null; // the button whose sample is heard

/** A small button that plays a sample, and stops it: `sample` asks the studio for its address. */
export function hearButton(label, sample) {
  const button = make("button", { type: "button", class: "hear-it", "aria-label": say("session.hear", { name: label }), title: say("session.hear", { name: label }), onclick: press }, "▶");
  async function press() {
    if (playing === button) {
      quiet();
      return;
    }
    quiet();
    playing = button;
    button.classList.add("speaking");
    try {
      const { address } = await sample();
      if (playing !== button) return;
      button.textContent = "■";
      await hear(address);
    } catch (error) {
      if (error.message !== "lost") tellPerson(error.message);
    } finally {
      button.textContent = "▶";
      button.classList.remove("speaking");
      if (playing === button) playing = null;
    }
  }
  return button;
}

/** One of several, each with a sample. `show(items, chosen)`: items are `{ value, label, about, fault, sample }`. */
export function choice(group, legend, choose) {
  const list = make("div", { class: "choice-list" });
  const element = make("fieldset", { class: `choice choice-${group}` }, make("legend", {}, legend), list);
  let known = "";
  return {
    element,
    show(items, chosen) {
      const now = JSON.stringify(items.map(({ sample, ...rest }) => rest));
      if (now !== known) {
        known = now;
        list.replaceChildren(...items.map((item) => row(item)));
      }
      for (const input of list.querySelectorAll("input")) input.checked = input.value === chosen;
    },
  };

  function row({ value, label, about, fault, sample }) {
    const input = make("input", { type: "radio", name: `choice-${group}`, value, disabled: Boolean(fault), onchange: () => choose(value) });
    const text = make("span", {}, make("span", { class: "choice-name", dir: "auto" }, label), about ? make("small", {}, about) : null, fault ? make("small", { class: "fault" }, fault) : null);
    return make("div", { class: "choice-row" }, make("label", {}, input, text), sample && !fault ? hearButton(label, sample) : null);
  }
}

/** A slider with its name and its value in words, which can be typed too where there is `typed`, `{ label, change }`.
 * `show(value)` sets it, unless it is being moved. */
export function slider(name, { min, max, step, text, input = () => {}, change, typed = null }) {
  const output = typed ? typedValue(typed) : make("output", {});
  let moving = false;
  const range = make("input", { type: "range", min, max, step, "aria-label": name });
  const told = () => {
    const words = text(Number(range.value));
    if (!typed) output.textContent = words;
    else if (output.dataset.typing === undefined) output.value = words;
    range.setAttribute("aria-valuetext", words);
  };
  range.addEventListener("input", () => {
    moving = true;
    told();
    input(Number(range.value));
  });
  range.addEventListener("change", () => {
    moving = false;
    change(Number(range.value));
  });
  const element = make("div", { class: "slider" }, make("div", { class: "slider-head" }, make("span", { "aria-hidden": "true" }, name), output), range);
  return {
    element,
    range,
    show(value) {
      if (moving) return;
      range.value = value;
      told();
    },
    disable(disabled) {
      range.disabled = disabled;
      if (typed) output.disabled = disabled;
    },
    /** Other ends of its scale. */
    scale(least, most, each = step) {
      Object.assign(range, { min: least, max: most, step: each });
    },
  };
}

/** A field for a slider's value; what is typed stays until it is taken. */
function typedValue({ label, change }) {
  const field = make("input", { type: "text", class: "typed", "aria-label": label, title: label, maxlength: "20", autocomplete: "off", spellcheck: "false" });
  for (const entered of ["focus", "click"]) field.addEventListener(entered, () => field.dataset.typing === undefined && field.select());
  field.addEventListener("input", () => { field.dataset.typing = ""; });
  field.addEventListener("change", () => {
    delete field.dataset.typing;
    change(field.value.trim());
  });
  return field;
}
