// The folder: its scripts, new ones, other names, copies, the trash, earlier versions.
import { ask } from "./connection.js";
import { clock, make, tellPerson } from "./dom.js";
import { choose, language, languages, say } from "./words.js";

export function filesIn(parent, { open, current, close, choose: chooseDocument }) {
  let known = { names: [], deleted: [] };
  const told = new Map(); // what is known about each
  let round = 0;

  async function refresh() {
    known = await ask("list");
    draw();
    lookUp();
    return known;
  }

  /** Asks about one after another, so that nothing else has to wait; again when the list has changed meanwhile. */
  async function lookUp() {
    round += 1;
    const own = round;
    for (const name of known.names) {
      const about = await ask("about", { name }).catch(() => null);
      if (own !== round) return;
      if (!about) continue;
      told.set(name, about);
      parent.querySelector(`[data-about="${CSS.escape(name)}"]`)?.replaceWith(shownAbout(name));
    }
  }

  function shownAbout(name) {
    const about = told.get(name);
    const line = make("p", { class: "about", "data-about": name });
    if (!about) return line;
    const { title, length, shortest, longest, estimated, sessions, errors, warnings } = about;
    const stem = name.replace(/^.*\//, "").replace(/\.\w+$/, "");
    const parts = [];
    if (title && title !== stem) parts.push(make("span", { class: "title", dir: "auto" }, title));
    if (length !== null) parts.push(make("span", {}, `${estimated ? "≈ " : ""}${clock(length)}`));
    if (length !== null && longest - shortest >= 1) parts.push(make("span", {}, say("range", { from: clock(shortest), to: clock(longest) })));
    if (sessions !== null) parts.push(make("span", {}, say(sessions === 1 ? "oneSession" : "sessions", { count: sessions })));
    if (errors) parts.push(make("span", { class: "error" }, say(errors === 1 ? "oneError" : "errors", { count: errors })));
    else if (warnings) parts.push(make("span", {}, say(warnings === 1 ? "oneHint" : "hints", { count: warnings })));
    line.append(...parts);
    return line;
  }

  function failed(error) {
    if (error.message !== "lost") tellPerson(error.message);
  }

  function act(work) {
    return () => work().then(refresh).catch(failed);
  }

  const button = (text, work, attributes = {}) => make("button", { type: "button", onclick: work, ...attributes }, text);

  function row(name) {
    const opened = name === current();
    const more = make("details", { class: "more" }, make("summary", { "aria-label": say("more", { name }), title: say("more", { name }) }, "⋯"),
      make("div", {},
        button(say("rename"), () => renaming(name)),
        button(say("duplicate"), act(async () => open((await ask("duplicate", { name })).name))),
        button(say("versions"), () => versions(name)),
        button(say("remove"), act(async () => {
          const { deleted } = await ask("delete", { name });
          if (name === current()) close();
          tellPerson(say("deleted", { name }), button(say("restore"), act(() => ask("restore", { deleted }))));
        })),
      ));
    return make("li", {}, button(name.replace(/\.md$/, ""), () => open(name).catch(failed), { class: "name", "aria-current": opened ? "true" : null }), more, shownAbout(name));
  }

  function ask_name(label, value, done) {
    const input = make("input", { type: "text", value, required: true, maxlength: "100", "aria-label": say("name"), autocomplete: "off", spellcheck: "false" });
    const form = make("form", { class: "ask", onsubmit: (event) => {
      event.preventDefault();
      const name = input.value.trim();
      done(/\.(md|yaml)$/i.test(name) ? name : `${name}.md`).then(refresh).catch(failed);
    } }, make("label", {}, label, input), make("div", {}, make("button", { type: "submit", class: "primary" }, say("make")), button(say("cancel"), draw)));
    parent.querySelector("form.ask")?.remove();
    parent.prepend(form);
    input.focus();
    input.select();
  }

  function renaming(name) {
    ask_name(say("rename"), name.replace(/\.md$/, ""), async (renamed) => {
      const was = name === current();
      await ask("rename", { name, new: renamed });
      if (was) await open(renamed);
    });
  }

  async function fresh(routine = null) {
    ask_name(say("newScript"), routine ?? "", async (name) => {
      await ask("new", { name, routine });
      await open(name);
    });
  }

  async function choosing() {
    const routines = await ask("routines");
    const list = make("ul", { class: "routines" }, ...routines.map(({ name, title }) => make("li", {}, button(title, () => fresh(name)))));
    parent.replaceChildren(make("h2", {}, say("fromRoutine")), button(say("back"), draw, { class: "plain" }), list);
    list.querySelector("button")?.focus();
  }

  async function versions(name) {
    const kept = await ask("versions", { name });
    const shown = make("pre", { class: "version", tabindex: "0" });
    const use = button(say("useVersion"), async () => {
      await open(name, shown.textContent);
      draw();
    }, { hidden: true });
    const list = make("ol", { class: "versions" }, ...kept.map(({ key, at }) => make("li", {}, button(new Date(at * 1000).toLocaleString(language), async () => {
      shown.textContent = (await ask("version", { name, version: key })).text;
      use.hidden = false;
    }))));
    parent.replaceChildren(make("h2", {}, say("versions")), button(say("back"), draw, { class: "plain" }), list, use, shown);
  }

  function draw() {
    const deleted = known.deleted.map(({ key, name }) => make("li", {}, make("span", {}, name), button(say("restore"), act(async () => {
      await ask("restore", { deleted: key });
      tellPerson(say("restored", { name }));
    }))));
    parent.replaceChildren(
      make("h2", {}, say("files")),
      make("div", { class: "new" }, button(say("newScript"), () => fresh(), { class: "primary" }), button(say("fromRoutine"), () => choosing().catch(failed)), button(say("importing.choose"), chooseDocument)),
      make("ul", { class: "names" }, ...known.names.map(row)),
      ...(deleted.length ? [make("details", {}, make("summary", {}, say("trash")), make("ul", { class: "names" }, ...deleted))] : []),
      make("label", { class: "language" }, say("language"), make("select", { onchange: (event) => choose(event.target.value) }, ...Object.entries(languages).map(([code, name]) => make("option", { value: code, selected: code === language }, name)))),
    );
  }

  return { refresh, draw, fresh, choosing, lookUp };
}
