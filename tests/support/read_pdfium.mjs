// What PDFium sees in a PDF, as JSON: {text: [words of a page], fields}.
// usage: node read_pdfium.mjs FOLDER_OF_node_modules FILE.pdf
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , modules, file] = process.argv;
const folder = `${modules}/@embedpdf/pdfium/dist`;
const { init } = await import(pathToFileURL(`${folder}/index.js`).href);
const lib = await init({ wasmBinary: readFileSync(`${folder}/pdfium.wasm`) });
lib.PDFiumExt_Init();
const core = lib.pdfium;
const malloc = (n) => core.wasmExports.malloc(n);
const data = readFileSync(file);
const at = malloc(data.length);
core.HEAPU8.set(data, at);
const doc = lib.FPDF_LoadMemDocument(at, data.length, "");
if (!doc) throw new Error("PDFium cannot open the file");
const info = lib.PDFiumExt_OpenFormFillInfo();
const form = lib.PDFiumExt_InitFormFillEnvironment(doc, info);

// A call that says how many bytes its UTF-16 takes, and fills them.
function words(call) {
  const n = call(0, 0);
  const p = malloc(Math.max(n, 2));
  call(p, n);
  const s = Buffer.from(core.HEAPU8.slice(p, p + n)).toString("utf16le").replace(/\0$/, "");
  core.wasmExports.free(p);
  return s;
}

const TYPES = { 2: "Btn", 4: "Ch", 6: "Tx", 7: "Sig" };
const found = { text: [], fields: [] };
for (let n = 0; n < lib.FPDF_GetPageCount(doc); n++) {
  const page = lib.FPDF_LoadPage(doc, n);
  const text = lib.FPDFText_LoadPage(page);
  const count = lib.FPDFText_CountChars(text);
  const p = malloc(2 * count + 2);
  const got = lib.FPDFText_GetText(text, 0, count, p);
  found.text.push(Buffer.from(core.HEAPU8.slice(p, p + 2 * got)).toString("utf16le").replace(/\0$/, ""));
  core.wasmExports.free(p);
  lib.FPDFText_ClosePage(text);
  for (let i = 0; i < lib.FPDFPage_GetAnnotCount(page); i++) {
    const a = lib.FPDFPage_GetAnnot(page, i);
    const kind = lib.FPDFAnnot_GetFormFieldType(form, a);
    if (kind > 0)
      found.fields.push({
        name: words((b, l) => lib.FPDFAnnot_GetFormFieldName(form, a, b, l)),
        label: words((b, l) => lib.FPDFAnnot_GetFormFieldAlternateName(form, a, b, l)),
        value: words((b, l) => lib.FPDFAnnot_GetFormFieldValue(form, a, b, l)),
        type: TYPES[kind] ?? String(kind),
        options: Array.from({ length: Math.max(0, lib.FPDFAnnot_GetOptionCount(form, a)) }, (_, o) =>
          words((b, l) => lib.FPDFAnnot_GetOptionLabel(form, a, o, b, l))),
      });
    lib.FPDFPage_CloseAnnot(a);
  }
  lib.FPDF_ClosePage(page);
}
console.log(JSON.stringify(found));
