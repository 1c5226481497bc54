// The script as text: CodeMirror with the cue language, findings, completion and hover from the studio.
import {
  Annotation, Decoration, EditorState, EditorView, RangeSetBuilder, StateEffect, StateField, ViewPlugin,
  autocompletion, completionKeymap, defaultKeymap, drawSelection, highlightActiveLine, highlightSelectionMatches,
  history, historyKeymap, hoverTooltip, isolateHistory, keymap, lineNumbers, lintKeymap, searchKeymap, setDiagnostics,
} from "./vendor/codemirror.js";
import { commentsIn } from "./comments.js";
import { ask } from "./connection.js";
import { make } from "./dom.js";
import { inWords } from "./messages.js";
import { say } from "./words.js";

const FromStudio = Annotation.define();
const setHeard = StateEffect.define();

// -- looks

const MARKS = [
  [/\[\s*([A-Za-z]+)([^\[\]\n]*)\]/g, "cue"],
  [/\{[\w -]+\}/g, "variable"],
  [/<!--.*?-->/g, "note"],
];
const mark = (name) => Decoration.mark({ class: `script-${name}` });
const looks = Object.fromEntries(["cue", "variable", "note", "heading", "quote", "setting"].map((name) => [name, mark(name)]));

function decorated(view) {
  const builder = new RangeSetBuilder();
  const settingsEnd = endOfSettings(view.state.doc);
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const whole = line.number <= settingsEnd ? "setting" : /^ {0,3}#{1,6}\s/.test(line.text) ? "heading" : /^\s*>/.test(line.text) ? "quote" : null;
      if (whole && line.length) builder.add(line.from, line.to, looks[whole]);
      else for (const [start, end, name] of found(line.text)) builder.add(line.from + start, line.from + end, looks[name]);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

function found(text) {
  const all = MARKS.flatMap(([pattern, name]) => [...text.matchAll(pattern)].filter(({ index }) => text[index - 1] !== "\\").map((match) => [match.index, match.index + match[0].length, name]));
  all.sort((one, other) => one[0] - other[0]);
  return all.filter(([start], index) => index === 0 || start >= all[index - 1][1]);
}

function endOfSettings(doc) {
  if (doc.line(1).text.trimEnd() !== "---") return 0;
  for (let number = 2; number <= Math.min(doc.lines, 200); number += 1) {
    if (/^(---|\.\.\.)\s*$/.test(doc.line(number).text)) return number;
  }
  return 0;
}

const highlighting = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = decorated(view);
    }
    update(update) {
      if (update.docChanged || update.viewportChanged) this.decorations = decorated(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

// -- what is heard now

const heardLine = Decoration.line({ class: "script-heard" });
const heard = StateField.define({
  create: () => Decoration.none,
  update(value, transaction) {
    let next = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setHeard)) next = effect.value === null ? Decoration.none : Decoration.set([heardLine.range(effect.value)]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// -- help while typing

async function complete(context) {
  const found = await ask("complete", { at: context.pos }).catch(() => []);
  if (!found.length || (!context.explicit && found[0].start === context.pos && !/[\[{ ]$/.test(context.state.sliceDoc(context.pos - 1, context.pos)))) return null;
  return {
    from: found[0].start,
    options: found.map(({ insert, label, meaning }) => ({ label, apply: insert, detail: "", info: inWords(meaning) })),
  };
}

const hover = hoverTooltip(async (view, pos) => {
  const told = await ask("hover", { at: pos }).catch(() => null);
  if (!told) return null;
  const when = told.at ? `${told.at} · ${say("inSeconds", { count: told.lasts })}` : null;
  return { pos, above: true, create: () => ({ dom: make("div", { class: "hover" }, inWords(told.about ?? null), when ? make("p", {}, when) : null) }) };
});

// -- the editor

/** What a click that mends a finding does, in words. */
export const mendName = ({ insert }) => (insert.trim() ? say("mend", { text: insert.trim() }) : say("mendAway"));

export function editorIn(parent, { changed, moved, save, commented }) {
  const nonce = document.querySelector('meta[name="nonce"]').content;
  const view = new EditorView({ parent, state: EditorState.create({ doc: "", extensions: [EditorView.cspNonce.of(nonce)] }) });
  const comments = commentsIn(commented);
  const extensions = [
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({ "aria-label": say("editor"), tabindex: "0", spellcheck: "true", autocapitalize: "sentences" }),
    EditorView.lineWrapping,
    comments.extension, lineNumbers(), history(), drawSelection(), highlightActiveLine(), highlightSelectionMatches(),
    highlighting, heard, hover,
    autocompletion({ override: [complete], icons: false }),
    keymap.of([
      { key: "Mod-s", run: () => (save(), true), preventDefault: true },
      ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.transactions.some((one) => one.annotation(FromStudio))) return;
      if (update.docChanged) changed();
      else if (update.selectionSet) moved();
    }),
  ];
  const doc = () => view.state.doc;
  let judged = null; // the text that the findings are about
  return {
    view,
    text: () => doc().toString(),
    /** Shows another script, with a history of its own. */
    show(text) {
      view.setState(EditorState.create({ doc: text, extensions }));
    },
    /** Puts another text in place of this one, as one step that can be taken back. */
    replace(text) {
      view.dispatch({ changes: { from: 0, to: doc().length, insert: text } });
    },
    /** Does what the studio says, such as a drag on the timeline, as one step of its own. */
    apply({ from, to, insert }, scrollIntoView = true) {
      view.dispatch({ changes: { from, to, insert }, annotations: isolateHistory.of("full"), scrollIntoView });
    },
    /** Takes the last step back, or does it again. */
    undo(again = false) {
      historyKeymap.find(({ key }) => key === (again ? "Mod-y" : "Mod-z")).run(view);
    },
    /** Underlines what was found; `current` when it was found in the text as it stands. */
    findings(rows, current) {
      const length = doc().length;
      judged = current ? doc() : null;
      const diagnostics = rows.filter(({ from }) => from <= length).map((row) => ({
        from: row.from,
        to: Math.min(Math.max(row.to, row.from + 1), length),
        severity: row.severity,
        message: row.hint ? `${row.message}. ${row.hint}.` : `${row.message}.`,
        actions: row.mend ? [{ name: mendName(row.mend), apply: () => this.mend(row.mend) }] : [],
      }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    /** Mends a finding, unless the text has changed since: then there are new findings in a moment. */
    mend(edit) {
      if (doc() === judged) this.apply(edit);
    },
    cursor() {
      const line = doc().lineAt(view.state.selection.main.head);
      return { line: line.number, column: [...line.text.slice(0, view.state.selection.main.head - line.from)].length + 1 };
    },
    offset(line, column) {
      if (line < 1 || line > doc().lines) return null;
      const row = doc().line(line);
      return Math.min(row.to, row.from + [...row.text].slice(0, column - 1).join("").length);
    },
    /** Goes to a place in the text. */
    go(line, column, focus = true) {
      const at = this.offset(line, column);
      if (at === null) return;
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }), annotations: FromStudio.of(true) });
      if (focus) view.focus();
    },
    /** Marks lines that have open comments, `{ key, line, text }`. */
    comments(rows) {
      view.dispatch({ effects: comments.show(view.state, rows) });
    },
    /** Goes to where a comment stands now; to the line that it had, if that is gone. */
    goToComment(key, line) {
      const at = comments.find(view.state, key);
      this.go(at === null ? line : doc().lineAt(at).number, 1);
    },
    /** Marks the line that is heard; `follow` scrolls to it. */
    heard(line, follow) {
      const at = line ? this.offset(line, 1) : null;
      const effects = [setHeard.of(at)];
      if (at !== null && follow) effects.push(EditorView.scrollIntoView(at, { y: "nearest", yMargin: 80 }));
      view.dispatch({ effects });
    },
  };
}
