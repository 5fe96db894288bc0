// page.mjs PAGE.html ANSWERS.json SAVED.xml SENT.html PICTURE.png: types answers, [[path, text], ...], into
// the page for browsers in Chromium and saves the plan with its button, as a person does; and saves the page
// itself, as a person may by mistake.
import fs from "node:fs";
import path from "node:path";
import {createRequire} from "node:module";

const here = path.dirname(new URL(import.meta.url).pathname);
const {chromium} = createRequire(path.join(here, "../node/package.json"))("playwright-core");
const [from, answers, saved, sent, picture] = process.argv.slice(2);

const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(f => fs.existsSync(f)),
  args: ["--no-sandbox"],
});
const page = await browser.newPage({viewport: {width: 720, height: 640}, colorScheme: "light"});
await page.goto(`file://${from}`);
let last;
for (const [field, text] of JSON.parse(fs.readFileSync(answers, "utf8"))) {
  last = page.locator(`[data-field="${field}"]`);
  const parts = last.locator("[data-date]"), day = text.split("/");
  if (await parts.count())
    for (let i = 0; i < day.length; i++) {
      await parts.nth(i).click();
      await page.keyboard.type(day[i]);
    }
  else {
    await last.locator("input, textarea").click();
    await page.keyboard.type(text);
  }
}
fs.writeFileSync(sent, await page.content()); // what the browser's own "Save page as" keeps
const [download] = await Promise.all([page.waitForEvent("download"), page.click("#formc-save")]);
await download.saveAs(saved);
await page.locator("[data-field]").first().evaluate((_, field) => {
  document.activeElement.blur();
  document.querySelector(`[data-field="${field}"]`).scrollIntoView({block: "center"});
}, JSON.parse(fs.readFileSync(answers, "utf8"))[0][0]);
await page.screenshot({path: picture});
await browser.close();
