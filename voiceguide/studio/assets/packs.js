// Packs by form: which sessions, lengths and voices, the practice plan; checked, built, shown, taken away.
import { ask } from "./connection.js";
import { clock, make } from "./dom.js";
import { inWords } from "./messages.js";
import { address, follow, size, start } from "./work.js";
import { say } from "./words.js";

const TEXTS = ["title", "author", "language", "voice"];

export function packsIn({ refresh }) {
  const element = make("section", { class: "making-pack" });
  const which = make("select", { id: "pack-which", onchange: () => (which.value ? open(which.value) : fresh()).catch(failed) });
  const form = make("form", { class: "pack-form", onsubmit: (event) => event.preventDefault() });
  const work = make("div", { class: "making-work" });
  const results = make("div", { class: "made" });
  const told = make("p", { role: "status", class: "help" });
  element.append(make("div", { class: "line" }, make("label", { for: "pack-which" }, say("packs.which")), which), form, told, work, results);
  let scripts = [];
  let name = null; // the pack file's, null for one that is not written yet
  let mark = null;
  let shownForm = null;
  let wanted = null;

  const button = (text, work, attributes = {}) => make("button", { type: "button", onclick: work, ...attributes }, text);

  function failed(error) {
    if (error.message === "lost") return;
    const text = error.conflict ? say("packs.changed", { name }) : error.message;
    const again = error.conflict ? button(say("packs.openAgain"), () => open(name).catch(failed)) : null;
    results.replaceChildren(make("p", { class: "wrong", role: "alert" }, text, " ", again));
  }

  async function list() {
    const { names } = await refresh();
    scripts = names.filter((one) => one.endsWith(".md"));
    const packs = names.filter((one) => one.endsWith(".yaml"));
    which.replaceChildren(...packs.map((one) => make("option", { value: one, selected: one === name }, one)), make("option", { value: "", selected: name === null }, say("packs.fresh")));
    return packs;
  }

  async function open(wanted) {
    const opened = await ask("pack_open", { name: wanted });
    name = wanted;
    ({ mark } = opened);
    await list();
    draw(opened.form);
    results.replaceChildren(...(opened.built ? finished(opened) : []));
  }

  async function fresh() {
    name = null;
    mark = null;
    await list();
    draw({ settings: {}, sessions: [], weeks: [] });
    results.replaceChildren();
  }

  // -- the form

  function draw({ settings, sessions, weeks }) {
    const place = name?.includes("/") ? name.replace(/[^/]*$/, "") : "";
    const near = scripts.filter((script) => script.startsWith(place)).map((script) => script.slice(place.length));
    const texts = TEXTS.map((key) => make("label", {}, make("span", {}, say(`packs.${key}`)), make("input", { type: "text", name: key, value: settings[key] ?? "", required: key === "title", autocomplete: "off" })));
    const about = make("textarea", { name: "description", rows: "2" });
    about.value = settings.description ?? "";
    const sessionList = make("ol", { class: "rows-of" }, ...sessions.map((row) => sessionRow(row, near)));
    const weekList = make("ol", { class: "rows-of" }, ...weeks.map(weekRow));
    shownForm = { settings, sessionList, weekList };
    form.replaceChildren(
      make("div", { class: "fields" }, ...texts, make("label", { class: "wide" }, make("span", {}, say("packs.description")), about)),
      make("fieldset", {}, make("legend", {}, say("packs.sessions")), sessionList, adder(near, sessionList)),
      make("fieldset", {}, make("legend", {}, say("packs.programme")), make("p", { class: "help" }, say("packs.programmeHelp")), weekList,
        button(say("packs.addWeek"), () => {
          const row = weekRow({ was: null, title: "", sessions: [], times_per_week: 3 });
          weekList.append(row);
          row.querySelector("input").focus();
        })),
      make("div", { class: "line" }, button(say("packs.save"), () => act(() => save())), button(say("packs.check"), () => act(check)), button(say("packs.build"), () => act(build), { class: "primary" })));
  }

  function adder(near, sessionList) {
    const chosen = make("select", { "aria-label": say("packs.script") }, ...near.map((script) => make("option", { value: script }, script.replace(/\.md$/, ""))));
    const add = button(say("packs.addSession"), () => {
      const row = sessionRow({ was: null, script: chosen.value, name: "", lengths: [], voices: [] }, near);
      sessionList.append(row);
      row.querySelector('[name="lengths"]').focus();
    }, { disabled: !near.length });
    return make("div", { class: "line" }, chosen, add);
  }

  function sessionRow(row, near) {
    const known = near.includes(row.script) ? near : [row.script, ...near];
    const script = make("select", { name: "script" }, ...known.map((one) => make("option", { value: one, selected: one === row.script }, one.replace(/\.md$/, ""))));
    return movable(row, { kept: row.name }, field("packs.script", script), words("packs.lengths", "lengths", row.lengths, "5m, 10m"), words("packs.voices", "voices", row.voices, say("packs.anyVoice")));
  }

  function weekRow(row) {
    const title = make("input", { type: "text", name: "title", value: row.title, autocomplete: "off" });
    const times = make("input", { type: "number", name: "times", min: "1", max: "21", value: String(row.times_per_week) });
    return movable(row, {}, field("packs.weekTitle", title), words("packs.weekSessions", "sessions", row.sessions, ""), field("packs.times", times));
  }

  const field = (key, input) => make("label", {}, make("span", {}, say(key)), input);
  const words = (key, id, values, placeholder) => field(key, make("input", { type: "text", name: id, value: values.join(", "), placeholder, autocomplete: "off", spellcheck: "false" }));

  function movable(row, { kept = "" }, ...fields) {
    const item = make("li", { "data-was": row.was ?? "", "data-name": kept }, make("div", { class: "fields" }, ...fields),
      make("div", { class: "move" },
        button("↑", () => shift(item, -1), { class: "plain", "aria-label": say("packs.up") }),
        button("↓", () => shift(item, 1), { class: "plain", "aria-label": say("packs.down") }),
        button("×", () => {
          const next = item.nextElementSibling ?? item.previousElementSibling;
          item.remove();
          (next?.querySelector("select, input") ?? form.querySelector("select"))?.focus();
        }, { class: "plain", "aria-label": say("packs.remove") })));
    return item;
  }

  function shift(item, step) {
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(item);
    else other.after(item);
    item.querySelectorAll(".move button")[step < 0 ? 0 : 1].focus();
  }

  const split = (text) => text.split(",").map((one) => one.trim()).filter(Boolean);
  const was = (item) => (item.dataset.was === "" ? null : Number(item.dataset.was));
  const value = (item, id) => item.querySelector(`[name="${id}"]`).value;

  function read() {
    const { settings, sessionList, weekList } = shownForm;
    const typed = Object.fromEntries([...TEXTS, "description"].map((key) => [key, form.querySelector(`:scope > .fields [name="${key}"]`).value]));
    return {
      settings: { ...settings, ...typed },
      sessions: [...sessionList.children].map((item) => ({ was: was(item), script: value(item, "script"), name: item.dataset.name, lengths: split(value(item, "lengths")), voices: split(value(item, "voices")) })),
      weeks: [...weekList.children].map((item) => ({ was: was(item), title: value(item, "title"), sessions: split(value(item, "sessions")), times_per_week: Number(value(item, "times")) || 1 })),
    };
  }

  // -- what is done with it

  async function act(work) {
    told.textContent = "";
    const buttons = [...form.querySelectorAll(":scope > .line button")];
    for (const one of buttons) one.disabled = true;
    try {
      if (form.reportValidity()) await work();
    } catch (error) {
      failed(error);
    } finally {
      for (const one of form.querySelectorAll(":scope > .line button")) one.disabled = false;
    }
  }

  async function save() {
    const wanted = read();
    const isNew = name === null;
    const file = isNew ? await freeName() : name;
    const saved = await ask("pack_save", { name: file, form: wanted, mark });
    name = file;
    ({ mark } = saved);
    const opened = await ask("pack_open", { name });
    await list();
    draw(opened.form);
    told.textContent = say("packs.saved", { name });
    results.replaceChildren(...saved.findings.map(({ severity, message, line }) => make("p", { class: severity === "error" ? "wrong" : "help" }, say("finding", { line, message: inWords(message) }))));
    return !saved.findings.some(({ severity }) => severity === "error");
  }

  async function freeName() {
    const { names } = await ask("list");
    let file = "pack.yaml";
    for (let number = 2; names.includes(file); number += 1) file = `pack-${number}.yaml`;
    return file;
  }

  async function check() {
    if (!(await save())) return;
    const found = await follow(work, await start(work, "pack_check", { name }));
    if (!found) return;
    const rows = found.sessions.filter(({ problem, findings }) => problem || findings.length);
    results.replaceChildren(
      make("p", { role: "status" }, rows.length ? say("packs.checkedSome", { count: rows.length }) : say("packs.checkedAll", { count: found.sessions.length })),
      make("ul", {}, ...rows.map((row) => make("li", { class: row.problem ? "wrong" : "" }, make("strong", {}, row.name), row.problem ? make("pre", { class: "failure" }, inWords(row.problem)) : null, ...row.findings.map((finding) => make("p", { class: "help" }, inWords(finding)))))));
  }

  async function build() {
    if (!(await save())) return;
    const built = await follow(work, await start(work, "pack_build", { name }));
    if (!built) {
      results.replaceChildren(make("p", { role: "status" }, say("making.cancelled")));
      return;
    }
    const lost = built.sessions.filter(({ failure }) => failure);
    results.replaceChildren(
      make("p", { role: "status" }, say(built.whole ? "packs.built" : "packs.builtSome", { count: built.sessions.length - lost.length })),
      make("ul", { class: "outcomes" }, ...built.sessions.map((row) => make("li", { class: row.failure ? "wrong" : "" }, make("strong", {}, row.title), " ", make("span", { class: "help" }, row.seconds === null ? "" : clock(row.seconds)), row.failure ? make("pre", { class: "failure" }, inWords(row.failure)) : null))),
      ...(built.page ? finished(built) : []));
    results.querySelector(".player-frame")?.scrollIntoView({ block: "nearest" });
  }

  function finished({ folder, page }) {
    const taken = make("div", { class: "making-work" });
    const zip = button(say("packs.zip"), async () => {
      zip.disabled = true;
      try {
        const number = await start(taken, "pack_archive", { name });
        const packed = number === null ? null : await follow(taken, number);
        if (packed) {
          const file = packed.name.replace(/^.*\//, "");
          taken.replaceChildren(make("p", { role: "status" }, make("a", { class: "button", href: `${address(packed.name)}?download`, download: file }, say("packs.download", { name: file, size: size(packed.bytes) }))));
          taken.querySelector("a").focus();
        }
      } catch (error) {
        taken.replaceChildren(make("p", { class: "wrong", role: "alert" }, error.message));
      } finally {
        zip.disabled = false;
      }
    });
    return [
      make("h3", {}, say("packs.player")),
      make("p", { class: "help" }, say("packs.folder", { folder })),
      make("div", { class: "line" }, make("a", { class: "button", href: page, target: "_blank", rel: "noopener noreferrer" }, say("packs.newTab")), zip),
      taken,
      make("iframe", { class: "player-frame", src: page, sandbox: "allow-scripts", title: say("packs.player"), referrerpolicy: "no-referrer" }),
    ];
  }

  return {
    element,
    /** Names the pack that is opened when this is looked at. */
    wants(pack) {
      wanted = pack;
    },
    async shown() {
      if (shownForm && !wanted) return;
      try {
        const packs = await list();
        const next = wanted ?? packs[0];
        wanted = null;
        await (next ? open(next) : fresh());
      } catch (error) {
        failed(error);
      }
    },
  };
}
