// Lets one short sound be heard at a time: a take, a sample.
let sound = null;

export function quiet() {
  sound?.pause();
  sound = null;
}

/** Plays a sound from its start; the promise ends when it does, also when another one takes its place. */
export function hear(address) {
  quiet();
  const own = new Audio(address);
  sound = own;
  return new Promise((resolve) => {
    own.addEventListener("ended", resolve);
    own.addEventListener("pause", resolve);
    own.addEventListener("error", resolve);
    own.play().catch(resolve);
  });
}
