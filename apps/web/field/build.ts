declare const __BUILD__: string | undefined;

/** Which build this is (构建号): the same digest that names the cache of the service worker. */
export const BUILD = typeof __BUILD__ === "string" ? __BUILD__ : "dev";
