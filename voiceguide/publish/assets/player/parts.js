/* What a living session is put together from: plans of every length, clips and beds that are decoded when they are needed
 * (docs/packs.md, "voiceguide.living/1"). Times are seconds; in the document they are frames. */

class Parts {
  // Hz of decoded sound: that of the slices, so that nothing is resampled
  static rate = 48_000;
  // seconds of decoded clips that are held ready, for chimes and breath sounds come again
  static held = 60;

  static #known = new Map();

  /** The plans at a session's addresses. Their sound comes when it is asked for. */
  static open(session) {
    const { plans } = session.living;
    if (!Parts.#known.has(plans)) {
      const opened = Parts.#fetched(plans).then(async (answer) => new Parts(await answer.json(), session.living));
      opened.catch(() => Parts.#known.delete(plans));
      Parts.#known.set(plans, opened);
    }
    return Parts.#known.get(plans);
  }

  static async #fetched(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer;
  }

  constructor(document, urls) {
    if (document.schema !== "voiceguide.living/1") throw new Error(document.schema);
    this.document = document;
    this.urls = urls;
    this.plans = document.plans.map((plan) => ({ ...plan, seconds: plan.frames / document.rate }));
    this.decoder = new OfflineAudioContext(2, 1, Parts.rate);
    this.sound = null;
    this.clips = new Map();
    this.beds = new Map();
  }

  /** Seconds of a number of frames. */
  seconds(frames) {
    return frames / this.document.rate;
  }

  /** The plan that is nearest to a length. */
  plan(seconds) {
    const off = (plan) => Math.abs(plan.seconds - seconds);
    return this.plans.reduce((best, plan) => (off(plan) < off(best) ? plan : best));
  }

  /** A plan's steps, as those of a session that was rendered. */
  steps(plan) {
    const { texts } = this.document;
    const chapters = plan.chapters.map((chapter) => ({ ...chapter, title: texts[chapter.title] }));
    const steps = plan.steps.map((step) => ({
      ...step,
      lines: step.lines.map(([start, end, text]) => ({ start, end, text: texts[text] })),
      counted: step.counted.map((text) => texts[text]),
    }));
    return new Steps({ lead: plan.lead, chapters, steps, even: plan.even }, plan.seconds);
  }

  /** Fetches the sound, in a codec that this browser decodes, and finds out where in a slice it begins: decoders differ. */
  load() {
    this.sound ??= this.#load("opus").catch(() => this.#load("aac"));
    this.sound.catch(() => (this.sound = null));
    return this.sound;
  }

  async #load(codec) {
    const data = await (await Parts.#fetched(this.urls[codec])).arrayBuffer();
    let end = 0;
    const slices = this.document.slices[codec].map((size) => [end, (end += size)]);
    const probe = await this.decoder.decodeAudioData(data.slice(...slices[0]));
    this.codec = codec;
    return { data, slices, offset: Parts.#middle(probe) - this.document.probe };
  }

  /** Where the middle of a sound's energy is. */
  static #middle(buffer) {
    let [energy, moment] = [0, 0];
    buffer.getChannelData(0).forEach((value, n) => {
      energy += value * value;
      moment += n * value * value;
    });
    if (!energy) throw new Error("the probe is silent");
    return moment / energy / buffer.sampleRate;
  }

  async #slice(number) {
    const { data, slices } = await this.load();
    return this.decoder.decodeAudioData(data.slice(...slices[number]));
  }

  /** A clip's `{ buffer, offset }`, of which those that were used lately are held. */
  async clip(number) {
    const found = this.clips.get(number) ?? this.#slice(1 + number);
    this.clips.delete(number);
    this.clips.set(number, found);
    found.catch(() => this.clips.delete(number));
    this.#forget();
    return { buffer: await found, offset: (await this.load()).offset };
  }

  #forget() {
    const length = (number) => this.seconds(this.document.clips[number][1]);
    let held = [...this.clips.keys()].reduce((sum, number) => sum + length(number), 0);
    for (const number of this.clips.keys()) {
      if (held <= Parts.held || this.clips.size <= 4) return;
      held -= length(number);
      this.clips.delete(number);
    }
  }

  /** One of the session's own beds, by its number, or `{ name, url, loop }` of the pack's: its sound and its loop. */
  bed(which) {
    const key = typeof which === "number" ? which : which.name;
    if (!this.beds.has(key)) {
      const found = typeof which === "number" ? this.#ownBed(which) : this.#otherBed(which);
      found.catch(() => this.beds.delete(key));
      this.beds.set(key, found);
    }
    return this.beds.get(key);
  }

  async #ownBed(number) {
    const { clips, beds } = this.document;
    const buffer = await this.#slice(1 + clips.length + number);
    const [begin, end] = beds[number].loop.map((frames) => this.seconds(frames));
    return { buffer, begin, end, offset: (await this.load()).offset };
  }

  async #otherBed({ url, loop: [begin, end] }) {
    const { offset } = await this.load();
    const buffer = await this.decoder.decodeAudioData(await (await Parts.#fetched(url)).arrayBuffer());
    return { buffer, begin, end, offset };
  }
}
