// Fills fields with pdf-lib, and saves: with the font in FONT.ttf, or with pdf-lib's own way.
// usage: node fill_pdflib.mjs FOLDER_OF_node_modules IN.pdf OUT.pdf ENTERED.json [FONT.ttf]
// Prints the version. There is no file when it refuses letters that its font lacks.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , modules, from, to, entered, font] = process.argv;
const require = createRequire(`${modules}/`);
const { PDFDocument } = require("pdf-lib");
const values = JSON.parse(readFileSync(entered, "utf8"));
const doc = await PDFDocument.load(readFileSync(from), { updateMetadata: false });
const form = doc.getForm();
for (const [name, [kind, words]] of Object.entries(values)) {
  if (kind === "check") form.getCheckBox(name).check();
  else if (kind === "text") form.getTextField(name).setText(words);
  else form.getDropdown(name).select(words);
}
if (font) {
  doc.registerFontkit(require("@pdf-lib/fontkit"));
  form.updateFieldAppearances(await doc.embedFont(readFileSync(font), { subset: false }));
}
try {
  writeFileSync(to, await doc.save());
} catch (e) {
  if (!/cannot encode/.test(e.message)) throw e;
}
console.log(require("pdf-lib/package.json").version);
