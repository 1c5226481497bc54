/* Headset buttons, the lock screen and media keys: next and previous are steps. */

function headset(playback, pack, act) {
  const media = navigator.mediaSession;
  if (!media) return;
  let shown = "";
  const handlers = {
    play: () => act("play"),
    pause: () => act("pause"),
    stop: () => act("stop"),
    previoustrack: () => act("back"),
    nexttrack: () => act("forth"),
    seekbackward: () => act("back"),
    seekforward: () => act("forth"),
    seekto: ({ seekTime }) => playback.seek(seekTime),
  };
  for (const [name, handler] of Object.entries(handlers)) {
    try {
      media.setActionHandler(name, handler);
    } catch {
      // An older browser knows fewer buttons.
    }
  }

  playback.addEventListener("state", () => {
    media.playbackState = !playback.session ? "none" : playback.playing ? "playing" : "paused";
  });
  playback.addEventListener("time", () => {
    const { session, steps, time, duration } = playback;
    const chapter = steps.chapters[steps.chapterAt(time)]?.title ?? "";
    if (shown !== session.name + "\n" + chapter) {
      shown = session.name + "\n" + chapter;
      // browsers take pictures from nowhere else
      const served = session.cover && load.folder.startsWith("http");
      const artwork = served ? [{ src: new URL(session.cover.url, load.folder).href, type: session.cover.type }] : [];
      media.metadata = new MediaMetadata({ title: session.title, artist: chapter || pack.author, album: pack.title, artwork });
    }
    if (duration > 0) {
      media.setPositionState?.({ duration, position: Math.min(time, duration), playbackRate: playback.audio.playbackRate });
    }
  });
}
