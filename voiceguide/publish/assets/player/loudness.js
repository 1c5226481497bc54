/* How loud the sound is, from 0 to 1, also where the page may not set an element's volume (iOS): there by Web Audio, which
 * stands between the two from the first fade on. */

function loudness(audio) {
  let gain = null;

  /** Whether the browser lets the page set the volume. */
  function settable() {
    const before = audio.volume;
    audio.volume = before === 0.5 ? 0.4 : 0.5;
    const set = audio.volume !== before;
    audio.volume = before;
    return set;
  }

  const own = settable();

  /** Sound that goes through a context that rests would be silence; and none comes from a file's address. */
  function through() {
    const context = tones.context();
    if (gain || !location.protocol.startsWith("http") || context?.state !== "running") return gain;
    gain = new GainNode(context);
    context.createMediaElementSource(audio).connect(gain).connect(context.destination);
    return gain;
  }

  function set(level) {
    if (own) audio.volume = level;
    else if (level < 1 || gain) through()?.gain.setTargetAtTime(level, tones.context().currentTime, 0.05);
  }

  /** To be called while a touch is dealt with, before a fade is wanted. */
  const prepare = () => !own && tones.ready();
  return { set, prepare };
}
