/* Keeps the screen on while a session plays, if the listener asked for it. */

const awake = (() => {
  const possible = "wakeLock" in navigator;
  let lock = null;
  let wanted = false;

  async function update(now = wanted) {
    wanted = now;
    if (!possible) return;
    if (!wanted) {
      lock?.release();
      lock = null;
    } else if ((!lock || lock.released) && document.visibilityState === "visible") {
      try {
        lock = await navigator.wakeLock.request("screen");
        if (!wanted) update();
      } catch {
        // a low battery, or the device's own rules
        lock = null;
      }
    }
  }

  // a hidden page loses its lock
  document.addEventListener("visibilitychange", () => update());
  return { possible, update };
})();
