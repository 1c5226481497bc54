// Screens over the whole page, each opened by a button of the bar.
import { byId, make } from "./dom.js";
import { say } from "./words.js";

/** A dialog over the page with a title and a button that closes it. */
export function dialogOf({ key, title, element, closed }) {
  const dialog = make("dialog", { class: `screen screen-${key}`, "aria-labelledby": `screen-${key}` },
    make("header", {}, make("h2", { id: `screen-${key}` }, title), make("button", { type: "button", class: "plain", onclick: () => dialog.close() }, say("close"))),
    element);
  dialog.addEventListener("close", () => closed?.());
  document.body.append(dialog);
  return dialog;
}

/** A button in the bar that opens a screen `{ key, element, opened, closed }`; `say("screens." + key)` names both. */
export function addScreen({ key, element, opened, closed }) {
  const dialog = dialogOf({ key, title: say(`screens.${key}`), element, closed });
  const open = () => {
    dialog.showModal();
    return opened?.();
  };
  byId("screens").append(make("button", { type: "button", id: `open-${key}`, onclick: open }, say(`screens.${key}`)));
  return { open, close: () => dialog.close() };
}
