/* Elements and words. Text from scripts goes in as text nodes only: the page's policy forbids markup from strings. */

const $ = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Seconds as 0:05, 12:34 or 1:02:03. */
function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** Seconds as people say them: 45 seconds, 10 minutes, 1 hour 5 minutes. */
function length(seconds) {
  const some = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  if (seconds < 60) return some(Math.round(seconds), "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return some(minutes, "minute");
  const rest = minutes % 60;
  return some(Math.floor(minutes / 60), "hour") + (rest ? ` ${some(rest, "minute")}` : "");
}

/** What follows a line, in a few words. */
function waiting(item) {
  const seconds = `${Math.round((item.end - item.start) * 10) / 10}\u00a0s`;
  if (item.kind === "pause") return `pause ${seconds}`;
  if (item.kind === "hold") return `hold ${seconds}`;
  if (item.kind !== "breath") return `${item.kind} ${item.text}`;
  const phases = item.phases.map((phase) => `${phase.name} ${phase.seconds}`).join(", ");
  return `breathe ${phases}` + (item.times > 1 ? ` × ${item.times}` : "");
}

/** Loads a script of ours; the policy lets none in from elsewhere. */
const load = (() => {
  const folder = new URL("./", location.href).href;
  const own = (url) => {
    const whole = new URL(url, folder).href;
    if (!whole.startsWith(folder)) throw new TypeError("scripts come from the pack's own folder");
    return whole;
  };
  const policy = globalThis.trustedTypes?.createPolicy("voiceguide", { createScriptURL: own });
  const trusted = (url) => (policy ? policy.createScriptURL(url) : own(url));
  const script = (url) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = trusted(url);
      element.onload = resolve;
      element.onerror = () => {
        element.remove();
        reject(new Error(`${url} could not be read`));
      };
      document.head.append(element);
    });
  return { folder, trusted, script };
})();
