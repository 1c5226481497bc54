/* Which step a time is in. All times are seconds; a jump lands `lead` before a line, which `at` of a step includes. */

class Steps {
  // seconds into a step after which "back" goes to its start first
  static again = 2;

  constructor({ lead, chapters, steps, even }) {
    Object.assign(this, { lead, chapters, steps, even });
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
    return Steps.last(this.steps, time + 0.01, (step) => step.at);
  }

  chapterAt(time) {
    return this.steps[this.stepAt(time)]?.chapter ?? 0;
  }

  /** The time to resume at after a pause: the start of the sentence that was being said, else of the step's lines. */
  restart(time) {
    const step = this.steps[this.stepAt(time)];
    if (!step) return time;
    const number = step.lines.findIndex((line) => time < line.end);
    if (number <= 0) return step.at;
    return Math.max(step.lines[number - 1].end, step.lines[number].start - this.lead);
  }

  back(time) {
    const number = this.stepAt(time);
    const step = this.steps[number];
    if (!step) return 0;
    return time > step.at + Steps.again || number === 0 ? step.at : this.steps[number - 1].at;
  }

  /** The next step's start; null after the last. */
  forth(time) {
    return this.steps[this.stepAt(time) + 1]?.at ?? null;
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
