// The loudness that is to be expected, as a course below the lanes.
const LOUDEST = -6; // LUFS at the upper edge
const SOFTEST = -46;

/** Draws LUFS, second by second (null: silence), for a view that begins at `from` and lasts `seconds`. */
export function drawLoudness(canvas, course, from, seconds) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = height * scale;
  if (!course.length || !width) return;
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  const style = getComputedStyle(canvas);
  const y = (level) => height - (Math.max(0, (level ?? SOFTEST) - SOFTEST) / (LOUDEST - SOFTEST)) * height;
  const first = Math.max(0, Math.floor(from) - 1);
  const last = Math.min(course.length - 1, Math.ceil(from + seconds) + 1);
  const each = Math.max(1, Math.floor((last - first) / width));
  const path = new Path2D();
  let x = 0;
  for (let at = first; at <= last; at += each) {
    x = ((at - from) / seconds) * width;
    const level = course.slice(at, at + each).reduce((most, one) => Math.max(most, one ?? SOFTEST), SOFTEST);
    if (at === first) path.moveTo(x, y(level));
    else path.lineTo(x, y(level));
  }
  pen.strokeStyle = style.color;
  pen.lineWidth = 1.5;
  pen.stroke(path);
  path.lineTo(x, height);
  path.lineTo(((first - from) / seconds) * width, height);
  path.closePath();
  pen.globalAlpha = 0.22;
  pen.fillStyle = style.color;
  pen.fill(path);
}
