// Pages, one a line of standard input ("what it is" TAB path), in Chromium: axe looks at each in light
// and in dark, and at 320 px; nothing is asked from the network, and the policy allows what there is.
import fs from "node:fs";
import path from "node:path";
import {createRequire} from "node:module";

const here = path.dirname(new URL(import.meta.url).pathname);
const require = createRequire(path.join(here, "../node/package.json"));
const {chromium} = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const files = fs.readFileSync(0, "utf8").trim().split("\n").map(line => line.split("\t"));
let looked = 0;

const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(f => fs.existsSync(f)),
  args: ["--no-sandbox"],
});

for (const [name, file] of files)
  for (const [how, options] of [["light", {}], ["dark", {colorScheme: "dark"}], ["narrow", {viewport: {width: 320, height: 800}}]]) {
    const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
    const page = await context.newPage();
    const fail = what => console.log(`${name}, ${how}: ${what}`);
    page.on("request", r => /^(file|blob|data):/.test(r.url()) || fail(`asks for ${r.url().slice(0, 80)}`));
    page.on("pageerror", e => fail(e.message));
    page.on("console", m => m.type() === "error" && fail(m.text().slice(0, 300)));
    await page.goto(`file://${file}`);
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"],
    }));
    for (const v of found.violations)
      fail(`axe: ${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary.slice(0, 300)}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0)
      fail(`${wide} px too wide`);
    const seen = await page.evaluate(() => [...document.images].every(i => i.complete && i.naturalWidth > 0));
    if (!seen && !name.startsWith("spoilt"))
      fail("a picture is not shown");
    looked++;
    await context.close();
  }
await browser.close();
console.log(`looked at ${looked}`);
