import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
// @ts-expect-error a script without types, which the tests share
import { auditExample } from "./example.mjs";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PKG = here("../bindings-wasm/pkg");

/**
 * The policy of the page: nothing but its own files, and no connection to anywhere else. The report is shown in a
 * frame that inherits it, so the one style sheet of reports is named by its hash, taken from a report that the
 * module which ships renders here. `blob:` is for that frame, and for the worker, which so inherits the policy too.
 */
async function policy(dev: boolean): Promise<string> {
  const { html } = await auditExample();
  const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
    ([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  // The development server needs inline styles and a socket for its updates; the built page has neither.
  const style = dev ? "'unsafe-inline'" : styles.join(" ");
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    `style-src 'self' ${style}`,
    "img-src 'self' data: blob:",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "frame-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function contentSecurityPolicy(): Plugin {
  let dev = false;
  return {
    name: "content-security-policy",
    configResolved(config) {
      dev = config.command === "serve";
      if (!existsSync(`${PKG}/core/modelassay_bg.wasm`)) {
        throw new Error("the wasm modules are not built: run `cargo xtask wasm` first");
      }
    },
    async transformIndexHtml(html) {
      return html.replace("%POLICY%", await policy(dev));
    },
  };
}

/** All modules are called `modelassay_bg.wasm`; a network log should tell them apart. */
function named({ originalFileNames: [path = ""] }: { originalFileNames: string[] }): string {
  const module = /pkg\/(core|full|report)\/[^/]*\.wasm$/.exec(path)?.[1];
  return `assets/${module ?? "[name]"}-[hash][extname]`;
}

export default defineConfig({
  // Any static server, any folder.
  base: "./",
  resolve: {
    alias: [
      { find: /^modelassay\/(core|full|report)\.wasm\?url$/, replacement: `${PKG}/$1/modelassay_bg.wasm?url` },
      { find: /^modelassay\/(core|full|report)$/, replacement: `${PKG}/$1/modelassay.js` },
    ],
  },
  server: { host: "127.0.0.1", fs: { allow: [here("."), PKG, here("../examples")] } },
  worker: {
    format: "es",
    rollupOptions: { output: { assetFileNames: named, chunkFileNames: "assets/[name]-[hash].js" } },
  },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    // Data URLs would need a wider policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  plugins: [contentSecurityPolicy()],
});
