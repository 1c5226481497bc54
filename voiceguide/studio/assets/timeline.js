// The session in time: lanes of things that can be chosen, heard, dragged and typed at.
import { clock, make } from "./dom.js";
import { draggingOn } from "./dragging.js";
import { drawLoudness } from "./loudness.js";
import { ticks } from "./ruler.js";
import { say } from "./words.js";

const LANES = ["voice", "silence", "breath", "chimes", "bed"];
const LANE_OF = { speech: "voice", pause: "silence", hold: "silence", breath: "breath", chime: "chimes", sound: "chimes", bed: "bed" };
const ENDS = new Set(["pause", "hold", "breath"]);
const STEP = 0.5; // seconds that a key moves
const MOST = 1500; // elements at a time; closer, the rest comes
const CLOSEST = 0.5; // seconds that can fill the timeline
const ROOM = 7; // pixels for a letter, from which on the words of a sentence are shown each in its place
const decibels = (level) => `${level > 0 ? "+" : level < 0 ? "−" : ""}${Math.abs(level)} dB`;

export function timelineIn(parent, { play, move, go }) {
  const state = { timeline: null, from: 0, seconds: 60, chosen: null, head: 0, comments: [], loudness: [], told: false };
  const lanes = Object.fromEntries(LANES.map((name) => [name, make("div", { class: `lane lane-${name}`, role: "presentation" })]));
  const ruler = make("div", { class: "ruler", "aria-hidden": "true" });
  const chapters = make("div", { class: "chapters", "aria-hidden": "true" });
  const loudness = make("canvas", { class: "loudness", "aria-hidden": "true" });
  const head = make("div", { class: "head", "aria-hidden": "true" });
  const board = make("div", { class: "board", tabindex: "0", role: "listbox", "aria-label": say("timeline"), "aria-describedby": "timeline-help" }, ruler, chapters, ...LANES.map((name) => lanes[name]), loudness, head);
  const labels = make("div", { class: "labels", "aria-hidden": "true" }, make("span", { class: "label-ruler" }), make("span", {}), ...LANES.map((name) => make("span", {}, say(`lanes.${name}`))), make("span", { class: "label-loudness" }, say("lanes.loudness")));
  const button = (label, text, act) => make("button", { type: "button", class: "plain", "aria-label": label, title: label, onclick: act }, text);
  const closeness = make("input", { type: "range", class: "closeness", min: "0", max: "100", value: "0", "aria-label": say("zoom"), oninput: () => zoomTo(widest() * (CLOSEST / widest()) ** (closeness.value / 100)) });
  const chapter = chapterTool();
  const tools = make("div", { class: "tools" }, chapter.element, button(say("zoomOut"), "−", () => zoom(2)), closeness, button(say("zoomIn"), "+", () => zoom(0.5)), button(say("whole"), say("whole"), whole));
  const told = make("p", { class: "hush", role: "status" });
  parent.append(tools, make("div", { class: "rows" }, labels, board), make("p", { id: "timeline-help", class: "hush" }, say("timelineHelp")), told);

  const length = () => state.timeline?.seconds ?? 0;
  const widest = () => Math.max(length(), CLOSEST);
  const left = (at) => `${((at - state.from) / state.seconds) * 100}%`;
  const width = (span) => `${(span / state.seconds) * 100}%`;

  function label(event) {
    const lasts = say("inSeconds", { count: Math.round((event.end - event.start) * 10) / 10 });
    const level = "level" in event ? `, ${decibels(event.level)}` : "";
    return say("thing", { kind: say(`kinds.${event.kind}`), text: event.text ?? event.phase ?? "", at: clock(event.start), lasts }) + level;
  }

  // -- drawing

  function draw() {
    if (!state.timeline) return;
    const until = state.from + state.seconds;
    const shown = Object.fromEntries(LANES.map((name) => [name, []]));
    let count = 0;
    state.timeline.events.forEach((event, index) => {
      if (event.end < state.from || event.start > until || count > MOST) return;
      count += 1;
      shown[LANE_OF[event.kind]].push(thing(event, index));
    });
    for (const name of LANES) lanes[name].replaceChildren(...shown[name]);
    ruler.replaceChildren(...ticks(state.from, state.seconds, board.clientWidth).map(({ at, text }) => {
      const tick = make("span", {}, text);
      tick.style.left = left(at);
      return tick;
    }));
    chapters.replaceChildren(...state.timeline.chapters.filter(({ start, end }) => end > state.from && start < until).map(drawnChapter), ...marks(until));
    drawLoudness(loudness, state.loudness, state.from, state.seconds);
    closeness.value = (100 * Math.log(state.seconds / widest())) / Math.log(CLOSEST / widest()) || 0;
    closeness.setAttribute("aria-valuetext", say("shows", { from: clock(state.from), to: clock(Math.min(until, length())) }));
    board.setAttribute("aria-activedescendant", state.chosen === null ? "" : `thing-${state.chosen}`);
    drawHead();
  }

  function thing(event, index) {
    const chosen = index === state.chosen;
    const element = make("div", {
      class: `thing thing-${event.kind}${event.elastic ? " elastic" : ""}${event.missing ? " missing" : ""}`,
      id: `thing-${index}`, role: "option", "aria-selected": String(chosen), "aria-label": label(event), "data-index": index,
      title: event.text ?? label(event),
    }, inside(event), ENDS.has(event.kind) ? make("i", { class: "grip" }) : null);
    const start = event.kind === "bed" ? Math.max(event.start, state.from) : event.start; // so that its name is seen
    element.style.left = left(start);
    element.style.width = width(Math.max(event.end - start, state.seconds / 2000));
    return element;
  }

  /** What is written in a thing: a sentence's words, each in its place where there is room; a bed's name and level. */
  function inside(event) {
    if (event.kind === "bed") return make("span", {}, `${event.text ?? ""} ${decibels(event.level)}`);
    if (event.kind !== "speech" || !event.text) return null;
    const room = ((event.end - event.start) / state.seconds) * board.clientWidth;
    if (room < event.text.length * ROOM) return make("span", {}, event.text);
    return make("span", { class: "spread" }, ...[...event.text.matchAll(/\S+\s*/g)].map(({ 0: word, index }) => {
      const part = make("b", { "data-at": index }, word);
      part.style.flexGrow = word.length;
      return part;
    }));
  }

  function drawnChapter({ title, start, end, optional }) {
    const element = make("span", { title, class: optional ? "optional" : "" }, title);
    const until = state.from + state.seconds;
    element.style.left = left(Math.max(start, state.from));
    element.style.width = width(Math.min(end, until) - Math.max(start, state.from));
    return element;
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
    chapter.show();
  }

  // -- what is seen

  function show(from, seconds = state.seconds) {
    state.seconds = Math.min(Math.max(seconds, CLOSEST), widest());
    state.from = Math.min(Math.max(0, from), Math.max(0, length() - state.seconds));
    draw();
  }

  function zoomTo(seconds) {
    const middle = state.chosen === null ? state.head : state.timeline.events[state.chosen].start;
    const at = middle >= state.from && middle <= state.from + state.seconds ? middle : state.from + state.seconds / 2;
    show(at - ((at - state.from) * seconds) / state.seconds, seconds);
  }

  function zoom(factor) {
    if (!state.timeline) return;
    zoomTo(state.seconds * factor);
    announce(closeness.getAttribute("aria-valuetext"));
  }

  function whole() {
    show(0, length());
  }

  function announce(text) {
    told.textContent = text;
  }

  // -- the chapter at hand, and whether it may be left out

  function chapterTool() {
    const name = make("strong", { dir: "auto" });
    const choice = make("select", { onchange: () => keep(choice.value) }, ...["required", 0, 1, 2, 3].map((keeps) => make("option", { value: keeps }, say(`optional.${keeps}`))));
    const gone = make("span", { class: "left-out" });
    const element = make("div", { class: "chapter-tool" }, make("label", {}, name, choice), gone);
    let known;
    return {
      element,
      show() {
        const out = state.timeline?.left_out ?? [];
        gone.textContent = out.length ? say("leftOutNow", { titles: out.join(" · ") }) : "";
        const now = here();
        if (now === known) return;
        known = now;
        element.firstChild.hidden = !now?.line;
        if (!now?.line) return;
        name.textContent = now.title;
        choice.setAttribute("aria-label", say("optional.name", { title: now.title }));
        if (now.optional > 3) choice.append(make("option", { value: now.optional }, String(now.optional)));
        choice.value = keeps(now);
      },
    };
  }

  function here() {
    const at = state.chosen === null ? state.head : state.timeline?.events[state.chosen]?.start ?? 0;
    return (state.timeline?.chapters ?? []).find(({ start, end }) => at >= start && at < end) ?? null;
  }

  /** How a chapter is kept: "required", or the number by which it may be left out (0: none). */
  function keeps(chapter) {
    return chapter?.required ? "required" : String(chapter?.optional ?? 0);
  }

  function keep(how) {
    const now = here();
    if (!now?.line) return;
    const required = how === "required";
    move(required ? how : "optional", { line: now.line, column: 1 }, required ? 1 : Number(how));
    announce(`${now.title}: ${say(`optional.${required ? how : Math.min(how, 3)}`)}`);
  }

  // -- choosing and changing

  function choose(index, follow = true) {
    state.chosen = index;
    const event = state.timeline.events[index];
    if (event.start < state.from || event.start > state.from + state.seconds) show(event.start - state.seconds / 3);
    else draw();
    if (follow && event.line) go(event);
  }

  function changed(event, action, amount) {
    state.told = true;
    if (event.first && action === "louder") move("bed", { line: 1, column: 1 }, amount);
    else if (event.line) move(action, event, amount);
  }

  function toChapter(side) {
    const all = state.timeline.chapters;
    const at = all.indexOf(here());
    const next = all[Math.min(all.length - 1, Math.max(0, at + side))];
    const index = next ? state.timeline.events.findIndex((event) => event.start >= next.start && event.kind !== "bed") : -1;
    if (index < 0) return;
    choose(index);
    announce(next.title);
  }

  board.addEventListener("keydown", (press) => {
    const events = state.timeline?.events ?? [];
    if (!events.length) return;
    const index = state.chosen ?? Math.max(0, events.findIndex((event) => event.end > state.head && event.kind !== "bed"));
    const side = { ArrowLeft: -1, ArrowRight: 1 }[press.key];
    const page = { PageUp: -1, PageDown: 1 }[press.key];
    if (side && press.shiftKey && events[index].kind === "breath") changed(events[index], "more", side);
    else if (side && press.shiftKey) changed(events[index], "ends_later", side * STEP);
    else if (side && press.altKey) changed(events[index], "begins_later", side * STEP);
    else if (side) choose(Math.min(events.length - 1, Math.max(0, state.chosen === null ? index : index + side)));
    else if (page) toChapter(page);
    else if ((press.key === "ArrowUp" || press.key === "ArrowDown") && "level" in events[index]) changed(events[index], "louder", (events[index].level ?? 0) + (press.key === "ArrowUp" ? 1 : -1));
    else if (press.key === "Home") choose(0);
    else if (press.key === "End") choose(events.length - 1);
    else if (press.key === "Enter") play(events[index].start);
    else if (press.key === "o") keep(here()?.optional ? "0" : "1");
    else if (press.key === "r") keep(here()?.required ? "0" : "required");
    else if (press.key === "+") zoom(0.5);
    else if (press.key === "-") zoom(2);
    else return;
    press.preventDefault();
  });

  draggingOn(board, {
    state, choose, changed, play, length, left, width, decibels,
    word: (event, at) => go({ line: event.line, column: event.column + at }),
    redraw: draw,
  });
  board.addEventListener("wheel", (wheel) => {
    if (wheel.ctrlKey) zoomTo(state.seconds * (wheel.deltaY > 0 ? 1.25 : 0.8));
    else show(state.from + ((wheel.deltaX + wheel.deltaY) / board.clientWidth) * state.seconds);
    wheel.preventDefault();
  }, { passive: false });
  new ResizeObserver(draw).observe(board);

  /** The thing that was chosen, in another plan: of the same kind, written at the same place if there is one, for what
   * was written before it may have moved it, and the nearest in time. */
  function again(was, events) {
    const apart = (event) => [event.line !== was.line, event.column !== was.column, Math.abs(event.start - was.start)].map(Number);
    let found = null;
    events.forEach((event, index) => {
      if (event.kind !== was.kind || event.phase !== was.phase) return;
      const own = apart(event);
      const least = found === null ? null : apart(events[found]);
      const first = least && own.findIndex((value, at) => value !== least[at]);
      if (!least || (first >= 0 && own[first] < least[first])) found = index;
    });
    return found;
  }

  return {
    update(timeline) {
      const first = !state.timeline;
      const was = state.chosen === null ? null : state.timeline.events[state.chosen];
      state.timeline = timeline;
      state.chosen = was && again(was, timeline.events);
      if (first) whole();
      else show(state.from);
      if (state.told && state.chosen !== null) announce(label(timeline.events[state.chosen]));
      state.told = false;
    },
    clear() {
      Object.assign(state, { timeline: null, chosen: null, head: 0, comments: [], loudness: [] });
      for (const row of [...Object.values(lanes), chapters, ruler]) row.replaceChildren();
      drawLoudness(loudness, [], 0, 1);
      chapter.show();
    },
    /** Marks open comments `{ text, line, seconds }`. */
    comments(rows) {
      state.comments = rows;
      draw();
    },
    /** The loudness that is to be expected, LUFS second by second (null: silence). */
    loudness(course) {
      state.loudness = course;
      drawLoudness(loudness, course, state.from, state.seconds);
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
