// Rewrites the pictures in docs/images: page and report, wide and narrow. `npm run screenshots`

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { download, loadExample, open, run } from "./browser.mjs";

const IMAGES = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const SIZES = [
  { width: 1280, height: 1600 },
  { width: 390, height: 1400 },
];

await mkdir(IMAGES, { recursive: true });
for (const { width, height } of SIZES) {
  const browser = await open({ width, height });
  const { page } = browser;
  try {
    const shoot = (target, name, clip) => target.screenshot({ path: `${IMAGES}${name}-${width}.png`, ...clip });
    await loadExample(page);
    await page.waitForTimeout(500);
    await page.evaluate(() => scrollTo(0, 0));
    await shoot(page, "page");
    await page.locator("#criteria").scrollIntoViewIfNeeded();
    const { y } = await page.locator("#criteria").boundingBox();
    await page.evaluate((top) => scrollBy(0, top), y);
    await shoot(page, "page-criteria");
    await run(page);
    await page.waitForTimeout(500);
    await shoot(page, "page-report");
    const { text } = await download(page, "#save-html");
    const report = await browser.context.newPage();
    await report.setViewportSize({ width, height });
    await report.setContent(text);
    await shoot(report, "report");
    const top = await report.evaluate(() => document.querySelector("#fairness")?.getBoundingClientRect().top ?? 0);
    await report.evaluate((by) => scrollTo(0, by), top);
    await shoot(report, "report-fairness");
  } finally {
    await browser.close();
  }
}
