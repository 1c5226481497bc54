// Drags on the timeline: ends, starts and levels of things, by pointer.
const CLICK = 3; // pixels that a click may move
const LEVEL = 4; // pixels for a decibel

export function draggingOn(board, { state, choose, changed, play, length, left, width, decibels, word, redraw }) {
  let drag = null;
  const seconds = (x) => state.from + ((x - board.getBoundingClientRect().left) / board.clientWidth) * state.seconds;

  board.addEventListener("pointerdown", (down) => {
    if (down.button !== 0 || !state.timeline) return;
    const element = down.target.closest(".thing");
    board.focus({ preventScroll: true });
    if (!element) {
      play(Math.min(length(), Math.max(0, seconds(down.clientX))));
      return;
    }
    const event = state.timeline.events[element.dataset.index];
    const grip = down.target.classList.contains("grip");
    drag = { event, element, grip, target: down.target, x: down.clientX, y: down.clientY, by: 0, level: 0, index: Number(element.dataset.index) };
    board.setPointerCapture(down.pointerId);
    down.preventDefault();
  });

  board.addEventListener("pointermove", (pointer) => {
    if (!drag) return;
    const { event, element } = drag;
    drag.by = ((pointer.clientX - drag.x) / board.clientWidth) * state.seconds;
    if (event.kind === "bed") {
      drag.level = Math.round((drag.y - pointer.clientY) / LEVEL);
      if (drag.level) element.querySelector("span").textContent = decibels((event.level ?? 0) + drag.level);
    } else if (drag.grip) element.style.width = width(Math.max(0.1, event.end - event.start + drag.by));
    else element.style.left = left(event.start + drag.by);
  });

  board.addEventListener("pointerup", (up) => {
    if (!drag) return;
    const { event, grip, by, level, index, x, target } = drag;
    drag = null;
    if (event.kind === "bed" && level) changed(event, "louder", (event.level ?? 0) + level);
    else if (event.kind !== "bed" && Math.abs(up.clientX - x) > CLICK) changed(event, grip ? "ends_later" : "begins_later", Math.round(by * 10) / 10);
    else {
      choose(index);
      if (target.dataset.at !== undefined && event.line) word(event, Number(target.dataset.at));
      if (event.kind !== "bed") play(target.dataset.at === undefined ? event.start : seconds(x));
    }
    redraw();
  });

  board.addEventListener("pointercancel", () => {
    drag = null;
    redraw();
  });
}
