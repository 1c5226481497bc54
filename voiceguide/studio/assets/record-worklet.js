// Hands on what the microphone hears, 20 ms at a time.
const BLOCK = 0.02;

class Recorder extends AudioWorkletProcessor {
  constructor() {
    super();
    this.size = Math.round(BLOCK * sampleRate);
    this.block = new Float32Array(this.size);
    this.at = 0;
  }

  process([input]) {
    const channel = input[0];
    for (let i = 0; channel && i < channel.length; i += 1) {
      this.block[this.at] = channel[i];
      this.at += 1;
      if (this.at === this.size) {
        this.port.postMessage(this.block, [this.block.buffer]);
        this.block = new Float32Array(this.size);
        this.at = 0;
      }
    }
    return true;
  }
}

registerProcessor("recorder", Recorder);
