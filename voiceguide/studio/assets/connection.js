// The connection to the studio: requests with answers, what is told without asking, and sound.
import { inWords } from "./messages.js";

const waiting = new Map();
const listeners = new Map();
let key = 0;
let socket;

/** Calls a function with each message of an `op`; "sound" gets the pieces of sound, "lost" the end of the studio. */
export function on(op, listener) {
  listeners.set(op, [...(listeners.get(op) ?? []), listener]);
}

function tell(op, value) {
  for (const listener of listeners.get(op) ?? []) listener(value);
}

export function connect() {
  return new Promise((resolve) => {
    socket = new WebSocket(`ws://${location.host}/ws`);
    socket.binaryType = "arraybuffer";
    socket.onopen = resolve;
    socket.onclose = () => {
      for (const { reject } of waiting.values()) reject(new Error("lost"));
      waiting.clear();
      tell("lost");
    };
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) {
        tell("sound", data);
        return;
      }
      const message = JSON.parse(data);
      const asked = waiting.get(message.key);
      if (!asked) {
        tell(message.op, message);
        return;
      }
      waiting.delete(message.key);
      if ("error" in message) asked.reject(new Error(inWords(message.error)));
      else if ("conflict" in message) asked.reject(Object.assign(new Error("conflict"), { conflict: message.conflict }));
      else asked.resolve(message.result);
    };
  });
}

/** Asks the studio for something; the promise fails with its sentence when it cannot be done. */
export function ask(op, values = {}) {
  if (socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error("lost"));
  key += 1;
  socket.send(JSON.stringify({ op, key, ...values }));
  return new Promise((resolve, reject) => waiting.set(key, { resolve, reject }));
}
