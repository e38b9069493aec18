import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = process.env.SHANZHI_API ?? "http://127.0.0.1:3000";

/** The console (控制台) is built to dist/web and served under /console/; in development the API is proxied. */
export default defineConfig({
  root: fileURLToPath(new URL("./apps/web", import.meta.url)),
  base: "/console/",
  plugins: [react()],
  publicDir: "public",
  build: {
    outDir: fileURLToPath(new URL("./dist/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
    // Tables of characters (zod locales, echarts) never belong to the first load: each route brings its own.
    reportCompressedSize: false,
  },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": { target: api, changeOrigin: false } } },
  preview: { host: "127.0.0.1", port: 4173, proxy: { "/api": { target: api, changeOrigin: false } } },
});
