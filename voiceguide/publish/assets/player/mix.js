/* A living session on the clock of an audio context: its clips are set at their times, ahead; its beds go round, and give
 * way to the voice. It is the mix that is rendered, in the same order: clips as they were mastered, beds under them. */

class Mix {
  // values of a curve; between them it is straight
  static curve = 128;
  // seconds in which a bed goes that went on after the session, or comes up for that
  static last = 10;
  // the level up to which the sound passes unchanged; what several sounds add to it is bent
  static knee = 0.92;

  static gain = (decibels) => 10 ** (decibels / 20);

  /** `from`: the second of the plan that is heard at second `at` of the context's clock. `wishes`: `voice` and `background`,
   * factors; `bed`: null for the session's own, "none", or one of the pack's; `after`: seconds for which it goes on. */
  constructor(context, parts, plan, wishes, from, at) {
    Object.assign(this, { context, parts, plan, wishes, from, at });
    const node = (gain, next) => {
      const made = new GainNode(context, { gain });
      made.connect(next);
      return made;
    };
    this.loudness = node(1, context.destination);
    this.output = node(1, this.loudness);
    const ceiling = new WaveShaperNode(context, { curve: Mix.#ceiling() });
    ceiling.connect(this.output);
    this.master = node(Mix.gain(plan.gain) / 2, ceiling);
    this.buses = { voice: node(wishes.voice, this.master), breath: this.master, chimes: this.master };
    this.background = node(wishes.background, this.master);
    this.ducked = node(1, this.background);
    this.next = 0;
    this.sources = new Set();
  }

  /** Of what is twice as loud: unchanged up to the knee, and never above 1. */
  static #ceiling() {
    const bent = (level) => (level <= Mix.knee ? level : Mix.knee + (1 - Mix.knee) * Math.tanh((level - Mix.knee) / (1 - Mix.knee)));
    return Float32Array.from({ length: 4097 }, (_, n) => {
      const level = (n - 2048) / 1024;
      return Math.sign(level) * bent(Math.abs(level));
    });
  }

  /** The context's time of a second of the plan. */
  when(second) {
    return this.at + second - this.from;
  }

  /** Seconds of the plan, and of the bed after it. */
  get end() {
    return this.plan.seconds + (this.hasBed ? this.wishes.after : 0);
  }

  get hasBed() {
    return this.wishes.bed !== "none" && (this.wishes.bed !== null || this.plan.beds.length > 0);
  }

  /** What has to be decoded to begin with. */
  async ready() {
    await this.parts.load();
    this.beds = await Promise.all(this.#bedRows().map(async (row) => ({ ...row, sound: await this.parts.bed(row.which) })));
    const soon = this.plan.clips.filter(([number, start, frames]) => this.#isHeard(number, start, frames) && this.parts.seconds(start) < this.from + 3);
    await Promise.all(soon.slice(0, 12).map(([number]) => this.parts.clip(number)));
  }

  /** Begins: the beds sound, and the clips before `until` (seconds of the plan) are set. `at` may be moved until then. */
  async begin(at, until) {
    this.at = at;
    // within a sound, it would click
    if (this.from > 0) this.#ramp(this.output.gain, (share) => share, at, at + 0.02);
    for (const row of this.beds) this.#bed(row);
    this.#duck();
    await this.schedule(until);
  }

  /** Sets the clips that begin before `until` and are not set yet. */
  async schedule(until) {
    const { clips } = this.plan;
    while (!this.stopped && this.next < clips.length && this.parts.seconds(clips[this.next][1]) < until) {
      const [number, start, frames = this.parts.document.clips[number][1], fade = 0] = clips[this.next++];
      if (this.#isHeard(number, start, frames)) this.#clip(number, await this.parts.clip(number), start, frames, fade);
    }
  }

  #isHeard(number, start, frames = this.parts.document.clips[number][1]) {
    return this.parts.seconds(start + frames) > this.from;
  }

  #clip(number, { buffer, offset }, start, frames, fade) {
    if (this.stopped) return;
    const [begin, length] = [this.parts.seconds(start), this.parts.seconds(frames)];
    // what lies before the place, or came too late, is left out
    const past = Math.max(0, this.from - begin, this.context.currentTime - this.when(begin));
    if (past >= length) return;
    let onto = this.buses[this.parts.document.clips[number][0]] ?? this.master;
    if (fade) {
      const falling = new GainNode(this.context);
      const end = this.when(begin + length);
      this.#ramp(falling.gain, (share) => (1 + Math.cos(Math.PI * share)) / 2, end - this.parts.seconds(fade), end);
      falling.connect(onto);
      onto = falling;
    }
    const source = this.#source({ buffer }, onto);
    source.start(this.when(begin + past), offset + past, length - past);
  }

  #source(options, onto) {
    const source = new AudioBufferSourceNode(this.context, options);
    source.connect(onto);
    this.sources.add(source);
    source.onended = () => {
      this.sources.delete(source);
      source.disconnect();
    };
    return source;
  }

  /** The beds of the plan as the listener wants them: `which` bed, times in seconds, `level` as a factor, and whether a fade
   * meets the same sound (`joins`, `leads`). */
  #bedRows() {
    const { document } = this.parts;
    const { bed, after } = this.wishes;
    if (!this.hasBed) return [];
    const added = [0, 0, this.plan.frames, 0, document.added_bed.level, ...document.added_bed.fades, 0, 0];
    const rows = (this.plan.beds.length ? this.plan.beds : [added]).map(([number, start, end, origin, level, rise, fall, joins, leads]) => ({
      which: bed ?? number,
      ...Object.fromEntries(Object.entries({ start, end, origin, rise, fall }).map(([name, frames]) => [name, this.parts.seconds(frames)])),
      level: Mix.gain(level + document.master),
      joins,
      leads,
    }));
    if (after > 0) {
      const { seconds } = this.plan;
      const last = rows.at(-1);
      if (last.end > seconds - 1) Object.assign(last, { end: seconds + after, fall: Math.min(Mix.last, after) });
      else rows.push({ ...last, start: seconds, origin: seconds, end: seconds + after, rise: Math.min(Mix.last, after / 2), fall: Math.min(Mix.last, after / 2), joins: 0, leads: 0 });
    }
    return rows.filter(({ end }) => end > this.from);
  }

  #bed({ sound, start, end, origin, level, rise, fall, joins, leads }) {
    const { buffer, begin, end: turn, offset } = sound;
    const [rising, falling] = [new GainNode(this.context), new GainNode(this.context, { gain: level })];
    const up = (squared) => (share) => Math.sin((Math.PI / 2) * share) ** (squared ? 2 : 1);
    this.#ramp(rising.gain, up(joins), this.when(start), this.when(start + rise));
    this.#ramp(falling.gain, (share) => level * up(leads)(1 - share), this.when(end - fall), this.when(end));
    rising.connect(falling).connect(this.ducked);
    const source = this.#source({ buffer, loop: true, loopStart: offset + begin, loopEnd: offset + turn }, rising);
    const first = Math.max(start, this.from);
    const since = first - origin;
    source.start(this.when(first), offset + (since < turn ? since : begin + ((since - begin) % (turn - begin))));
    source.stop(this.when(end));
  }

  /** The beds give way to the voice: a raised cosine in decibels before and after it. */
  #duck() {
    const { depth, lead, release } = this.parts.document.ducking;
    const down = (share) => Mix.gain((-depth * (1 - Math.cos(Math.PI * share))) / 2);
    for (const [start, end] of this.plan.dips.map((dip) => dip.map((frames) => this.parts.seconds(frames)))) {
      if (end + release <= this.from) continue;
      this.#ramp(this.ducked.gain, down, this.when(start - lead), this.when(start));
      this.#ramp(this.ducked.gain, (share) => down(1 - share), this.when(end), this.when(end + release));
    }
  }

  /** A value that goes as `shape`, from 0 to 1, between two times; what lies before the beginning is past. */
  #ramp(param, shape, begin, end) {
    if (end - begin < 0.001 || end <= this.at + 0.001) {
      param.setValueAtTime(shape(1), Math.max(end, this.at));
      return;
    }
    const first = Math.max(begin, this.at);
    const share = (time) => (time - begin) / (end - begin);
    param.setValueAtTime(shape(share(first)), first);
    const curve = Float32Array.from({ length: Mix.curve + 1 }, (_, n) => shape(share(first + ((end - first) * n) / Mix.curve)));
    // two curves may not touch
    param.setValueCurveAtTime(curve, first, end - first - 0.0001);
  }

  /** How loud voice and background are from now on. */
  volumes({ voice, background }) {
    const now = this.context.currentTime;
    this.buses.voice.gain.setTargetAtTime(voice, now, 0.05);
    this.background.gain.setTargetAtTime(background, now, 0.05);
  }

  stop() {
    this.stopped = true;
    const now = this.context.currentTime;
    this.output.gain.cancelScheduledValues(now);
    this.output.gain.setTargetAtTime(0, now, 0.008);
    for (const source of this.sources) source.stop(now + 0.06);
    setTimeout(() => this.loudness.disconnect(), 200);
  }
}
