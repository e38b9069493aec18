import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type UserConfig } from "vite";

const api = process.env.SHANZHI_API ?? "http://127.0.0.1:3000";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The console (控制台) is built to dist/web and served under /console/; in development the API is proxied. */
const consolePages: UserConfig = {
  root: here("./apps/web"),
  base: "/console/",
  plugins: [react()],
  publicDir: "public",
  build: {
    outDir: here("./dist/web"),
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
    // Tables of characters (zod locales, echarts) never belong to the first load: each route brings its own.
    reportCompressedSize: false,
  },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": { target: api, changeOrigin: false } } },
  preview: { host: "127.0.0.1", port: 4173, proxy: { "/api": { target: api, changeOrigin: false } } },
};

const worker = "service-worker.js";

/**
 * Writes into the service worker which files make up this build (离线清单) and into the application which build it is: a
 * digest over all of them, so that nothing changes unless something did.
 */
function precache(folder: string): Plugin {
  return {
    name: "field-precache",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const digest = createHash("sha256");
        const files = ["/field/"];
        for (const name of Object.keys(bundle).sort()) {
          const part = bundle[name];
          if (!part) continue;
          digest.update(name).update(part.type === "chunk" ? part.code : part.source);
          if (name !== worker && name !== "index.html") files.push(`/field/${name}`);
        }
        for (const name of readdirSync(`${folder}/public`).sort()) {
          digest.update(name).update(readFileSync(`${folder}/public/${name}`));
          files.push(`/field/${name}`);
        }
        const build = digest.digest("hex").slice(0, 12);
        for (const part of Object.values(bundle)) {
          if (part.type !== "chunk") continue;
          part.code = part.code
            .replaceAll("__BUILD__", JSON.stringify(build))
            .replaceAll("__FILES__", JSON.stringify(files));
        }
      },
    },
  };
}

/** The field app (手机端) is built to dist/field and served under /field/: a light entry of its own that works without network. */
const fieldPages: UserConfig = {
  root: here("./apps/web/field"),
  base: "/field/",
  plugins: [react(), precache(here("./apps/web/field"))],
  publicDir: "public",
  build: {
    outDir: here("./dist/field"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        main: here("./apps/web/field/index.html"),
        "service-worker": here("./apps/web/field/service-worker.ts"),
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === "service-worker" ? worker : "assets/[name]-[hash].js"),
      },
    },
  },
  server: { host: "127.0.0.1", port: 5174, proxy: { "/api": { target: api, changeOrigin: false } } },
};

/** `vite` builds the console, `vite --mode field` the field app. */
export default defineConfig(({ mode }) => (mode === "field" ? fieldPages : consolePages));
