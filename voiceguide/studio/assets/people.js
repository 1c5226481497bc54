// The names in a script: a value for each, or a table with a row for each person.
import { ask } from "./connection.js";
import { make, tellPerson } from "./dom.js";
import { inWords } from "./messages.js";
import { say } from "./words.js";

const LARGEST = 2 ** 20; // bytes of a table
const WAIT = 250; // ms without a key before a pasted table is read
const words = (key, values) => say(`people.${key}`, values);

export function peoplePart({ set, failed }) {
  let names = [];
  let timer;

  const values = make("div", { class: "values" });
  const text = make("textarea", { rows: "5", spellcheck: "false", "aria-label": words("table"), placeholder: words("example"), oninput: () => {
    clearTimeout(timer);
    timer = setTimeout(() => take(text.value), WAIT);
  } });
  const file = make("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain", class: "hush", id: "people-file", tabindex: "-1", "aria-hidden": "true", onchange: fromFile });
  const pick = make("button", { type: "button", onclick: () => file.click() }, words("choose"));
  const begin = make("button", { type: "button", onclick: () => take(`${names.join(",")}\n`, true) }, words("begin"));
  const shown = make("div", { class: "people-table", role: "status" });
  const table = make("details", { class: "people" }, make("summary", {}, words("several")), make("p", { class: "none" }, words("how")), text, make("div", { class: "choices" }, pick, begin), file, shown);
  const none = make("p", { class: "none" }, words("none"));
  const element = make("section", { class: "names-part" }, none, values, table);

  async function take(content, focus = false) {
    try {
      show(await ask("people", { text: content }));
      if (focus) {
        text.focus();
        text.setSelectionRange(text.value.length, text.value.length);
      }
    } catch (error) {
      failed(error);
    }
  }

  async function fromFile() {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    if (chosen.size > LARGEST) tellPerson(words("large"));
    else await take(decoded(new Uint8Array(await chosen.arrayBuffer())));
  }

  function show({ text: content, columns, people, problems }) {
    if (text.value !== content) text.value = content;
    const rows = problems.map(({ row, message }) => make("li", {}, words("row", { row, message: inWords(message) })));
    const extra = ["file", "length", "voice"].filter((name) => name === "file" || columns.includes(name));
    const own = columns.filter((name) => !["file", "length", "voice"].includes(name));
    const heads = [...extra.map((name) => words(name)), ...own];
    const body = people.map((one) => make("tr", {}, ...[...extra.map((name) => one[name] ?? ""), ...own.map((name) => one.variables[name] ?? "")].map((cell, index) => make(index ? "td" : "th", { dir: "auto", ...(index ? {} : { scope: "row" }) }, cell))));
    shown.replaceChildren(
      problems.length ? make("ul", { class: "wrong" }, ...rows) : "",
      people.length ? make("p", {}, words(people.length === 1 ? "one" : "many", { count: people.length })) : "",
      people.length ? make("div", { class: "table-room", tabindex: "0", role: "region", "aria-label": words("table") }, make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, ...body))) : "",
    );
  }

  function field({ name, value }) {
    return make("label", { class: value === null ? "missing" : "" }, make("span", {}, `{${name}}`), make("input", { type: "text", value: value ?? "", maxlength: "1000", placeholder: words("missing"), dir: "auto", onchange: (event) => set(["variables", name], event.target.value || null) }));
  }

  return {
    element,
    /** The names of the script, with their values. */
    async show(variables) {
      names = variables.map(({ name }) => name);
      none.hidden = names.length > 0;
      table.hidden = names.length === 0;
      const same = JSON.stringify(variables);
      if (values.dataset.shown === same) return;
      const focused = values.contains(document.activeElement) ? [...values.querySelectorAll("input")].indexOf(document.activeElement) : -1;
      values.dataset.shown = same;
      values.replaceChildren(...variables.map(field));
      if (focused >= 0) values.querySelectorAll("input")[focused]?.focus();
      if (names.length) show(await ask("people").catch(() => ({ text: "", columns: [], people: [], problems: [] })));
    },
  };
}

/** A file's text: UTF-8, else as spreadsheets on Windows write it. */
function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
