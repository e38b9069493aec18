/**
 * Keeps the application itself on the phone (离线缓存): everything of one build under one name, put there whole or not at
 * all. A new build waits until the phone is started anew, so that nobody loses a page they are typing on. Data never
 * passes through here.
 */
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  addEventListener(kind: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(kind: "fetch", listener: (event: Fetching) => void): void;
}

declare const __BUILD__: string;
declare const __FILES__: readonly string[];

const worker = globalThis as unknown as Worker;
const scope = "/field/";
const mine = `field-${__BUILD__}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(mine).then((cache) => cache.addAll(__FILES__.map((path) => new Request(path, { cache: "reload" })))),
  );
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("field-") && name !== mine) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin || !address.pathname.startsWith(scope))
    return;
  const wanted = request.mode === "navigate" ? scope : address.pathname;
  event.respondWith(
    (async () => (await caches.match(wanted, { cacheName: mine, ignoreSearch: true })) ?? fetch(request))(),
  );
});
