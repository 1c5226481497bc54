// A take as it is recorded: where speech ends, how loud it is, and the file that it becomes. Knows no page.
const BLOCK = 0.02; // seconds
const LEAD = 0.5; // seconds before the count ends that are kept, for who begins early
const REST = 1.4; // seconds of quiet that end a take
const TAIL = 0.7; // seconds kept after the last sound
const SPOKEN = 0.16; // seconds that are speech and no click
const NOTHING = 10; // seconds in which somebody would have begun
const LONGEST = 80;
const OVER_NOISE = 12; // dB
const QUIETEST = -52; // dBFS; what is softer is no speech
const LOUDEST = -24; // dBFS; what is louder is speech, in any room

/** The level of samples in dBFS (RMS). */
export function levelOf(samples) {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return 10 * Math.log10(Math.max(sum / samples.length, 1e-12));
}

/** Takes blocks while the count runs (`begin` ends it), then until `ended` says why the take is over. */
export class Recording {
  constructor() {
    this.blocks = [];
    this.levels = [];
    this.peak = 0;
    this.from = null;
    this.loud = 0; // blocks of speech since then
    this.last = null; // the newest of them
  }

  add(block) {
    this.blocks.push(block);
    this.levels.push(levelOf(block));
    for (const value of block) this.peak = Math.max(this.peak, Math.abs(value));
    if (this.from !== null) this.notice(this.levels.length - 1);
  }

  notice(index) {
    if (this.levels[index] <= this.threshold) return;
    this.loud += 1;
    this.last = index;
  }

  get level() {
    return this.levels.at(-1) ?? -120;
  }

  /** The count has ended. What was heard until now tells the room's noise. */
  begin() {
    const sorted = [...this.levels].sort((one, other) => one - other);
    this.noise = sorted[Math.floor(sorted.length * 0.3)] ?? -90;
    this.threshold = Math.min(Math.max(this.noise + OVER_NOISE, QUIETEST), LOUDEST);
    this.from = Math.max(0, this.blocks.length - Math.round(LEAD / BLOCK));
    this.started = this.blocks.length;
    this.peak = 0;
    for (let index = this.from; index < this.started; index += 1) this.notice(index);
  }

  /** "spoken" when somebody has spoken and is quiet again, "nothing", "long", or null while it goes on. */
  get ended() {
    const seconds = (this.levels.length - this.started) * BLOCK;
    if (this.loud * BLOCK >= SPOKEN) {
      if ((this.levels.length - 1 - this.last) * BLOCK >= REST) return "spoken";
    } else if (seconds >= NOTHING) return "nothing";
    return seconds >= LONGEST ? "long" : null;
  }

  /** All samples; of the quiet after the last sound a little. */
  samples() {
    const end = this.ended === "spoken" ? Math.min(this.blocks.length, this.last + 1 + Math.round(TAIL / BLOCK)) : this.blocks.length;
    const kept = this.blocks.slice(this.from, end);
    const samples = new Float32Array(kept.reduce((sum, block) => sum + block.length, 0));
    let at = 0;
    for (const block of kept) {
      samples.set(block, at);
      at += block.length;
    }
    return samples;
  }
}

/** Samples of one channel as a WAV file of 24 bits. */
export function wavOf(samples, rate) {
  const data = new DataView(new ArrayBuffer(44 + samples.length * 3));
  const text = (at, letters) => [...letters].forEach((letter, index) => data.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  data.setUint32(4, 36 + samples.length * 3, true);
  text(8, "WAVEfmt ");
  data.setUint32(16, 16, true);
  data.setUint16(20, 1, true);
  data.setUint16(22, 1, true);
  data.setUint32(24, rate, true);
  data.setUint32(28, rate * 3, true);
  data.setUint16(32, 3, true);
  data.setUint16(34, 24, true);
  text(36, "data");
  data.setUint32(40, samples.length * 3, true);
  samples.forEach((sample, index) => {
    const value = Math.round(Math.max(-1, Math.min(1, sample)) * 8388607);
    const at = 44 + index * 3;
    data.setUint8(at, value & 0xff);
    data.setInt16(at + 1, value >> 8, true);
  });
  return new Blob([data.buffer], { type: "audio/wav" });
}
