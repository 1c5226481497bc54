export {EditorView, keymap, lineNumbers, highlightActiveLine, highlightSpecialChars, drawSelection, Decoration, ViewPlugin, hoverTooltip, placeholder, gutter, GutterMarker} from "@codemirror/view";
export {EditorState, StateField, StateEffect, RangeSetBuilder, Annotation, Transaction, Compartment, EditorSelection} from "@codemirror/state";
export {defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory} from "@codemirror/commands";
export {autocompletion, completionKeymap, closeBrackets} from "@codemirror/autocomplete";
export {linter, setDiagnostics, lintKeymap, lintGutter, forceLinting} from "@codemirror/lint";
export {searchKeymap, highlightSelectionMatches} from "@codemirror/search";
