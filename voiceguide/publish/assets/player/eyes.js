/* The eyes-closed mode: the whole surface is the control, and tones are the answer. */

function eyes(playback, act) {
  // milliseconds within which a second tap makes a double tap; further ones belong to it
  const SECOND_TAP = 300;
  // milliseconds
  const HOLD = 800;
  // pixels that a tap may slip: hands are oily
  const DRIFT = 60;
  const page = $("eyes");
  const surface = $("surface");
  // the fingers on the surface, by their ids
  const down = new Map();
  // { id, x, y, timer } of a finger that may still become a tap or a hold; null when it has moved, or is not alone
  let finger = null;
  // the timer of a first tap
  let tap = null;
  // until then (ms) a tap belongs to the double tap before it
  let doubled = 0;
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
    const now = Date.now();
    if (now < doubled) {
      doubled = now + SECOND_TAP;
    } else if (tap === null) {
      tap = setTimeout(() => {
        tap = null;
        act("toggle");
      }, SECOND_TAP);
    } else {
      clearTimeout(tap);
      tap = null;
      doubled = now + SECOND_TAP;
      act(x < innerWidth / 2 ? "back" : "forth", true);
    }
  }

  /** The fingers on the surface mean nothing any more: they swiped, or there are two. */
  function dismiss() {
    clearTimeout(finger?.timer);
    finger = null;
  }

  surface.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    const alone = down.size === 0;
    down.set(event.pointerId, true);
    if (!alone) {
      dismiss();
      return;
    }
    const timer = setTimeout(() => {
      dismiss();
      act("stop");
    }, HOLD);
    finger = { id: event.pointerId, x: event.clientX, y: event.clientY, timer };
  });
  const slipped = (event) => Math.hypot(event.clientX - finger.x, event.clientY - finger.y) > DRIFT;
  addEventListener("pointermove", (event) => {
    if (event.pointerId === finger?.id && slipped(event)) dismiss();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    addEventListener(name, (event) => {
      if (!down.delete(event.pointerId)) return;
      handled = Date.now();
      tones.ready();
      if (event.pointerId !== finger?.id) return;
      const means = event.type === "pointerup" && !slipped(event);
      dismiss();
      if (means) tapped(event.clientX);
    });
  }
  // keys and screen readers
  surface.addEventListener("click", () => Date.now() - handled > 700 && act("toggle"));
  page.addEventListener("contextmenu", (event) => event.preventDefault());
  page.addEventListener("focusin", lighten);
  playback.addEventListener("state", say);

  function say() {
    const { playing } = playback;
    surface.firstElementChild.textContent = t(playing ? "pause" : "play");
    $("first-gesture").textContent = t(playing ? "gesture_tap" : "gesture_begin");
  }

  function open() {
    page.querySelector("h1").textContent = t("eyes_title", { title: playback.session.title });
    say();
    lighten();
    if (matchMedia("(pointer: coarse)").matches) document.documentElement.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
  }

  function close() {
    clearTimeout(dark);
    clearTimeout(tap);
    dismiss();
    down.clear();
    tap = null;
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  return { open, close };
}
