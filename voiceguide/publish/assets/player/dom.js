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

/** Seconds as people say them: 45 seconds, 10 minutes, 1 hour 5 minutes. Less than an hour is never rounded up. */
function length(seconds) {
  if (seconds < 59.5) return t("seconds", { n: Math.round(seconds) });
  const minutes = Math.floor((seconds + 0.5) / 60);
  const odd = Math.floor(seconds + 0.5) - 60 * minutes;
  if (minutes < 10 && odd) return `${t("minutes", { n: minutes })} ${t("seconds", { n: odd })}`;
  if (minutes < 60) return t("minutes", { n: minutes });
  const rest = minutes % 60;
  return t("hours", { n: Math.floor(minutes / 60) }) + (rest ? ` ${t("minutes", { n: rest })}` : "");
}

/** A short form for chips: 45 s, 10 min, 1 h 5 min. */
function brief(seconds) {
  const whole = Math.round(seconds);
  const [hours, minutes, odd] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const parts = [hours && `${hours}\u00a0h`, minutes && `${minutes}\u00a0min`, (!hours && minutes < 10 && odd) && `${odd}\u00a0s`];
  return parts.filter(Boolean).join(" ") || "0\u00a0s";
}

/** Bytes as people read them: 640 kB, 4.9 MB, 1.2 GB. */
function bytes(count) {
  const [size, unit] = count >= 1e9 ? [1e9, "gigabyte"] : count >= 1e6 ? [1e6, "megabyte"] : [1e3, "kilobyte"];
  const amount = count / size;
  const style = { style: "unit", unit, maximumFractionDigits: amount < 10 && size > 1e3 ? 1 : 0 };
  return amount.toLocaleString(globalThis.voiceguide.tongue, style).replace(" ", "\u00a0");
}

/** What follows a line, in a few words. */
function waiting(item) {
  const seconds = `${figure(item.end - item.start)}\u00a0s`;
  if (item.kind === "pause") return t("wait_pause", { seconds });
  if (item.kind === "hold") return t("wait_hold", { seconds });
  if (item.kind !== "breath") return `${t(`wait_${item.kind}`)} ${item.text}`;
  const phases = item.phases.map((phase) => `${t(`phase_${phase.name}`)} ${figure(phase.seconds, 2)}`).join(", ");
  return t("wait_breath", { phases }) + (item.times > 1 ? ` × ${item.times}` : "");
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
