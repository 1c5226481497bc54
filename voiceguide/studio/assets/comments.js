// Marks beside the lines that have open comments; they go along when the text is edited. Gutters are for the eye and the
// pointer alone: by keyboard, the comments are reached in their tab.
import { GutterMarker, RangeSetBuilder, StateEffect, StateField, gutter } from "./vendor/codemirror.js";
import { make } from "./dom.js";

const setComments = StateEffect.define();

class Mark extends GutterMarker {
  constructor(comments, clicked) {
    super();
    this.comments = comments;
    this.clicked = clicked;
  }

  get keys() {
    return this.comments.map(({ key }) => key);
  }

  eq(other) {
    return String(other.keys) === String(this.keys);
  }

  toDOM() {
    const text = this.comments.map((comment) => comment.text).join("\n");
    return make("span", { title: text, onclick: () => this.clicked(this.keys[0]) });
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
      const lines = [...new Set(comments.map(({ line }) => line))].filter((line) => line >= 1 && line <= state.doc.lines);
      for (const number of lines.sort((one, other) => one - other)) {
        const { from } = state.doc.line(number);
        builder.add(from, from, new Mark(comments.filter(({ line }) => line === number), clicked));
      }
      return setComments.of(builder.finish());
    },
    find(state, key) {
      for (const cursor = state.field(field).iter(); cursor.value; cursor.next()) if (cursor.value.keys.includes(key)) return cursor.from;
      return null;
    },
  };
}
