// The session in time: lanes of things that can be chosen, heard, dragged and typed at.
import { clock, make } from "./dom.js";
import { say } from "./words.js";

const LANES = ["voice", "silence", "breath", "chimes", "bed"];
const LANE_OF = { speech: "voice", pause: "silence", hold: "silence", breath: "breath", chime: "chimes", sound: "chimes", bed: "bed" };
const ENDS = new Set(["pause", "hold", "breath"]);
const STEP = 0.5; // seconds that a key moves
const MOST = 1500; // elements at a time; closer, the rest comes

export function timelineIn(parent, { play, move, go }) {
  const state = { timeline: null, from: 0, seconds: 60, chosen: null, head: 0, comments: [] };
  const lanes = Object.fromEntries(LANES.map((name) => [name, make("div", { class: `lane lane-${name}`, role: "presentation" })]));
  const chapters = make("div", { class: "chapters", "aria-hidden": "true" });
  const head = make("div", { class: "head", "aria-hidden": "true" });
  const board = make("div", { class: "board", tabindex: "0", role: "listbox", "aria-label": say("timeline"), "aria-describedby": "timeline-help" }, chapters, ...LANES.map((name) => lanes[name]), head);
  const labels = make("div", { class: "labels", "aria-hidden": "true" }, make("span", { class: "label-chapters" }), ...LANES.map((name) => make("span", {}, say(`lanes.${name}`))));
  const button = (label, text, act) => make("button", { type: "button", class: "plain", "aria-label": label, title: label, onclick: act }, text);
  const tools = make("div", { class: "tools" }, button(say("zoomOut"), "−", () => zoom(2)), button(say("zoomIn"), "+", () => zoom(0.5)), button(say("whole"), say("whole"), whole));
  parent.append(tools, make("div", { class: "rows" }, labels, board), make("p", { id: "timeline-help", class: "hush" }, say("timelineHelp")));

  const length = () => state.timeline?.seconds ?? 0;
  const left = (at) => `${((at - state.from) / state.seconds) * 100}%`;
  const width = (span) => `${(span / state.seconds) * 100}%`;

  function label(event) {
    const lasts = say("inSeconds", { count: Math.round((event.end - event.start) * 10) / 10 });
    return say("thing", { kind: say(`kinds.${event.kind}`), text: event.text ?? event.phase ?? "", at: clock(event.start), lasts });
  }

  function draw() {
    if (!state.timeline) return;
    const until = state.from + state.seconds;
    const shown = Object.fromEntries(LANES.map((name) => [name, []]));
    let count = 0;
    state.timeline.events.forEach((event, index) => {
      if (event.end < state.from || event.start > until || count > MOST) return;
      count += 1;
      const lane = LANE_OF[event.kind];
      const chosen = index === state.chosen;
      const element = make("div", {
        class: `thing thing-${event.kind}${event.elastic ? " elastic" : ""}${event.missing ? " missing" : ""}`,
        id: `thing-${index}`, role: "option", "aria-selected": String(chosen), "aria-label": label(event), "data-index": index,
        title: event.text ?? label(event),
      }, event.kind === "speech" ? make("span", {}, event.text ?? "") : null, ENDS.has(event.kind) ? make("i", { class: "grip" }) : null);
      element.style.left = left(event.start);
      element.style.width = width(Math.max(event.end - event.start, state.seconds / 2000));
      shown[lane].push(element);
    });
    for (const name of LANES) lanes[name].replaceChildren(...shown[name]);
    chapters.replaceChildren(...state.timeline.chapters.filter(({ start, end }) => end > state.from && start < until).map(({ title, start, end }) => {
      const element = make("span", { title }, title);
      element.style.left = left(Math.max(start, state.from));
      element.style.width = width(Math.min(end, until) - Math.max(start, state.from));
      return element;
    }));
    chapters.append(...marks(until));
    board.setAttribute("aria-activedescendant", state.chosen === null ? "" : `thing-${state.chosen}`);
    drawHead();
  }

  /** Where the open comments stand: at their moment, or where their line is heard. */
  function marks(until) {
    return state.comments.flatMap(({ text, seconds, line }) => {
      const at = seconds ?? state.timeline.events.find((event) => event.line === line && event.kind !== "bed")?.start;
      if (at === undefined || at < state.from || at > until) return [];
      const mark = make("i", { class: "comment-mark", title: text });
      mark.style.left = left(at);
      return [mark];
    });
  }

  function drawHead() {
    head.hidden = state.head < state.from || state.head > state.from + state.seconds;
    head.style.left = left(state.head);
  }

  function show(from, seconds = state.seconds) {
    state.seconds = Math.min(Math.max(seconds, 2), Math.max(length(), 2));
    state.from = Math.min(Math.max(0, from), Math.max(0, length() - state.seconds));
    draw();
  }

  function zoom(factor) {
    const middle = state.chosen === null ? state.head : state.timeline.events[state.chosen].start;
    const at = middle >= state.from && middle <= state.from + state.seconds ? middle : state.from + state.seconds / 2;
    show(at - (at - state.from) * factor, state.seconds * factor);
  }

  function whole() {
    show(0, length());
  }

  function choose(index, follow = true) {
    state.chosen = index;
    const event = state.timeline.events[index];
    if (event.start < state.from || event.start > state.from + state.seconds) show(event.start - state.seconds / 3);
    else draw();
    if (follow && event.line) go(event);
  }

  function changed(event, action, amount) {
    if (event.line) move(action, event, amount);
  }

  board.addEventListener("keydown", (press) => {
    const events = state.timeline?.events ?? [];
    if (!events.length) return;
    const index = state.chosen ?? Math.max(0, events.findIndex((event) => event.end > state.head && event.kind !== "bed"));
    const side = { ArrowLeft: -1, ArrowRight: 1 }[press.key];
    if (side && press.shiftKey && events[index].kind === "breath") changed(events[index], "more", side);
    else if (side && press.shiftKey) changed(events[index], "ends_later", side * STEP);
    else if (side && press.altKey) changed(events[index], "begins_later", side * STEP);
    else if (side) choose(Math.min(events.length - 1, Math.max(0, state.chosen === null ? index : index + side)));
    else if ((press.key === "ArrowUp" || press.key === "ArrowDown") && "level" in events[index]) changed(events[index], "louder", (events[index].level ?? 0) + (press.key === "ArrowUp" ? 1 : -1));
    else if (press.key === "Home") choose(0);
    else if (press.key === "End") choose(events.length - 1);
    else if (press.key === "Enter") play(events[index].start);
    else if (press.key === "+") zoom(0.5);
    else if (press.key === "-") zoom(2);
    else return;
    press.preventDefault();
  });

  let drag = null;
  board.addEventListener("pointerdown", (down) => {
    if (down.button !== 0 || !state.timeline) return;
    const element = down.target.closest(".thing");
    const seconds = (x) => state.from + ((x - board.getBoundingClientRect().left) / board.clientWidth) * state.seconds;
    board.focus({ preventScroll: true });
    if (!element) {
      play(Math.min(length(), Math.max(0, seconds(down.clientX))));
      return;
    }
    const event = state.timeline.events[element.dataset.index];
    const grip = down.target.classList.contains("grip");
    drag = { event, element, grip, x: down.clientX, y: down.clientY, by: 0, level: 0, index: Number(element.dataset.index) };
    board.setPointerCapture(down.pointerId);
    down.preventDefault();
  });
  board.addEventListener("pointermove", (pointer) => {
    if (!drag) return;
    drag.by = ((pointer.clientX - drag.x) / board.clientWidth) * state.seconds;
    drag.level = drag.event.kind === "bed" ? Math.round((drag.y - pointer.clientY) / 4) : 0;
    if (drag.grip) drag.element.style.width = width(Math.max(0.1, drag.event.end - drag.event.start + drag.by));
    else if (drag.event.kind !== "bed") drag.element.style.left = left(drag.event.start + drag.by);
  });
  board.addEventListener("pointerup", (up) => {
    if (!drag) return;
    const { event, grip, by, level, index, x } = drag;
    drag = null;
    if (event.kind === "bed" && level) changed(event, "louder", (event.level ?? 0) + level);
    else if (event.kind !== "bed" && Math.abs(up.clientX - x) > 3) changed(event, grip ? "ends_later" : "begins_later", Math.round(by * 10) / 10);
    else {
      choose(index);
      if (event.kind !== "bed") play(event.start);
    }
    draw();
  });
  board.addEventListener("wheel", (wheel) => {
    if (wheel.ctrlKey) zoom(wheel.deltaY > 0 ? 1.25 : 0.8);
    else show(state.from + ((wheel.deltaX + wheel.deltaY) / board.clientWidth) * state.seconds);
    wheel.preventDefault();
  }, { passive: false });

  return {
    update(timeline) {
      const first = !state.timeline;
      state.timeline = timeline;
      if (state.chosen !== null && state.chosen >= timeline.events.length) state.chosen = null;
      if (first) whole();
      else show(state.from);
    },
    clear() {
      Object.assign(state, { timeline: null, chosen: null, head: 0, comments: [] });
      for (const name of LANES) lanes[name].replaceChildren();
      chapters.replaceChildren();
    },
    /** Marks open comments `{ text, line, seconds }`. */
    comments(rows) {
      state.comments = rows;
      draw();
    },
    length,
    timeline: () => state.timeline,
    head(seconds, follow) {
      state.head = seconds;
      if (follow && (seconds > state.from + state.seconds * 0.95 || seconds < state.from) && state.seconds < length()) show(seconds - state.seconds * 0.1);
      else drawHead();
    },
    /** The event that is heard at a moment. */
    at(seconds) {
      let found = null;
      for (const event of state.timeline?.events ?? []) {
        if (event.start > seconds) break;
        if (event.kind !== "bed" && event.line) found = event;
      }
      return found;
    },
    chapterAt: (seconds) => (state.timeline?.chapters ?? []).find(({ start, end }) => seconds >= start && seconds < end) ?? { start: 0, end: length() },
    chooseAt(line, column) {
      const events = state.timeline?.events ?? [];
      let index = events.findIndex((event) => event.line === line && event.kind !== "bed");
      events.forEach((event, other) => {
        if (event.line === line && event.kind !== "bed" && event.column <= column && (events[index].column > column || event.column > events[index].column)) index = other;
      });
      if (index >= 0) choose(index, false);
    },
  };
}
