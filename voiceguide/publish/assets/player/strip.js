/* The timeline as a picture, drawn for the width that it has: chapters at their times, words as bars, each phase of a
 * breath as it rises, rests and falls, holds as a line. Times become pixels by one rule, so that nothing drifts. */

const strip = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 64;
  // pixels above and below the middle line that a full and an empty breath reach
  const REACH = 13;
  // pixels; narrower breaths are drawn as one band, for single ones would be a solid block
  const NARROW = 7;

  const round = (number) => Math.round(number * 100) / 100;

  /** Bars around the middle line as one path, none narrower than a pixel. */
  const bars = (rows, tall, pixels) =>
    rows.map(({ start, end }) => `M${round(start * pixels)} ${(HEIGHT - tall) / 2}h${round(Math.max(1, (end - start) * pixels))}v${tall}H${round(start * pixels)}z`).join("");

  const isNarrow = ({ start, end, times }, pixels) => ((end - start) / times) * pixels < NARROW;

  /** A line from phase to phase: up while one breathes in, level in a hold, down while one breathes out. */
  function wave(breath, phases, pixels) {
    let y = HEIGHT / 2 + REACH;
    const own = phases.filter((phase) => phase.breath === breath);
    const ins = breath.phases.filter(({ name }) => name === "in").length;
    const line = own.map(({ name, end }) => {
      if (name === "in") y -= (2 * REACH) / Math.max(1, ins);
      if (name === "out") y = HEIGHT / 2 + REACH;
      return `L${round(end * pixels)} ${round(Math.max(HEIGHT / 2 - REACH, y))}`;
    });
    return `M${round(breath.start * pixels)} ${HEIGHT / 2 + REACH}${line.join("")}`;
  }

  function path(className, d) {
    const element = document.createElementNS(SVG, "path");
    element.setAttribute("class", className);
    element.setAttribute("d", d);
    return element;
  }

  function picture(steps, seconds, width) {
    const pixels = width / seconds;
    const drawn = document.createElementNS(SVG, "svg");
    drawn.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    drawn.setAttribute("preserveAspectRatio", "none");
    const holds = steps.phases.filter((phase) => !phase.breath);
    const bands = steps.breaths.filter((breath) => isNarrow(breath, pixels));
    const waves = steps.breaths.filter((breath) => !isNarrow(breath, pixels));
    drawn.append(
      path("holds", bars(holds, 8, pixels)),
      path("bands", bars(bands, 2 * REACH, pixels)),
      path("breaths", waves.map((breath) => wave(breath, steps.phases, pixels)).join("")),
      path("words", bars(steps.steps.flatMap((step) => step.lines), 22, pixels)),
    );
    return drawn;
  }

  function ranges(steps, seconds) {
    const chapters = make("div", { class: "ranges" });
    for (const { title, start, end } of steps.chapters) {
      const range = make("span", { dir: "auto" }, title);
      range.style.left = `${(100 * start) / seconds}%`;
      range.style.width = `${(100 * (end - start)) / seconds}%`;
      chapters.append(range);
    }
    return chapters;
  }

  return function strip(box) {
    let shown = null;
    let width = 0;

    function draw() {
      if (!shown || !box.clientWidth || box.clientWidth === width) return;
      width = box.clientWidth;
      box.querySelector("svg")?.remove();
      box.firstElementChild.after(picture(shown.steps, shown.seconds, width));
    }

    new ResizeObserver(draw).observe(box);
    return function show(steps, seconds) {
      shown = { steps, seconds };
      width = 0;
      box.replaceChildren(ranges(steps, seconds), make("div", { class: "past" }));
      draw();
    };
  };
})();
