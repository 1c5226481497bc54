// Marks beside the lines that have open comments; they go along when the text is edited.
import { GutterMarker, RangeSetBuilder, StateEffect, StateField, gutter } from "./vendor/codemirror.js";
import { make } from "./dom.js";
import { say } from "./words.js";

const setComments = StateEffect.define();

class Mark extends GutterMarker {
  constructor(comment, clicked) {
    super();
    this.comment = comment;
    this.clicked = clicked;
  }

  eq(other) {
    return other.comment.key === this.comment.key;
  }

  toDOM() {
    const label = say("review.mark", { text: this.comment.text });
    return make("button", { type: "button", "aria-label": label, title: this.comment.text, onclick: () => this.clicked(this.comment.key) });
  }
}

/** The extension, and what shows and finds comments; `clicked` is called with the key of one. */
export function commentsIn(clicked) {
  const field = StateField.define({
    create: () => new RangeSetBuilder().finish(),
    update(value, transaction) {
      for (const effect of transaction.effects) if (effect.is(setComments)) return effect.value;
      return value.map(transaction.changes);
    },
  });
  return {
    extension: [field, gutter({ class: "cm-comments", markers: (view) => view.state.field(field) })],
    show(state, comments) {
      const builder = new RangeSetBuilder();
      const lines = comments.filter(({ line }) => line >= 1 && line <= state.doc.lines).sort((one, other) => one.line - other.line);
      for (const comment of lines) {
        const { from } = state.doc.line(comment.line);
        builder.add(from, from, new Mark(comment, clicked));
      }
      return setComments.of(builder.finish());
    },
    find(state, key) {
      for (const cursor = state.field(field).iter(); cursor.value; cursor.next()) if (cursor.value.comment.key === key) return cursor.from;
      return null;
    },
  };
}
