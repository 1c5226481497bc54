// Plays what the studio sends. A worklet holds the pieces; it says what it has played, so that more is sent.
import { ask, on } from "./connection.js";

const RATE = 44100;
let context;
let node;
let run = 0;
let playing = false;
const listeners = new Set();

/** Calls a function whenever the place or the state changes: {playing, seconds, waiting}. */
export const onPlayback = (listener) => listeners.add(listener);
const state = { playing: false, seconds: 0, waiting: false };

function change(values) {
  Object.assign(state, values);
  for (const listener of listeners) listener(state);
}

export const isPlaying = () => playing;
export const position = () => state.seconds;

async function ready() {
  if (!context) {
    context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
    await context.audioWorklet.addModule("/assets/worklet.js");
    node = new AudioWorkletNode(context, "pieces", { outputChannelCount: [2] });
    node.connect(context.destination);
    node.port.onmessage = ({ data }) => heard(data);
  }
  await context.resume();
}

function heard({ run: of, frames, frame, waiting, ended }) {
  if (of !== run || !playing) return;
  if (frames) ask("heard", { run, frames }).catch(() => {});
  if (ended) {
    playing = false;
    change({ playing: false, waiting: false });
  } else if (frame !== null) {
    change({ seconds: frame / RATE, waiting });
  }
}

on("sound", (data) => {
  const [of, frame, frames, flags] = new Uint32Array(data, 0, 4);
  if (of !== run) return;
  const samples = new Int16Array(data, 16, frames * 2);
  node.port.postMessage({ run: of, frame, samples, waiting: Boolean(flags & 1), last: Boolean(flags & 2) });
});

/** Plays from a place: {seconds}, {line, column}, {loop: [from, to]}, or from where it stands. */
export async function play(from = {}) {
  await ready();
  node.port.postMessage({ clear: true });
  run += 1;
  playing = true;
  change({ playing: true, waiting: false });
  try {
    await ask("play", { run, ...from });
  } catch (error) {
    playing = false;
    change({ playing: false });
    throw error;
  }
}

export async function pause() {
  playing = false;
  node?.port.postMessage({ clear: true });
  change({ playing: false, waiting: false });
  const { seconds } = await ask("stop");
  return seconds;
}
