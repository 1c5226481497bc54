/* Why a session can't be played, in words. */

const trouble = (() => {
  const KINDS = { mp3: "audio/mpeg", m4a: "audio/mp4", m4b: "audio/mp4", opus: "audio/ogg; codecs=opus", flac: "audio/flac", wav: "audio/wav" };
  // MediaError.MEDIA_ERR_DECODE
  const DAMAGED = 3;

  /** The status that the server answers with; 0 when it does not answer, null where that can't be asked. */
  async function status(url) {
    if (!location.protocol.startsWith("http")) return null;
    try {
      return (await fetch(url, { method: "HEAD", cache: "no-store" })).status;
    } catch {
      return 0;
    }
  }

  /** `gone` is called when the server has another version of the pack. */
  return async function cause(audio, session, gone) {
    const kind = session.audio.split("?")[0].split(".").pop();
    const answer = await status(session.audio);
    if (answer === 0) return t(navigator.onLine ? "trouble_server" : "trouble_offline");
    if (answer === 404 || answer === 410) {
      gone();
      return t("trouble_gone");
    }
    if (answer >= 400) return t("trouble_refused", { status: answer });
    if (KINDS[kind] && !audio.canPlayType(KINDS[kind])) return t("trouble_kind", { kind: kind.toUpperCase() });
    if (audio.error?.code === DAMAGED) return t("trouble_damaged");
    return t(answer === null ? "trouble_missing" : "trouble_broken");
  };
})();
