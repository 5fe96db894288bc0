// Fills fields as pdf.js's viewer does, and saves.
// usage: node fill_pdfjs.mjs FOLDER_OF_node_modules IN.pdf OUT.pdf ENTERED.json; prints the version
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , modules, from, to, entered] = process.argv;
const pdfjs = await import(pathToFileURL(`${modules}/pdfjs-dist/legacy/build/pdf.mjs`).href);
const values = JSON.parse(readFileSync(entered, "utf8"));
const doc = await pdfjs.getDocument({
  data: new Uint8Array(readFileSync(from)),
  disableFontFace: true,
  isEvalSupported: false,
  useSystemFonts: false,
  verbosity: 0,
}).promise;
for (let n = 1; n <= doc.numPages; n++)
  for (const a of await (await doc.getPage(n)).getAnnotations()) {
    if (!(a.fieldName in values)) continue;
    const [kind, words] = values[a.fieldName];
    const option = (a.options ?? []).find((o) => o.displayValue === words);
    doc.annotationStorage.setValue(a.id, { value: kind === "check" ? true : (option?.exportValue ?? words) });
  }
writeFileSync(to, await doc.saveDocument());
await doc.destroy();
console.log(pdfjs.version);
