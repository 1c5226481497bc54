// The script as finished sessions, and packs of several scripts.
import { ask } from "./connection.js";
import { clock, make } from "./dom.js";
import { inWords } from "./messages.js";
import { packsIn } from "./packs.js";
import { addScreen } from "./screens.js";
import { address, follow, size, start } from "./work.js";
import { say } from "./words.js";

/** A screen with two parts. `current` is the open script's name or null, `save` saves it, `refresh`
 * lists the folder anew. */
export function makingScreen({ current, save, refresh }) {
  const session = sessionIn({ current, save });
  const packs = packsIn({ refresh });
  const parts = { session, pack: packs };
  const tabs = Object.keys(parts).map((key) => make("button", { type: "button", role: "tab", id: `making-${key}`, "aria-controls": `making-of-${key}`, onclick: () => choose(key) }, say(`making.${key}`)));
  const list = make("div", { role: "tablist", class: "tabs", "aria-label": say("screens.making"), onkeydown: go }, ...tabs);
  for (const [key, { element }] of Object.entries(parts)) {
    for (const [name, value] of Object.entries({ role: "tabpanel", id: `making-of-${key}`, "aria-labelledby": `making-${key}` })) element.setAttribute(name, value);
  }
  const screen = addScreen({ key: "making", element: make("div", { class: "making" }, list, session.element, packs.element), opened: () => choose(wanted ?? (current() ? "session" : "pack")) });
  let wanted = null;

  function choose(key) {
    for (const [index, [name, { element }]] of Object.entries(parts).entries()) {
      tabs[index].setAttribute("aria-selected", String(name === key));
      tabs[index].tabIndex = name === key ? 0 : -1;
      element.hidden = name !== key;
    }
    return parts[key].shown();
  }

  function go(press) {
    if (press.key !== "ArrowRight" && press.key !== "ArrowLeft") return;
    press.preventDefault();
    const other = tabs[1 - tabs.indexOf(document.activeElement)];
    other.focus();
    other.click();
  }

  return {
    /** Opens the screen with a pack's form. */
    async openPack(name) {
      packs.wants(name);
      wanted = "pack";
      await screen.open();
      wanted = null;
    },
  };
}

function sessionIn({ current, save }) {
  const element = make("section", { class: "making-session" });
  const lengths = new Set();
  let kind = null;
  let kinds = null;
  const work = make("div", { class: "making-work" });
  const results = make("div", { class: "made" });

  const chips = make("ul", { class: "chips" });
  const typed = make("input", { type: "text", id: "making-length", autocomplete: "off", spellcheck: "false", maxlength: "12", placeholder: "10m", "aria-describedby": "making-lengths-help" });
  const add = () => {
    for (const length of typed.value.split(/[\s,;]+/).filter(Boolean)) lengths.add(length);
    typed.value = "";
    drawChips();
  };
  typed.addEventListener("keydown", (press) => {
    if (press.key === "Enter") {
      press.preventDefault();
      add();
    }
  });

  function drawChips() {
    chips.replaceChildren(...[...lengths].map((length) => make("li", {}, length, make("button", { type: "button", class: "plain", "aria-label": say("making.removeLength", { length }), onclick: () => {
      lengths.delete(length);
      drawChips();
      typed.focus();
    } }, "×"))));
  }

  const captions = make("input", { type: "checkbox", id: "making-captions" });
  const people = make("input", { type: "checkbox", id: "making-people" });
  const peopleText = make("span");
  const peopleRow = make("label", { class: "check", hidden: true }, people, peopleText);
  const go = make("button", { type: "submit", class: "primary" }, say("making.make"));
  const kindsIn = make("div", { class: "kinds" });
  const form = make("form", { onsubmit: (event) => {
    event.preventDefault();
    run();
  } },
    make("fieldset", {}, make("legend", {}, say("making.kind")), kindsIn),
    make("fieldset", {}, make("legend", {}, say("making.lengths")),
      make("p", { class: "help", id: "making-lengths-help" }, say("making.lengthsHelp")),
      chips,
      make("div", { class: "line" }, make("label", { class: "hush", for: "making-length" }, say("making.lengthLabel")), typed, make("button", { type: "button", onclick: add }, say("making.addLength")))),
    peopleRow,
    make("label", { class: "check" }, captions, make("span", {}, say("making.captions"))),
    make("div", { class: "line" }, go));
  const none = make("p", { class: "help" }, say("making.noScript"));
  element.append(none, form, work, results);

  async function run() {
    add();
    go.disabled = true;
    results.replaceChildren();
    try {
      await save();
      const number = await start(work, "make", { kind, lengths: [...lengths], captions: captions.checked, people: people.checked && !peopleRow.hidden });
      const rows = number === null ? [] : await follow(work, number);
      if (rows === null) results.append(make("p", { role: "status" }, say("making.cancelled")));
      else if (rows.length) results.append(...madeRows(rows));
    } catch (error) {
      results.append(make("p", { class: "wrong", role: "alert" }, error.message));
    } finally {
      go.disabled = false;
      results.scrollIntoView({ block: "nearest" });
    }
  }

  return {
    element,
    async shown() {
      const name = current();
      none.hidden = name !== null;
      form.hidden = name === null;
      const count = name === null ? 0 : (await ask("people").catch(() => ({ people: [] }))).people.length;
      if (peopleRow.hidden) people.checked = true; // a table has just been pasted
      peopleRow.hidden = count === 0;
      peopleText.textContent = say("making.people", { count });
      if (!kinds) {
        const known = await ask("kinds");
        kinds = known.kinds;
        kind = known.usual;
        kindsIn.append(...kinds.map((one) => make("label", {}, make("input", { type: "radio", name: "kind", value: one, checked: one === kind, onchange: () => {
          kind = one;
        } }), make("span", {}, make("strong", {}, one.toUpperCase()), " ", make("small", {}, say(`making.kinds.${one}`))))));
      }
    },
  };
}

function madeRows(rows) {
  const good = rows.filter(({ error }) => !error);
  const folder = good[0]?.folder;
  const items = rows.map((row) => {
    if (row.error) return make("li", { class: "wrong" }, make("strong", {}, row.name), make("p", {}, inWords(row.error)));
    const file = row.name.replace(/^.*\//, "");
    return make("li", {},
      make("div", { class: "line" }, make("strong", {}, file), make("span", { class: "help" }, `${clock(row.seconds)} · ${size(row.bytes)}`)),
      make("audio", { controls: true, preload: "metadata", src: address(row.name), "aria-label": say("making.listen", { name: file }) }),
      make("a", { class: "button", href: `${address(row.name)}?download`, download: file }, say("making.download")),
      ...row.notes.map((note) => make("p", { class: "help" }, inWords(note))));
  });
  const head = make("p", { role: "status" }, good.length ? say("making.done", { folder }) : say("making.failed"));
  return [head, make("ul", {}, ...items)];
}
