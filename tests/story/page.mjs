// page.mjs PAGE.html ANSWERS.json SAVED.xml SENT.html PICTURE.png: types answers, [[path, label, text], ...],
// into the page for browsers in Chromium and saves the plan with its button, as a person does; and saves the
// page itself, as a person may by mistake.
import fs from "node:fs";
import path from "node:path";
import {createRequire} from "node:module";

const here = path.dirname(new URL(import.meta.url).pathname);
const {chromium} = createRequire(path.join(here, "../node/package.json"))("playwright-core");
const [from, entered, saved, sent, picture] = process.argv.slice(2);
const answers = JSON.parse(fs.readFileSync(entered, "utf8"));

const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(f => fs.existsSync(f)),
  args: ["--no-sandbox"],
});
const page = await browser.newPage({viewport: {width: 720, height: 640}, colorScheme: "light"});
await page.goto(`file://${from}`);
for (const [field, label, text] of answers) {
  const place = page.locator(`[data-field="${field}"]`);
  const parts = place.locator("[data-date]"), day = text.split("/"), words = await place.innerText();
  if (!words.includes(label)) throw new Error(`${field} is called ${words}`);
  if (await parts.count())
    for (let i = 0; i < day.length; i++) {
      await parts.nth(i).click();
      await page.keyboard.type(day[i]);
    }
  else {
    await place.locator("input, textarea").click();
    await page.keyboard.type(text);
  }
}
fs.writeFileSync(sent, await page.content()); // what the browser's own "Save page as" keeps
const [download] = await Promise.all([page.waitForEvent("download"), page.click("#formc-save")]);
await download.saveAs(saved);
await page.evaluate(field => {
  document.activeElement.blur();
  document.querySelector(`[data-field="${field}"]`).scrollIntoView({block: "center"});
}, answers[0][0]);
await page.screenshot({path: picture});
await browser.close();
