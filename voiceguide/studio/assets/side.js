// The panels beside the text, one behind each tab.
import { make } from "./dom.js";
import { say } from "./words.js";

/** Tabs for panels `{ key, element, shown }`: `say("panels." + key)` names them, `shown` is called when one is looked at. */
export function sideIn(parent, panels) {
  const tabs = panels.map(({ key }) => make("button", { type: "button", role: "tab", id: `tab-${key}`, "aria-controls": `panel-${key}`, onclick: () => choose(key) }, make("span", {}, say(`panels.${key}`)), make("span", { class: "count" })));
  const list = make("div", { role: "tablist", class: "tabs", "aria-label": say("panels.all"), onkeydown: go }, ...tabs);
  for (const { key, element } of panels) {
    for (const [name, value] of Object.entries({ role: "tabpanel", id: `panel-${key}`, tabindex: "0", "aria-labelledby": `tab-${key}` })) element.setAttribute(name, value);
    element.classList.add("panel");
  }
  parent.replaceChildren(list, ...panels.map(({ element }) => element));

  function choose(key) {
    panels.forEach((panel, index) => {
      const chosen = panel.key === key;
      tabs[index].setAttribute("aria-selected", String(chosen));
      tabs[index].tabIndex = chosen ? 0 : -1;
      panel.element.hidden = !chosen;
      if (chosen) panel.shown?.();
    });
  }

  function go(press) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[press.key];
    if (!step) return;
    press.preventDefault();
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  }

  choose(panels[0].key);
  return {
    choose,
    /** A number beside a tab's name; 0 shows none. */
    count(key, number) {
      tabs[panels.findIndex((panel) => panel.key === key)].querySelector(".count").textContent = number || "";
    },
  };
}
