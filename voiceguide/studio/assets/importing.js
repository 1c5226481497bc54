// Documents that become scripts: dropped on the page or chosen, with the report of what was made of them.
import { make, tellPerson } from "./dom.js";
import { inWords } from "./messages.js";
import { dialogOf } from "./screens.js";
import { say } from "./words.js";

const MOST = 32 * 2 ** 20; // bytes; the studio refuses more as well
const KINDS = ".txt,.md,.markdown,.ssml,.xml,.docx,.odt,.rtf,.html,.htm,.epub,.pdf,.srt,.vtt";

/** `open` opens a script, `refresh` lists the folder anew. Gives `choose`, which asks for a file. */
export function importingIn({ open, refresh }) {
  const input = make("input", { type: "file", accept: KINDS, hidden: true, multiple: true, "aria-label": say("importing.choose"), onchange: () => take([...input.files]) });
  const place = make("div", { class: "dropping", hidden: true }, make("p", {}, say("importing.drop")));
  const report = make("div", { class: "import-report" });
  const dialog = dialogOf({ key: "importing", title: say("importing.report"), element: report });
  document.body.append(input, place);

  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    place.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) place.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    place.hidden = true;
    take([...event.dataTransfer.files]);
  });

  async function take(files) {
    input.value = "";
    const made = [];
    const refused = [];
    for (const file of files) {
      tellPerson(say("importing.reading", { name: file.name }));
      try {
        made.push(await send(file));
      } catch (error) {
        refused.push({ name: file.name, why: error.message });
      }
    }
    tellPerson("");
    if (!made.length && !refused.length) return;
    await refresh();
    if (made.length) await open(made[0].name);
    report.replaceChildren(...refused.map(refusal), ...made.map(reported));
    dialog.showModal();
  }

  async function send(file) {
    if (file.size > MOST) throw new Error(say("importing.tooLarge"));
    const answer = await fetch(`/import?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } });
    const told = await answer.json().catch(() => ({ error: say("connectionLost") }));
    if (told.error || !answer.ok) throw new Error(inWords(told.error) ?? say("connectionLost"));
    return told;
  }

  function refusal({ name, why }) {
    return make("section", {}, make("h3", {}, name), make("p", { class: "wrong", role: "alert" }, why));
  }

  function reported({ name, source, form, counts, rows, warnings }) {
    const of = (kind) => rows.filter((row) => row.kind === kind);
    const list = (kind) => (of(kind).length ? [make("h4", {}, say(`importing.${kind}`)), make("ul", {}, ...of(kind).map(({ line, what, into, times }) => make("li", {}, make("span", { class: "help" }, say("importing.line", { line })), " ", make("q", {}, inWords(what)), " → ", inWords(into), times > 1 ? ` (${times}×)` : null)))] : []);
    return make("section", {}, make("h3", {}, name.replace(/\.md$/, "")),
      make("p", { role: "status" }, say("importing.done", { source, form: inWords(form) })),
      make("p", {}, say("importing.counts", counts)),
      ...list("guessed"), ...list("lost"),
      ...(warnings.length ? [make("h4", {}, say("importing.warnings")), make("ul", {}, ...warnings.map((text) => make("li", {}, inWords(text))))] : []));
  }

  return { choose: () => input.click() };
}
