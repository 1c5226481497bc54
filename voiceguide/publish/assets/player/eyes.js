/* The eyes-closed mode: the whole surface is the control, and tones are the answer. */

function eyes(playback, act) {
  // milliseconds within which a second tap makes a double tap
  const SECOND_TAP = 300;
  // milliseconds
  const HOLD = 800;
  // pixels that a tap may slip: hands are oily
  const DRIFT = 60;
  const page = $("eyes");
  const surface = $("surface");
  // { id, x, y, held, timer } of what touches the surface
  let finger = null;
  // the timer of a first tap
  let tap = null;
  // the moment of the last touch that was dealt with
  let handled = 0;
  let dark = null;

  /** Shows the words for a while, then leaves the screen black. */
  function lighten() {
    page.classList.remove("black");
    clearTimeout(dark);
    dark = setTimeout(() => page.classList.add("black"), 8000);
  }

  function tapped(x) {
    if (tap === null) {
      tap = setTimeout(() => {
        tap = null;
        act("toggle");
      }, SECOND_TAP);
      return;
    }
    clearTimeout(tap);
    tap = null;
    act(x < innerWidth / 2 ? "back" : "forth", true);
  }

  function down(event) {
    if (finger || (event.pointerType === "mouse" && event.button !== 0)) return;
    const timer = setTimeout(() => {
      finger.held = true;
      act("stop");
    }, HOLD);
    finger = { id: event.pointerId, x: event.clientX, y: event.clientY, held: false, timer };
  }

  function up(event) {
    if (event.pointerId !== finger?.id) return;
    const { x, y, held, timer } = finger;
    clearTimeout(timer);
    finger = null;
    handled = Date.now();
    tones.ready();
    const slipped = Math.hypot(event.clientX - x, event.clientY - y) > DRIFT;
    if (!held && !slipped && event.type === "pointerup") tapped(event.clientX);
  }

  surface.addEventListener("pointerdown", down);
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, up);
  // keys and screen readers
  surface.addEventListener("click", () => Date.now() - handled > 700 && act("toggle"));
  page.addEventListener("contextmenu", (event) => event.preventDefault());
  page.addEventListener("focusin", lighten);
  playback.addEventListener("state", () => {
    surface.firstElementChild.textContent = playback.playing ? "Pause" : "Play";
  });

  function open() {
    page.querySelector("h1").textContent = `${playback.session.title}, eyes closed`;
    surface.firstElementChild.textContent = playback.playing ? "Pause" : "Play";
    lighten();
    if (matchMedia("(pointer: coarse)").matches) document.documentElement.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
  }

  function close() {
    clearTimeout(dark);
    clearTimeout(tap);
    clearTimeout(finger?.timer);
    finger = tap = null;
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  return { open, close };
}
