// The microphone as it is: no echo cancelling, no noise suppression, no automatic gain, one channel.
const RATE = 48000;
const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1, sampleRate: RATE };
const WHY = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "busy", AbortError: "busy" };

/** A microphone that could not be opened; `why` is "refused", "missing", "busy" or "unable". */
export class NoMicrophone extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

function contextFor(stream) {
  const wanted = new AudioContext({ sampleRate: RATE });
  try {
    return [wanted, wanted.createMediaStreamSource(stream)];
  } catch {
    // Firefox may connect a microphone at its own rate only; the file then says which that is.
    wanted.close();
    const own = new AudioContext();
    return [own, own.createMediaStreamSource(stream)];
  }
}

/** Opens it; `heard` gets 20 ms of samples at a time. What is given back has its `rate` in Hz, and closes it. */
export async function openMicrophone(heard) {
  if (!navigator.mediaDevices?.getUserMedia || !window.AudioWorkletNode) throw new NoMicrophone("unable");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: PLAIN });
  } catch (error) {
    throw new NoMicrophone(WHY[error.name] ?? "unable");
  }
  let context;
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
    context?.close();
  };
  try {
    let source;
    [context, source] = contextFor(stream);
    await context.audioWorklet.addModule("/assets/record-worklet.js");
    const node = new AudioWorkletNode(context, "recorder", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    node.port.onmessage = ({ data }) => heard(data);
    source.connect(node);
    await context.resume();
  } catch {
    close();
    throw new NoMicrophone("unable");
  }
  return { rate: context.sampleRate, close };
}
