/* The tones that answer a gesture. Soft sines; each swells up over 60 ms, so that nobody is startled. */

const tones = (() => {
  // seconds
  const ATTACK = 0.06;
  const LEVEL = 0.14;
  const NOTES = {
    // frequency in Hz, start in seconds
    pause: [[440, 0], [330, 0.17]],
    go: [[330, 0], [440, 0.17]],
    back: [[262, 0], [262, 0.2]],
    forth: [[587, 0], [587, 0.2]],
    end: [[587, 0]],
    trouble: [[220, 0], [208, 0.25], [220, 0.5]],
    stop: [[392, 0], [294, 0.22], [196, 0.44]],
  };
  let context = null;

  function note(frequency, start) {
    const sine = new OscillatorNode(context, { frequency });
    const loud = new GainNode(context, { gain: 0 });
    loud.gain.setValueAtTime(0, start);
    loud.gain.linearRampToValueAtTime(LEVEL, start + ATTACK);
    loud.gain.setTargetAtTime(0, start + ATTACK, 0.09);
    sine.connect(loud).connect(context.destination);
    sine.start(start);
    sine.stop(start + 0.8);
  }

  /** To be called while a touch or a key is dealt with: only then may a page begin to sound. */
  function ready() {
    context ??= new AudioContext();
    if (context.state !== "running") context.resume();
  }

  function answer(name) {
    try {
      ready();
      for (const [frequency, start] of NOTES[name]) note(frequency, context.currentTime + 0.01 + start);
    } catch {
      // A device without Web Audio stays silent; the session itself is the answer then.
    }
  }

  return { ready, answer, context: () => context };
})();
