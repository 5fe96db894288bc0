// Ticks check boxes as a person does in a viewer, and saves.
// usage: node tick.mjs FOLDER_OF_node_modules IN.pdf OUT.pdf NAME...
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , modules, from, to, ...names] = process.argv;
const pdfjs = await import(pathToFileURL(`${modules}/pdfjs-dist/legacy/build/pdf.mjs`).href);
const doc = await pdfjs.getDocument({
  data: new Uint8Array(readFileSync(from)),
  disableFontFace: true,
  isEvalSupported: false,
  useSystemFonts: false,
  verbosity: 0,
}).promise;
for (let n = 1; n <= doc.numPages; n++)
  for (const a of await (await doc.getPage(n)).getAnnotations())
    if (names.includes(a.fieldName)) doc.annotationStorage.setValue(a.id, { value: true });
writeFileSync(to, await doc.saveDocument());
await doc.destroy();
