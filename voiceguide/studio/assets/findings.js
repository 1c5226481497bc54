// What is wrong with the script, and what would trouble a listener.
import { make } from "./dom.js";
import { mendName } from "./editor.js";
import { say } from "./words.js";

const MOST = 200;

export function findingsPanel({ editor }) {
  const notices = make("div", { class: "notices" });
  const list = make("div");
  const element = make("section", { class: "findings" }, notices, list);

  function item(row) {
    const where = make("button", { type: "button", class: "plain", onclick: () => editor.go(row.line, 1) }, say("finding", { line: row.line, message: row.message }));
    const mend = row.mend ? make("button", { type: "button", class: "mend", onclick: () => editor.mend(row.mend) }, mendName(row.mend)) : null;
    return make("li", { class: row.severity }, where, row.hint ? make("p", {}, row.hint) : null, mend);
  }

  return {
    key: "findings",
    element,
    show(rows) {
      const items = rows.slice(0, MOST).map(item);
      list.replaceChildren(items.length ? make("ul", {}, ...items) : make("p", { class: "none" }, say("noFindings")));
    },
    clear() {
      list.replaceChildren();
    },
    /** Says something above the findings that stays until it is removed. */
    notice(...content) {
      const notice = make("p", { class: "conflict", role: "alert" }, ...content);
      notices.prepend(notice);
      return notice;
    },
  };
}
