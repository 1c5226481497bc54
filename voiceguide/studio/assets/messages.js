// What the studio's programs say, in the page's language. They say it in English; a table for each other language has
// their sentences, with {0}, {1} … for what changes in them. What it does not have stays English.
import { language, say } from "./words.js";

const LONGEST = 2000; // characters; more is no sentence
const DEEPEST = 3; // sentences in the places of others
const MOST_KEPT = 2000;
const LISTS = { or: [" or ", " oder "], and: [" and ", " und "] };
const OPENS = /(?:^|[\s(])['“"«]$/; // what stands before a person's own words

const whole = new Map(); // sentences without places
const patterns = [];
const kept = new Map();

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function learn(english, other) {
  const places = [...english.matchAll(/\{(\d+)\}/g)];
  if (!places.length) {
    whole.set(english, other);
    return;
  }
  const parts = english.split(/\{\d+\}/);
  patterns.push({
    start: parts[0],
    end: parts.at(-1),
    weight: parts.join("").length,
    quoted: places.map((_, index) => OPENS.test((index ? "x" : "") + parts[index])),
    wanted: new RegExp(`^${parts.map(escaped).join("([^]*?)")}$`),
    numbers: places.map(({ 1: number }) => number),
    other,
  });
}

if (language !== "en") {
  const rooms = await fetch(`/assets/messages-${language}.json`).then((answer) => answer.json());
  for (const room of Object.values(rooms)) for (const [english, other] of Object.entries(room)) learn(english, other);
  patterns.sort((one, next) => next.weight - one.weight);
}

function filled({ other, numbers, quoted }, values, depth) {
  return other.replace(/\{(\d+)(?::(\w+))?\}/g, (_, number, list) => {
    const index = numbers.indexOf(number);
    const value = values[index] ?? "";
    if (list) return value.split(", ").map((part) => part.replaceAll(...LISTS[list])).join(", ");
    return quoted[index] || !value ? value : (looked(value, depth + 1) ?? value);
  });
}

function looked(text, depth) {
  if (whole.has(text)) return whole.get(text);
  if (depth > DEEPEST || text.length > LONGEST) return null;
  for (const pattern of patterns) {
    if (!text.startsWith(pattern.start) || !text.endsWith(pattern.end)) continue;
    const found = pattern.wanted.exec(text);
    if (found) return filled(pattern, found.slice(1), depth);
  }
  return null;
}

/** A sentence that begins with a capital letter and ends with a stop, though the table has it without. */
function sentence(text) {
  const plain = looked(text, 0);
  if (plain !== null) return plain;
  const bare = text.replace(/\.$/, "");
  const found = looked(bare, 0) ?? looked(bare.slice(0, 1).toLowerCase() + bare.slice(1), 0);
  return found === null ? text : found.slice(0, 1).toUpperCase() + found.slice(1) + (bare === text ? "" : ".");
}

/** One line: a sentence, several, what is said of a line of the script, or a finding as the command line prints it. */
function line(text) {
  const about = /^Line (\d+): (.*)$/.exec(text);
  if (about) return say("finding", { line: about[1], message: line(about[2]) });
  const printed = /^(\S.*?:\d+:\d+: )(error|warning): (.*)$/.exec(text) ?? /^( +)(help): (.*)$/.exec(text);
  if (printed) return `${printed[1]}${looked(printed[2], 0) ?? printed[2]}: ${looked(printed[3], 0) ?? printed[3]}`;
  return looked(text, 0) ?? text.split(/(?<=[.?!]) (?=[A-Z“'0-9])/).map(sentence).join(" ");
}

/** What a program said, in the page's language where the table has it. */
export function inWords(text) {
  if (language === "en" || typeof text !== "string" || !text) return text;
  if (!kept.has(text)) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, text.split("\n").map(line).join("\n"));
  }
  return kept.get(text);
}
