/* Breathing to look at: a shape that grows, rests and shrinks, drawn in every frame from the time that the sound has. */

const breath = (() => {
  // shares of the full size
  const SMALL = 0.42;
  // milliseconds of vibration, and of rest between two: in, out and the rests can be told apart
  const TOUCH = { in: [60, 60, 60], out: [220], hold: [25], rest: [25] };

  /** How full the lungs are, from 0 to 1, and the phase, at a time; null where nothing is breathed or held. */
  function at(steps, time) {
    const phase = steps.phaseAt(time);
    if (!phase) return null;
    const share = (time - phase.start) / (phase.end - phase.start);
    const left = phase.end - time;
    if (!phase.breath) return { phase, left, full: 1 };
    const { phases, starts } = phase.breath;
    const number = starts.indexOf(phase.start) % phases.length;
    const names = phases.map(({ name }) => name);
    const ins = names.filter((name) => name === "in").length;
    const before = names.slice(0, number).filter((name) => name === "in").length;
    const smooth = (1 - Math.cos(Math.PI * share)) / 2;
    if (phase.name === "in") return { phase, left, full: (before + smooth) / ins };
    const whole = names.slice(0, number).includes("out") ? 0 : before / ins;
    return { phase, left, full: phase.name === "out" ? (before / ins) * (1 - smooth) : whole };
  }

  /** Draws into the figures while the session plays; `still`: no movement, only words and a number. */
  function start(playback, figures) {
    let touched = null;
    const still = matchMedia("(prefers-reduced-motion: reduce)");

    function draw() {
      const { steps, time } = playback;
      const now = steps && at(steps, time);
      for (const figure of figures) {
        figure.hidden = !now;
        if (!now) continue;
        const [ring, shape, name, left] = figure.parts;
        shape.style.transform = `scale(${still.matches ? 0.8 : SMALL + (1 - SMALL) * now.full})`;
        ring.style.strokeDashoffset = String(1 - time / steps.seconds);
        set(name, t(now.phase.breath ? `phase_${now.phase.name}` : "phase_held"));
        set(left, String(Math.max(1, Math.ceil(now.left - 0.02))));
      }
      return now;
    }

    const set = (element, text) => element.textContent === text || (element.textContent = text);

    function touch(now) {
      if (now?.phase === touched) return;
      touched = now?.phase ?? null;
      if (touched?.breath && playback.playing && memory.get("touch", false)) navigator.vibrate?.(TOUCH[touched.name]);
    }

    function frame() {
      if (playback.playing) {
        touch(draw());
        requestAnimationFrame(frame);
      }
    }

    playback.addEventListener("state", () => playback.playing && requestAnimationFrame(frame));
    playback.addEventListener("time", () => (document.hidden ? touch(playback.steps && at(playback.steps, playback.time)) : draw()));
  }

  /** The parts of a figure, by their classes. */
  function figure(element) {
    element.parts = ["ring", "shape", "name", "left"].map((name) => element.querySelector(`.${name}`));
    return element;
  }

  return { at, start, figure, possible: "vibrate" in navigator };
})();
