// A browser on the built page, watched: what it asks for, what breaks, what its policy stops.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { auditExample } from "../example.mjs";
import { serve } from "../serve.mjs";

export const DIST = fileURLToPath(new URL("../dist", import.meta.url));
export const EXAMPLE = fileURLToPath(new URL("../../examples/mortgage/", import.meta.url));
/** Generous: the machine may be busy. */
export const PATIENCE = Number(process.env.PATIENCE ?? 120_000);

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The digest at which every surface must arrive for the example: the shared one, else that of the module in Node. */
export async function exampleDigest() {
  try {
    const shared = await readFile(new URL("../../tests/parity/digests.json", import.meta.url), "utf8");
    return JSON.parse(shared).mortgage.digest;
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return (await auditExample()).report.digest;
  }
}

/** Opens the page, served from a folder below the root as a static host may do. */
export async function open({ width = 1280, height = 900, colorScheme = "light", path = "/some/folder/" } = {}) {
  const { server, url } = await serve(DIST, { path });
  const profile = await mkdtemp(join(tmpdir(), "modelassay-page-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
    viewport: { width, height },
    colorScheme,
    acceptDownloads: true,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(PATIENCE);
  const seen = { requests: [], outside: [], errors: [], violations: [] };
  context.on("request", (request) => {
    seen.requests.push(request.url());
    if (!/^(http:\/\/127\.0\.0\.1[:/]|data:|blob:)/.test(request.url())) seen.outside.push(request.url());
  });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (/Content Security Policy/i.test(text)) seen.violations.push(text);
    else if (message.type() === "error") seen.errors.push(text);
  });
  // The event reaches the page for everything in it, whatever the console says.
  await page.exposeFunction("reportViolation", (text) => seen.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await page.goto(url);
  await page.waitForFunction(() => document.getElementById("about")?.textContent?.includes("modelassay"));
  const close = async () => {
    await context.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(profile, { recursive: true, force: true });
  };
  return { page, context, seen, url, close };
}

/** Loads the example and waits until nothing is being read. */
export async function loadExample(page) {
  await page.click("#example");
  await settled(page, 4);
}

/** Waits for this many chosen files. */
export async function settled(page, files) {
  await page.waitForFunction(
    (count) => document.querySelectorAll(".slots .chosen").length === count && document.querySelector(".busy")?.hidden,
    files,
  );
}

/** Sets the date, runs, and waits for the answer. */
export async function run(page, asOf = "2026-11-23") {
  await page.fill("#as-of", asOf);
  await page.click("#run");
  await page.waitForFunction(() => document.activeElement?.id === "report-heading");
  return {
    verdict: await page.getAttribute("#verdict", "data-outcome"),
    digest: await page.textContent("#digest"),
  };
}

const AXE = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** What axe finds wrong with a page, in short; frames without scripts are examined by themselves. */
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { iframes: false, resultTypes: ["violations"] }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 4)}`);
}

/** Clicks, and returns what was downloaded. */
export async function download(page, selector) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

/** Gives files to an input, by path or as `{ name, mimeType, buffer }`. */
export async function give(page, slot, file) {
  await page.setInputFiles(`#file-${slot}`, file);
}

/** A text as a file. */
export const text = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });

/** The plan's text as the page has it. */
export const planText = (page) => page.inputValue("#plan-text");

/** Opens the page anew. */
export async function fresh(page) {
  await page.reload();
  await page.waitForFunction(() => document.getElementById("about")?.textContent?.includes("modelassay"));
}

/** Types a text and leaves the field, as a person does. */
export async function fill(page, selector, value) {
  await page.fill(selector, value);
  await page.press(selector, "Tab");
}

/** The choice of a column's role. */
export function role(page, column) {
  const name = new RegExp(`^${column.replaceAll(".", "\\.")}$`);
  const row = page.locator(".columns tbody tr").filter({ has: page.locator("th", { hasText: name }) });
  return row.locator("select");
}
