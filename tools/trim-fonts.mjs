// The font package brings nine weights of 10 MB; printed documents use two. Runs after each install and leaves what is read
// (kernel/document/fonts.ts); without it (npm --ignore-scripts) everything works and takes 74 MB more.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const kept = new Set(["400Regular", "700Bold"]);
const fonts = fileURLToPath(new URL("../node_modules/@expo-google-fonts/noto-sans-sc/", import.meta.url));

if (existsSync(fonts))
  for (const one of readdirSync(fonts, { withFileTypes: true })) {
    if (one.isDirectory() && /^\d{3}[A-Z]/.test(one.name) && !kept.has(one.name))
      rmSync(`${fonts}${one.name}`, { recursive: true, force: true });
  }
