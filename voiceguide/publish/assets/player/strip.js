/* The timeline as a picture: chapters side by side, words as bars, breath as waves, holds as a line. */

const strip = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 40;

  /** Rectangles `[start, end]` around the middle line as one path. */
  const bars = (rows, tall) =>
    rows.map(([start, end]) => `M${start.toFixed(2)} ${(HEIGHT - tall) / 2}h${(end - start).toFixed(2)}v${tall}H${start.toFixed(2)}z`).join("");

  function waves(item) {
    const breath = (item.end - item.start) / item.times;
    const one = `q${(breath / 4).toFixed(2)} -18 ${(breath / 2).toFixed(2)} 0t${(breath / 2).toFixed(2)} 0`;
    return `M${item.start.toFixed(2)} ${HEIGHT / 2}${one.repeat(item.times)}`;
  }

  function path(className, d) {
    const element = document.createElementNS(SVG, "path");
    element.setAttribute("class", className);
    element.setAttribute("d", d);
    return element;
  }

  return function drawing(steps, seconds) {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", `0 0 ${seconds} ${HEIGHT}`);
    picture.setAttribute("preserveAspectRatio", "none");
    const after = steps.steps.flatMap((step) => step.then);
    const words = steps.steps.flatMap((step) => step.lines.map((line) => [line.start, line.end]));
    const holds = after.filter((item) => item.kind === "hold").map((item) => [item.start, item.end]);
    const breaths = after.filter((item) => item.kind === "breath");
    picture.append(path("holds", bars(holds, 8)), path("breaths", breaths.map(waves).join("")), path("words", bars(words, 22)));

    const chapters = make("div", { class: "ranges" });
    for (const { title, start, end } of steps.chapters) {
      const range = make("span", { dir: "auto" }, title);
      range.style.flexGrow = String(Math.max(0.1, end - start));
      chapters.append(range);
    }
    const past = make("div", { class: "past" });
    return [chapters, picture, past];
  };
})();
