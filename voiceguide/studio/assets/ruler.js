// The ticks of a time axis, from hours to tenths of a second.
import { clock } from "./dom.js";

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const APART = 70; // pixels at least

/** `{ at, text }` for each tick of a view that begins at `from`, lasts `seconds` and is `pixels` wide. */
export function ticks(from, seconds, pixels) {
  if (!pixels) return [];
  const step = STEPS.find((one) => (one / seconds) * pixels >= APART) ?? STEPS.at(-1);
  const found = [];
  for (let number = Math.ceil(from / step); number * step <= from + seconds; number += 1) {
    const at = number * step;
    found.push({ at, text: step < 1 ? `${clock(at + 1e-6)}.${Math.round(at * 10) % 10}` : clock(at + 1e-6) });
  }
  return found;
}
