/* Which step a time is in. All times are seconds; a jump lands `lead` before a line, which `at` of a step includes. */

class Steps {
  // seconds into a step after which "back" goes to its start first
  static again = 2;
  // seconds; a step that lasts longer is gone through in pieces
  static piece = 30;
  // seconds for which a listener remembers a line that was said
  static recent = 20;
  // seconds by which a browser may stop short of a time that it was sent to
  static short = 0.01;

  constructor({ lead, chapters, steps, even }, seconds) {
    Object.assign(this, { lead, chapters, steps, even, seconds });
    const items = steps.flatMap((step) => step.then);
    this.breaths = items.filter((item) => item.kind === "breath");
    /** What is breathed or held, in order: `{ name, start, end, breath }`. */
    this.phases = items.flatMap(Steps.#phases).sort((one, other) => one.start - other.start);
    this.marks = this.#marks(seconds);
  }

  static #phases(item) {
    if (item.kind === "hold") return [{ name: "hold", start: item.start, end: item.end, breath: null }];
    if (item.kind !== "breath") return [];
    const { starts, phases } = item;
    return starts.map((start, n) => ({ name: phases[n % phases.length].name, start, end: starts[n + 1] ?? item.end, breath: item }));
  }

  /** The times at which steps begin, and the pieces of long ones: whole breaths, where one breathes. */
  #marks(seconds) {
    const starts = [...new Set([0, ...this.steps.map((step) => step.at)])].sort((one, other) => one - other);
    const marks = starts.flatMap((start, number) => {
      const length = (starts[number + 1] ?? seconds) - start;
      const pieces = Math.ceil(length / Steps.piece);
      return Array.from({ length: Math.max(1, pieces) }, (_, n) => (n ? this.#wholeBreath(start + (n * length) / pieces) : start));
    });
    return [...new Set(marks)].sort((one, other) => one - other);
  }

  /** The start of the breath that a time is in; else the time. */
  #wholeBreath(time) {
    const breath = this.breaths.find(({ start, end }) => start <= time + Steps.short && time < end);
    if (!breath) return time;
    const { starts, phases } = breath;
    const number = Steps.last(starts, time + Steps.short, (start) => start);
    return starts[number - (number % phases.length)];
  }

  /** The index of the last row that has begun at `time`, at least 0. */
  static last(rows, time, begin) {
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (begin(rows[middle]) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  stepAt(time) {
    return Steps.last(this.steps, time + Steps.short, (step) => step.at);
  }

  chapterAt(time) {
    return this.steps[this.stepAt(time)]?.chapter ?? 0;
  }

  /** What is breathed or held at a time; null where nothing is. */
  phaseAt(time) {
    const phase = this.phases[Steps.last(this.phases, time, ({ start }) => start)];
    return phase && phase.start <= time && time < phase.end ? phase : null;
  }

  /** The time to resume at after a pause: the start of the sentence that was being said; of what was said a moment ago;
   * of the breath or the short hold that was interrupted; else the time itself. */
  restart(time) {
    const step = this.steps[this.stepAt(time)];
    if (!step) return time;
    const said = step.lines.findIndex((line) => time < line.end);
    const number = said >= 0 ? said : step.lines.findIndex((line) => time - line.end < Steps.recent);
    if (number > 0) return Math.max(step.lines[number - 1].end, step.lines[number].start - this.lead);
    if (number === 0 || (!step.lines.length && time - step.at < Steps.recent)) return step.at;
    const hold = step.then.find(({ kind, start, end }) => kind === "hold" && start <= time + Steps.short && time < end);
    return hold && time - hold.start < Steps.piece ? hold.start : this.#wholeBreath(time);
  }

  back(time) {
    const number = Steps.last(this.marks, time + Steps.short, (mark) => mark);
    return time > this.marks[number] + Steps.again || number === 0 ? this.marks[number] : this.marks[number - 1];
  }

  /** The start of the next step or piece; null after the last. */
  forth(time) {
    return this.marks.find((mark) => mark > time + Steps.short) ?? null;
  }

  chapterStart(number) {
    return this.steps.find((step) => step.chapter === number)?.at ?? this.chapters[number]?.start ?? 0;
  }

  chapterBack(time) {
    const number = this.chapterAt(time);
    const start = this.chapterStart(number);
    return time > start + Steps.again || number === 0 ? start : this.chapterStart(number - 1);
  }

  chapterForth(time) {
    const number = this.chapterAt(time) + 1;
    return number < this.chapters.length ? this.chapterStart(number) : null;
  }

  /** Whether a listener breathes, holds or counts along, or will in a moment. */
  keepsTime(time) {
    const range = this.even[Steps.last(this.even, time + 0.4, ([start]) => start)];
    return Boolean(range && range[0] <= time + 0.4 && time < range[1]);
  }
}
