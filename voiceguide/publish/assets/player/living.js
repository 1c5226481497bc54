/* Plays a living session. To the player it is what an audio element is, with the same properties, methods and events; and
 * "finished" when the session has been heard, where its bed goes on. */

class Living extends EventTarget {
  // seconds for which sound is set ahead; a hidden page is called rarely
  static ahead = 15;
  static aheadHidden = 150;

  #context = null;
  #mix = null;
  // counts beginnings, so that a slow one does not come in late
  #turn = 0;
  // seconds of the plan, while nothing plays
  #place = 0;
  #finished = false;
  #level = 1;
  #hidden = null;

  constructor() {
    super();
    Object.assign(this, { paused: true, ended: false, error: null, readyState: 4, parts: null });
    this.loudness = { set: (level) => this.#loud(level), prepare: () => {} };
    // a file without sound: with an element that plays, the headset's buttons reach the page
    this.silence = new Audio();
    this.silence.loop = true;
    setInterval(() => this.#tick(), 250);
    document.addEventListener("visibilitychange", () => this.#visible());
  }

  /** Takes a plan, and rests at a place in it. */
  open(parts, plan, wishes) {
    this.close();
    Object.assign(this, { parts, plan, wishes });
    this.#place = 0;
    this.ended = this.#finished = false;
  }

  close() {
    this.pause();
    this.parts = null;
  }

  get duration() {
    return this.plan?.seconds ?? NaN;
  }

  /** The second of the plan that is heard; while one gets ready, 0. */
  get currentTime() {
    return Math.min(Math.max(0, this.#now), this.duration || 0);
  }

  set currentTime(seconds) {
    this.#place = Math.min(Math.max(0, seconds), this.duration);
    this.ended = this.#finished = false;
    this.#stop();
    if (!this.paused) this.#begin();
    this.#dispatch("seeked");
  }

  /** Seconds until the session begins. */
  get waits() {
    return this.#mix ? Math.max(0, -this.#now) : 0;
  }

  get #now() {
    if (!this.#mix) return this.#place;
    return this.#context.currentTime - (this.#context.outputLatency || 0) - this.#mix.at + this.#mix.from;
  }

  async play() {
    if (this.ended) this.currentTime = 0;
    const first = this.paused;
    this.paused = false;
    if (first) this.#dispatch("play");
    try {
      await this.#awake();
    } catch (error) {
      this.pause();
      throw error;
    }
    if (!this.paused && !this.#mix) await this.#begin();
  }

  pause() {
    if (this.paused) return;
    this.#place = this.currentTime;
    this.paused = true;
    // the bed that went on is over too
    this.ended = this.#finished;
    this.#stop();
    this.silence.pause();
    this.#dispatch(this.ended ? "ended" : "pause");
  }

  /** The speed is always that of the recording. */
  get playbackRate() {
    return 1;
  }

  set playbackRate(_) {}

  load() {}

  removeAttribute() {}

  volumes({ voice, background }) {
    this.wishes = { ...this.wishes, voice, background };
    this.#mix?.volumes(this.wishes);
  }

  /** A browser lets sound begin only after a touch. */
  async #awake() {
    this.#context ??= new AudioContext({ sampleRate: Parts.rate, latencyHint: "playback" });
    if (!this.silence.src) this.silence.src = "silence.webm";
    this.silence.play().catch(() => {});
    const patience = new Promise((resolve) => setTimeout(resolve, 2000));
    await Promise.race([this.#context.resume(), patience]);
    if (this.#context.state !== "running") throw new DOMException("no sound without a touch", "NotAllowedError");
  }

  async #begin() {
    const turn = ++this.#turn;
    const from = this.#place;
    const mix = new Mix(this.#context, this.parts, this.plan, this.wishes, from, 0);
    try {
      await mix.ready();
      if (turn !== this.#turn) return;
      const wait = from === 0 ? this.wishes.ready : 0;
      this.#mix = mix;
      mix.loudness.gain.value = this.#level;
      await mix.begin(this.#context.currentTime + 0.1 + wait, from + 3);
      if (turn === this.#turn) this.#tick();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.pause();
      this.#dispatch("failed");
    }
  }

  #stop() {
    this.#turn += 1;
    this.#mix?.stop();
    this.#mix = null;
  }

  #tick() {
    if (!this.#mix) return;
    const ahead = document.hidden ? Living.aheadHidden : Living.ahead;
    this.#mix.schedule(this.#now + ahead).catch(() => this.#dispatch("failed"));
    if (this.#now >= this.duration && !this.#finished) {
      this.#finished = true;
      if (this.#mix.end > this.duration) this.#dispatch("finished");
    }
    if (this.#now >= this.#mix.end) this.pause();
    else this.#dispatch("timeupdate");
  }

  #loud(level) {
    this.#level = level;
    this.#mix?.loudness.gain.setTargetAtTime(level, this.#context.currentTime, 0.05);
  }

  /** A phone that stops the sound when its screen is locked is found out when it shows the page again. */
  #visible() {
    if (document.hidden) {
      this.#hidden = this.#mix && { since: performance.now(), clock: this.#context.currentTime };
      this.#tick();
      return;
    }
    const { since, clock } = this.#hidden ?? {};
    const missing = since === undefined || !this.#mix ? 0 : (performance.now() - since) / 1000 - (this.#context.currentTime - clock);
    this.#hidden = null;
    if (missing > 2) {
      this.pause();
      this.#dispatch("stopped");
    }
  }

  #dispatch(name) {
    this.dispatchEvent(new Event(name));
  }
}
