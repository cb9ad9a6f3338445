// A small static server for the built page: this machine only, files only.
//   node serve.mjs [--port 8080] [folder]

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".csv": "text/csv; charset=utf-8",
  ".yaml": "application/yaml; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
};

/** Serves a folder under a path; resolves with the server and the address of its index. */
export async function serve(folder, { port = 0, path = "/" } = {}) {
  const root = normalize(folder + sep);
  const server = createServer(async (request, response) => {
    const refuse = (status) => response.writeHead(status, { "content-type": "text/plain" }).end(`${status}\n`);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405);
    try {
      const { pathname } = new URL(request.url, "http://localhost");
      if (!pathname.startsWith(path)) return refuse(404);
      let file = normalize(join(root, decodeURIComponent(pathname.slice(path.length))));
      if (!`${file}${sep}`.startsWith(root) || file.includes("\0")) return refuse(404);
      let facts = await stat(file);
      if (facts.isDirectory()) {
        file = join(file, "index.html");
        facts = await stat(file);
      }
      response.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "content-length": facts.size,
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
      });
      if (request.method === "HEAD") return response.end();
      createReadStream(file)
        .on("error", () => response.destroy())
        .pipe(response);
    } catch {
      refuse(404);
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}${path}` };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    options: { port: { type: "string", default: "8080" } },
    allowPositionals: true,
  });
  const folder = positionals[0] ?? fileURLToPath(new URL("dist", import.meta.url));
  try {
    const { url } = await serve(folder, { port: Number(values.port) });
    console.log(`modelassay: the audit page is at ${url} (Ctrl-C ends it)`);
  } catch (error) {
    console.error(`modelassay: cannot serve on port ${values.port}: ${error.message}; choose another with --port`);
    process.exitCode = 2;
  }
}
