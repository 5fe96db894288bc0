// browser.mjs FOLDER: the pages of FOLDER in Chromium. keyboard.json says how the S117 form is to be
// filled; plans-NAME.jsonl are plans from html-plans, for their XML; what is saved goes to FOLDER/saved.*.
//
// The S117 form is filled by keyboard alone, errors are met and mended, the plan is saved, opened
// again and saved again. axe looks at each state, in light and dark, at 320 px, at 400 % and from
// right to left.
import fs from "node:fs";
import path from "node:path";
import {createRequire} from "node:module";

const here = path.dirname(new URL(import.meta.url).pathname);
const require = createRequire(path.join(here, "../node/package.json"));
const {chromium} = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const folder = process.argv[2];
let bad = 0;
let broken = false; // while XML that is broken is read: Chromium puts styles into its own account of it

const fail = what => {
  bad++;
  console.log(`FAILED: ${what}`);
};
const expect = (ok, what) => ok || fail(what);

const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(f => fs.existsSync(f)),
  args: ["--no-sandbox"],
});

/* A page; whatever it asks the network for, and whatever goes wrong in it, is a failure. */
async function open(name, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  page.on("request", r => /^(file|blob|data):/.test(r.url()) || fail(`${name} asks for ${r.url().slice(0, 80)}`));
  page.on("pageerror", e => fail(`${name}: ${e.message}`));
  page.on("console", m => m.type() === "error" && !broken && fail(`${name}: ${m.text().slice(0, 300)}`));
  await page.goto(`file://${folder}/${name}`);
  return page;
}

/* What axe finds; WCAG 2.2, levels A and AA. */
async function judge(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"],
  }));
  for (const v of found.violations)
    fail(`axe, ${what}: ${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary.slice(0, 300)}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `${what}: the page is ${wide} px too wide`);
}

/* Where the focus is: a place of the form, or the id of a control of the page. */
const focused = page => page.evaluate(() => {
  const e = document.activeElement, field = e.closest("[data-field]"), row = e.closest("[data-row]");
  return {id: e.id, type: e.type || "", value: e.value || "", part: e.dataset.date || "", tag: e.localName,
    add: e.dataset.add || "", field: field ? field.dataset.field : "",
    row: row ? [...row.parentElement.children].indexOf(row) : -1, end: e.matches("#formc-check"),
    rows: e.dataset.add ? document.querySelector(`[data-rows="${e.dataset.add}"]`).children.length : 0,
    radios: field ? [...field.querySelectorAll("input[type=radio]")].map(r => r.value) : []};
});

async function type(page, text) {
  await page.keyboard.press("Control+A");
  if (text === "") await page.keyboard.press("Delete");
  else if (text.length < 40) await page.keyboard.type(text);
  else await page.keyboard.insertText(text);
}

/* Answers the question that has the focus: answers[path] is a text, or a list of one a row. */
async function answer(page, at, answers) {
  const all = answers[at.field], text = Array.isArray(all) ? all[at.row] : all;
  if (text === undefined || text === "" || at.tag === "button" || at.tag === "select") return;
  if (at.part) {
    const [year, month, day] = text.split("-");
    await type(page, String(Number({day, month, year}[at.part])));
  } else if (at.type === "radio") {
    const want = at.radios.includes(text) ? text : "_else";
    await page.keyboard.press("Space");
    for (let i = 0; i < at.radios.indexOf(want); i++) await page.keyboard.press("ArrowDown");
  } else if (at.id.endsWith("-_what")) {
    if (!at.radios.includes(text)) await type(page, text);
  } else {
    await type(page, text);
  }
}

/* From the top to the button that checks, by the Tab key. */
async function fillByKeyboard(page, answers, rows) {
  let steps = 0, at;
  await page.evaluate(() => document.activeElement.blur());
  do {
    await page.keyboard.press("Tab");
    at = await focused(page);
    if (at.add && at.rows < (rows[at.add] || 0)) {
      await page.keyboard.press("Enter"); // the focus is in the new row now
      at = await focused(page);
    }
    if (at.field) await answer(page, at, answers);
  } while (!at.end && ++steps < 3000);
  expect(at.end, "the button that checks is reached by keyboard");
  return steps;
}

async function tabTo(page, id, back = false) {
  for (let i = 0; i < 3000 && (await focused(page)).id !== id; i++) await page.keyboard.press(back ? "Shift+Tab" : "Tab");
}

async function save(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  return fs.readFileSync(await download.path(), "utf8");
}

async function keyboard() {
  const page = await open("s117-aftercare.html"), {answers, rows} = JSON.parse(fs.readFileSync(`${folder}/keyboard.json`, "utf8"));
  await judge(page, "blank");
  await page.keyboard.press("Tab");
  expect((await page.evaluate(() => document.activeElement.className)) === "skip", "the skip link comes first");

  const faulty = {...answers, "person/born": "2099-02-01", "person/name": ""};
  const steps = await fillByKeyboard(page, faulty, rows);

  // Check for the last stage: two errors and what follows from them.
  await tabTo(page, "formc-stage", true);
  await page.keyboard.press("End");
  await tabTo(page, "formc-as-of-day");
  await type(page, "1");
  await tabTo(page, "formc-as-of-month");
  await type(page, "8");
  await tabTo(page, "formc-as-of-year");
  await type(page, "2026");
  await tabTo(page, "formc-check");
  await page.keyboard.press("Enter");
  expect((await page.title()).startsWith("Error: "), "the title begins with Error:");
  expect((await focused(page)).id === "formc-summary", "the focus is on the summary");
  const links = await page.$$eval("#formc-summary .problem a", all => all.map(a => a.textContent));
  expect(links.some(t => t.includes("future")) && links.some(t => t === "Enter full name"), `the errors are told: ${links}`);
  await judge(page, "with errors");

  // Each link leads to its control, which says the same; there it is mended.
  for (const [path, words] of [["person/name", "Enter full name"], ["person/born", "future"]]) {
    await page.evaluate(() => document.getElementById("formc-summary").focus());
    for (let i = 0; i < 40 && !(await page.evaluate(w => document.activeElement.matches("#formc-summary a") &&
      document.activeElement.textContent.includes(w), words)); i++)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const at = await focused(page);
    expect(at.field === path, `the link of "${words}" leads to ${path}, not ${at.field}`);
    const said = await page.evaluate(() => {
      const e = document.activeElement, of = e.closest("[aria-describedby]") || e;
      return of.getAttribute("aria-describedby").split(" ").map(id => document.getElementById(id).textContent).join(" ");
    });
    expect(said.includes(words), `${path} is described by its message`);
    const parts = path === "person/born" ? 3 : 1;
    for (let i = 0; i < parts; i++) {
      await answer(page, await focused(page), answers);
      if (i + 1 < parts) await page.keyboard.press("Tab");
    }
  }
  await tabTo(page, "formc-check");
  await page.keyboard.press("Enter");
  expect(!(await page.title()).startsWith("Error"), "nothing is wrong any more");
  expect((await page.$$("#formc-summary .problem a")).length === 0, "no error is left");

  await tabTo(page, "formc-save");
  const xml = await save(page);
  fs.writeFileSync(`${folder}/saved.xml`, xml);
  await tabTo(page, "formc-save-json");
  fs.writeFileSync(`${folder}/saved.json`, await save(page));
  fs.writeFileSync(`${folder}/sent.html.txt`, await page.content()); // what "Save page as" keeps
  const devtools = await page.context().newCDPSession(page);
  fs.writeFileSync(`${folder}/sent.mhtml`, (await devtools.send("Page.captureSnapshot", {format: "mhtml"})).data);
  await judge(page, "mended and saved");
  const kept = await page.evaluate(() => [document.cookie, Object.keys(localStorage).length, Object.keys(sessionStorage).length]);
  expect(kept.join() === ",0,0", `the page keeps something: ${kept}`);

  // Opened again, in a new window, it is the same plan.
  const again = await open("s117-aftercare.html");
  await again.setInputFiles("#formc-open", `${folder}/saved.xml`);
  await again.waitForFunction(() => document.getElementById("formc-opened").textContent !== "");
  await judge(again, "opened");
  await tabTo(again, "formc-save");
  expect((await save(again)) === xml, "what was opened is saved with the same bytes");
  await again.setInputFiles("#formc-open", `${folder}/saved.json`);
  await again.waitForTimeout(200);
  await again.focus("#formc-save");
  expect((await save(again)) === xml, "and so it is from JSON");

  // Refused in plain words; what is there stays.
  for (const [name, words] of [["other-form.xml", "another form"], ["other-version.xml", "version 9.9"], ["damaged.xml", "damaged"],
    ["twice.json", "damaged"]]) {
    broken = name === "damaged.xml";
    await again.setInputFiles("#formc-open", `${folder}/${name}`);
    await again.waitForFunction(w => document.getElementById("formc-opened").textContent.includes(w), words, {timeout: 5000})
      .catch(() => fail(`${name} is not refused with "${words}"`));
  }
  broken = false;
  await again.focus("#formc-save");
  expect((await save(again)) === xml, "after a refusal the plan is what it was");
  await again.setInputFiles("#formc-open", `${folder}/extra.xml`);
  await again.waitForFunction(() => document.getElementById("formc-opened").textContent.includes("does not know"));
  await again.focus("#formc-save");
  const extra = await save(again);
  expect(extra.includes("<shoe-size") && extra.includes("44 &amp; a half"), "what the form does not know is kept");
  console.log(`keyboard: ${steps} steps, ${links.length} errors met and mended`);

  // Leaving with changes asks.
  let asked = false;
  again.on("dialog", d => {
    asked = d.type() === "beforeunload";
    d.accept();
  });
  await again.focus("textarea");
  await again.keyboard.type("a");
  await again.close({runBeforeUnload: true});
  await new Promise(done => setTimeout(done, 300));
  expect(asked, "leaving with unsaved changes asks first");
}

/* Another look at the same: colours, widths, scripts, directions. */
async function looks() {
  // 400 % of 1280 px and a window of 320 px are the same to the page: its width is 320 px of CSS.
  for (const [name, what, options] of [
    ["s117-filled.html", "dark, 320 px", {colorScheme: "dark", viewport: {width: 320, height: 640}}],
    ["street-party.html", "400 %", {viewport: {width: 320, height: 256}, deviceScaleFactor: 4}],
    ["street-party.html", "forced colours", {forcedColors: "active"}]]) {
    const page = await open(name, options);
    await page.click("#formc-check");
    await judge(page, `${name}, ${what}`);
    await page.context().close();
  }
  for (const name of fs.readdirSync(folder).filter(n => n.endsWith(".html") && !/^(s117|street)/.test(n)))
    for (const options of [{}, {colorScheme: "dark", viewport: {width: 320, height: 640}}]) {
      const page = await open(name, options);
      if (!name.startsWith("missing")) await page.click("#formc-check");
      await judge(page, name);
      await page.context().close();
    }
  const page = await open("s117-filled.html", {javaScriptEnabled: false});
  expect(await page.isVisible("noscript p"), "without scripts the page says so");
  expect(!(await page.isVisible("#formc-check")), "and has no buttons that do nothing");
  await page.context().close();
}

/* Where the groups of the numbers in text from right to left begin, in the order of the text; the
 * elements that keep them in order are taken away first when they are not wanted. */
const groupsOf = (page, kept, selector = "main .note p") => page.evaluate(([kept, selector]) => [...document.querySelectorAll(selector)].flatMap(note => {
  if (!kept) note.querySelectorAll("bdo").forEach(e => e.replaceWith(e.textContent));
  note.normalize();
  const numbers = [], walk = document.createTreeWalker(note, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode())
    for (const number of text.data.matchAll(/\p{Nd}[\p{Nd} ]+\p{Nd}/gu))
      numbers.push([...number[0].matchAll(/\p{Nd}+/gu)].map(group => {
        const range = document.createRange(), from = number.index + group.index;
        range.setStart(text, from);
        range.setEnd(text, from + group[0].length);
        const [box] = range.getClientRects();
        return {x: box.x, y: box.y};
      }));
  return numbers;
}), [kept, selector]);

/* Numbers in text from right to left keep their order, without scripts too; by themselves they do not. */
async function numbers() {
  const page = await open("rtl.html", {viewport: {width: 1600, height: 900}});
  const ordered = g => g.every((at, i) => i === 0 || (at.y === g[i - 1].y && at.x > g[i - 1].x));
  const kept = await groupsOf(page, true), bare = await groupsOf(page, false);
  expect(kept.length === 4 && kept.every(ordered), `numbers keep their order: ${JSON.stringify(kept)}`);
  expect(bare.length === 4 && !bare.some(ordered), `without an element of their own they do not: ${JSON.stringify(bare)}`);
  await page.context().close();
  // And so do those in answers that stand beside their controls, as formc and as the script writes them.
  for (const options of [{}, {javaScriptEnabled: false}]) {
    const filled = await open("rtl-filled.html", {viewport: {width: 1600, height: 900}, ...options}), answers = ".notes .answer";
    const shown = await groupsOf(filled, true, answers), loose = await groupsOf(filled, false, answers);
    expect(shown.length === 4 && shown.every(ordered), `numbers in answers keep their order: ${JSON.stringify(shown)}`);
    expect(loose.length === 4 && !loose.some(ordered), `by themselves they do not: ${JSON.stringify(loose)}`);
    await filled.context().close();
  }
  const plain = await open("rtl.html", {javaScriptEnabled: false});
  expect((await plain.locator('main .note bdo[dir="ltr"]').count()) === 4, "the numbers are kept in order without scripts");
  await plain.context().close();
}

/* Conditions: what is hidden is kept. */
async function conditions() {
  const page = await open("street-party.html");
  const rain = '[data-field="party/rain-day"]', seen = () => page.isVisible(rain);
  const settled = () => page.waitForTimeout(250);
  expect(!(await seen()), "details are hidden until they are asked");
  await page.click('[data-field="party/rain"] input[value=yes]');
  await settled();
  expect(await seen(), "details are shown when they are asked");
  await page.fill(`${rain} input >> nth=0`, "21");
  await page.click('[data-field="party/rain"] input[value=no]');
  await settled();
  expect(!(await seen()), "details are hidden again");
  await page.click('[data-field="party/rain"] input[value=yes]');
  await settled();
  expect((await page.inputValue(`${rain} input >> nth=0`)) === "21", "what was typed is still there");
  await page.click('[data-add="helpers/helper"]');
  await page.keyboard.type("Bo");
  expect((await page.$$('[data-rows="helpers/helper"] > *')).length === 2, "a row is added");
  await page.click('[data-rows="helpers/helper"] [data-remove] >> nth=0');
  expect((await page.$$('[data-rows="helpers/helper"] > *')).length === 1, "and one removed");
  expect((await page.inputValue('[data-rows="helpers/helper"] input >> nth=0')) === "Bo", "the right one");
  await page.context().close();
}

/* The XML of plans, as people and programs write it, is read as formc reads it. */
async function reading() {
  for (const file of fs.readdirSync(folder).filter(n => n.startsWith("plans-"))) {
    const page = await open(file.replace("plans-", "").replace(".jsonl", ".html"));
    const lines = fs.readFileSync(`${folder}/${file}`, "utf8").trim().split("\n").map(l => JSON.parse(l));
    const wrong = await page.evaluate(all => all.map(l => {
      try {
        return writeJson(readXml(l.made)) === l.json ? "" : writeJson(readXml(l.made));
      } catch (e) {
        return `refused: ${e.message}`;
      }
    }), lines);
    const n = wrong.filter(w => w).length, i = wrong.findIndex(w => w);
    if (n) fail(`${file}: ${n} plans are read differently, the first ${i}: ${wrong[i].slice(0, 1500)}\n${lines[i].made.slice(0, 1500)}`);
    console.log(`${file}: ${lines.length} plans, ${n} differ`);
    await page.context().close();
  }
}

for (const part of [reading, numbers, conditions, looks, keyboard]) {
  const begin = Date.now();
  await part().catch(e => fail(`${part.name}: ${e.stack}`));
  console.log(`${part.name}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}
await browser.close();
process.exit(bad ? 1 : 0);
