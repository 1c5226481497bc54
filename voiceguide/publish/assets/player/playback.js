/* Plays one session at a time. Events: "state" (playing or not), "time" (it went on, or jumped), "listened", "done",
 * "trouble". It plays from an audio element, or from what has the same properties, methods and events. */

class Playback extends EventTarget {
  // seconds of the sleep timer's fade
  static fade = 30;
  // seconds of listening after which a session counts as played
  static enough = 20;

  constructor(audio) {
    super();
    this.element = this.audio = audio;
    audio.loudness = loudness(audio);
    this.session = this.steps = null;
    this.speed = memory.get("speed", 1);
    // "end", or the moment (ms) at which to be silent
    this.timer = null;
    // seconds since the session was opened
    this.heard = 0;
    this.saved = 0;
    // whether the place was chosen, so that playing goes on from there exactly
    this.chosen = false;
    // why the browser did not begin to play
    this.refused = null;
    audio.preservesPitch = true;
    this.hear(audio);
    setInterval(() => this.playing && this.#listen(), 200);
    setInterval(() => !this.playing && this.timer !== null && this.#tick(), 1000);
    addEventListener("pagehide", () => this.#save());
  }

  /** Follows a source's events, for as long as it is the one that plays. */
  hear(source) {
    const on = (name, then) => source.addEventListener(name, () => source === this.audio && then(name));
    for (const name of ["play", "pause", "finished", "ended"]) on(name, (event) => this.#state(event));
    for (const name of ["timeupdate", "seeked", "durationchange"]) on(name, () => this.#tick());
    on("error", () => this.session && this.#dispatch("trouble"));
  }

  get loudness() {
    return this.audio.loudness;
  }

  get playing() {
    return !this.audio.paused && !this.audio.ended;
  }

  get time() {
    return this.audio.currentTime;
  }

  get duration() {
    return Number.isFinite(this.audio.duration) ? this.audio.duration : (this.steps?.seconds ?? 0);
  }

  /** Opens a session with its steps: the recorded file, or another `source`; where it was left, or at a time `at`. */
  open(session, steps, source = null, at = null) {
    this.close();
    const left = memory.session(session.name);
    const known = Math.abs((left.seconds ?? session.seconds) - steps.seconds) < 0.01 && left.at < steps.seconds - 1;
    this.session = session;
    this.steps = steps;
    this.heard = 0;
    this.finished = false;
    this.audio = source ?? this.element;
    if (!source) this.audio.src = session.audio;
    this.audio.currentTime = at ?? (known ? steps.restart(left.at) : 0);
    this.chosen = at !== null;
    memory.set("last", session.name);
    this.#dispatch("state");
    this.#tick();
  }

  close() {
    if (!this.session) return;
    this.audio.pause();
    this.#save();
    this.session = this.steps = null;
    this.timer = null;
    this.element.removeAttribute("src");
    this.element.load();
    this.#dispatch("state");
  }

  /** Goes on, from the start of what the listener was following. */
  async play() {
    if (!this.session) return;
    // the sleep timer ran out during a pause
    if (this.left <= 0) this.timer = null;
    const over = this.audio.ended || this.time > this.duration - 0.2;
    const from = over ? 0 : this.chosen ? this.time : this.steps.restart(this.time);
    if (Math.abs(from - this.time) > 0.05) this.audio.currentTime = from;
    this.loudness.set(1);
    this.refused = null;
    if (this.audio.error) this.audio.load();
    try {
      await this.audio.play();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.refused = error.name;
      if (error.name === "NotAllowedError" || !this.audio.error) this.#dispatch("trouble");
    }
  }

  pause() {
    this.audio.pause();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  seek(time) {
    if (!this.session) return;
    this.audio.currentTime = Math.min(Math.max(0, time), Math.max(0, this.duration - 0.1));
    this.#save();
    this.#tick();
  }

  /** One of back, forth, chapterBack, chapterForth, earlier, later. False where there is nothing to go to. */
  go(where) {
    const by = { earlier: -15, later: 15 }[where];
    const time = by === undefined ? (this.steps?.[where](this.time) ?? null) : this.time + by;
    if (time === null || (by > 0 && time > this.duration)) return false;
    this.seek(time);
    this.chosen = true;
    return true;
  }

  setSpeed(speed) {
    this.speed = speed;
    memory.set("speed", speed);
    this.#tick();
  }

  /** Minutes until silence, "end" for the session's end, null for none. */
  setTimer(minutes) {
    this.timer = minutes === null || minutes === "end" ? minutes : Date.now() + minutes * 60_000;
    this.loudness.set(1);
    this.loudness.prepare();
    this.#tick();
  }

  /** Seconds until the sleep timer's silence. */
  get left() {
    if (this.timer === null) return Infinity;
    return this.timer === "end" ? this.duration - this.time : (this.timer - Date.now()) / 1000;
  }

  #listen() {
    this.chosen = false;
    const before = this.heard;
    this.heard += 0.2;
    if (before < Playback.enough && this.heard >= Playback.enough) this.#dispatch("listened");
    this.#tick();
  }

  #tick() {
    if (!this.session) return;
    const speed = this.steps.keepsTime(this.time) ? 1 : this.speed;
    if (this.audio.playbackRate !== speed) this.audio.playbackRate = speed;
    this.#sleep();
    if (this.playing && Math.abs(this.time - this.saved) > 4) this.#save();
    this.#dispatch("time");
  }

  #sleep() {
    if (this.timer === null || !this.playing) return;
    const { left } = this;
    this.loudness.set(Math.min(1, Math.max(0, left / Playback.fade)) ** 2);
    if (left > 0) return;
    this.timer = null;
    this.pause();
    this.#dispatch("state");
  }

  #state(name) {
    if (!this.session) return;
    const over = name === "ended" || name === "finished";
    if (name === "ended") this.timer = null;
    if (!over && !this.audio.ended) {
      this.finished = false;
      this.#save();
    }
    this.#dispatch("state");
    if (over && !this.finished) {
      this.finished = true;
      memory.heard(this.session.name);
      this.#dispatch("listened");
      this.#dispatch("done");
    }
    this.#tick();
  }

  #save() {
    if (!this.session || this.finished || this.audio.ended || this.audio.readyState === 0) return;
    this.saved = this.time;
    memory.keep(this.session.name, { at: Math.round(this.time * 100) / 100, seconds: this.steps.seconds });
  }

  #dispatch(name) {
    this.dispatchEvent(new Event(name));
  }
}
