/* Serves the pack without a network: the page from what was stored when it came in, sessions from what is kept. */
"use strict";

const VERSION = "$version";
const PAGE_FILES = "$page";
// transcripts and covers
const SESSION_FILES = "$files";
const AUDIO_FILES = "$audio";

const scope = self.registration.scope;
const whole = (paths) => new Set(paths.map((path) => new URL(path, scope).href));
const page = whole(PAGE_FILES);
const files = whole(SESSION_FILES);
const audio = whole(AUDIO_FILES);

const PAGE = `voiceguide page ${scope} ${VERSION}`;
const KEPT = `voiceguide kept ${scope}`;

self.addEventListener("install", (event) => {
  const fresh = [...page].map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(PAGE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("message", (event) => {
  if (event.data === "let in") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope)) event.respondWith(answer(request));
});

/** Drops what belongs to older versions of this pack; other packs of the same site are left alone. */
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(`voiceguide page ${scope} `) && name !== PAGE);
  await Promise.all(old.map((name) => caches.delete(name)));
  const kept = await caches.open(KEPT);
  const outdated = (await kept.keys()).filter(({ url }) => !audio.has(url) && !files.has(url));
  await Promise.all(outdated.map((request) => kept.delete(request)));
  await self.clients.claim();
}

async function answer(request) {
  const url = request.url.replace(/#.*$/, "");
  const home = url.replace(/[?].*$/, "").replace(/index\.html$/, "");
  const kept = await (await caches.open(KEPT)).match(url);
  const range = request.headers.get("range");
  if (kept) return range ? part(kept, range) : kept;
  if (range || audio.has(url)) return fetch(request);
  const cache = await caches.open(PAGE);
  const name = home === scope ? scope : url;
  const stored = await cache.match(name);
  return stored && (page.has(name) || files.has(name)) ? stored : network(request, stored, cache, name);
}

/** From the network, and what came at the last visit when there is none. */
async function network(request, seen, cache, name) {
  try {
    const response = await fetch(request);
    if (response.status === 200 && response.type === "basic" && !response.redirected) await cache.put(name, response.clone());
    return response;
  } catch (error) {
    if (seen) return seen;
    throw error;
  }
}

/** The bytes of a stored response that a player asks for (RFC 9110, section 14). */
async function part(response, range) {
  const blob = await response.blob();
  const type = response.headers.get("Content-Type") ?? "";
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!asked || (!asked[1] && !asked[2])) return new Response(blob, { headers: { "Content-Type": type } });
  const [, first, last] = asked;
  const start = first ? Number(first) : Math.max(0, blob.size - Number(last));
  const end = first && last ? Math.min(Number(last), blob.size - 1) : blob.size - 1;
  if (start > end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${blob.size}` } });
  return new Response(blob.slice(start, end + 1, type), {
    status: 206,
    statusText: "Partial Content",
    headers: {
      "Accept-Ranges": "bytes",
      "Content-Length": String(end + 1 - start),
      "Content-Range": `bytes ${start}-${end}/${blob.size}`,
      "Content-Type": type,
    },
  });
}
