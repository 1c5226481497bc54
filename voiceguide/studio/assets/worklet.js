// Plays pieces of 16-bit stereo sound one after another, and says how far it is.
const EVERY = 2048;

class Pieces extends AudioWorkletProcessor {
  constructor() {
    super();
    this.clear();
    this.port.onmessage = ({ data }) => {
      if (data.clear) this.clear();
      else this.pieces.push(data);
    };
  }

  clear() {
    this.pieces = [];
    this.at = 0;
    this.run = 0;
    this.played = 0;
    this.told = 0;
  }

  process(_, [output]) {
    const [left, right] = output;
    let done = 0;
    while (done < left.length && this.pieces.length) {
      const piece = this.pieces[0];
      if (piece.run !== this.run) {
        this.run = piece.run;
        this.played = 0;
        this.told = 0;
      }
      const frames = piece.samples.length / 2;
      const count = Math.min(left.length - done, frames - this.at);
      for (let i = 0; i < count; i += 1) {
        left[done + i] = piece.samples[2 * (this.at + i)] / 32768;
        right[done + i] = piece.samples[2 * (this.at + i) + 1] / 32768;
      }
      done += count;
      this.at += count;
      this.played += count;
      this.frame = piece.frame + (piece.waiting ? 0 : this.at);
      this.waiting = piece.waiting;
      if (this.at >= frames) {
        this.pieces.shift();
        this.at = 0;
        if (piece.last) this.port.postMessage({ run: this.run, frames: this.played, frame: null, ended: true });
      }
    }
    if (this.played - this.told >= EVERY) {
      this.told = this.played;
      this.port.postMessage({ run: this.run, frames: this.played, frame: this.frame, waiting: this.waiting });
    }
    return true;
  }
}

registerProcessor("pieces", Pieces);
