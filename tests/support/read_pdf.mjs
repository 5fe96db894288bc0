// What pdf.js sees in a PDF, as JSON: the words outside of page furniture, the form fields in
// the order of the pages, the links, the bookmarks and the structure.
// usage: node read_pdf.mjs FOLDER_OF_node_modules FILE.pdf
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , modules, file] = process.argv;
const pdfjs = await import(pathToFileURL(`${modules}/pdfjs-dist/legacy/build/pdf.mjs`).href);
const doc = await pdfjs.getDocument({
  data: new Uint8Array(readFileSync(file)),
  disableFontFace: true,
  isEvalSupported: false,
  useSystemFonts: false,
  verbosity: 0,
}).promise;

const found = { pages: doc.numPages, text: [], furniture: [], fields: [], links: [], outline: [], roles: [] };

function walk(node, depth) {
  if (!node) return;
  if (node.role) found.roles.push(node.role + (node.alt ? ` alt=${node.alt}` : ""));
  for (const kid of node.children ?? []) walk(kid, depth + 1);
}

function bookmarks(list, depth) {
  for (const b of list ?? []) {
    found.outline.push("  ".repeat(depth) + b.title);
    bookmarks(b.items, depth + 1);
  }
}

for (let n = 1; n <= doc.numPages; n++) {
  const page = await doc.getPage(n);
  const content = await page.getTextContent({ includeMarkedContent: true });
  const open = [];
  for (const item of content.items) {
    if (item.type === "beginMarkedContent" || item.type === "beginMarkedContentProps")
      open.push(item.tag);
    else if (item.type === "endMarkedContent") open.pop();
    else if (open.includes("Artifact")) found.furniture.push(item.str);
    else found.text.push(item.str + (item.hasEOL ? "\n" : ""));
  }
  walk(await page.getStructTree(), 0);
  for (const a of await page.getAnnotations()) {
    if (a.subtype === "Link") {
      found.links.push({
        words: a.contentsObj?.str ?? "",
        page: n,
        rect: a.rect,
        quads: a.quadPoints ? Array.from(a.quadPoints) : [],
        url: a.url ?? "",
        toPage: a.dest ? 1 + (await doc.getPageIndex(a.dest[0])) : 0,
        toTop: a.dest ? a.dest[3] : 0,
      });
    }
    if (a.subtype !== "Widget") continue;
    found.fields.push({
      name: a.fieldName,
      type: a.fieldType,
      label: a.alternativeText ?? "",
      value: a.fieldValue ?? "",
      states: a.checkBox ? ["Off", a.exportValue] : [],
      multiline: Boolean(a.multiLine),
      combo: Boolean(a.combo),
      max: a.maxLen ?? 0,
      readonly: Boolean(a.readOnly),
      options: (a.options ?? []).map((o) => [o.exportValue, o.displayValue]),
    });
  }
}
bookmarks(await doc.getOutline(), 0);
const objects = await doc.getFieldObjects();
found.names = Object.keys(objects ?? {})
  .filter((n) => objects[n].some((o) => o.type))
  .sort();
const { info } = await doc.getMetadata();
found.title = info.Title ?? "";
found.language = info.Language ?? "";
console.log(JSON.stringify(found));
await doc.destroy();
