// What others take with the documents that formc makes: docxtemplater fills the blank Word document,
// each placeholder replaced by a tag of its, mammoth reads the text of a filled one, and pdf-lib fills
// the text fields of the blank PDF. Warm, least and median of many, after some that are not counted:
// the processor's time, that of node's own helpers too.
//
//     node peers.js BLANK.docx FILLED.docx BLANK.pdf MS
//
// MS is what formc takes for a plan into DOCX: ratios are to it.
const fs = require("fs");
const path = require("path");
const modules = path.join(__dirname, "..", "node", "node_modules");
const PizZip = require(path.join(modules, "pizzip"));
const mammoth = require(path.join(modules, "mammoth"));
const Docxtemplater = require(path.join(modules, "docxtemplater"));
const { PDFDocument, PDFTextField } = require(path.join(modules, "pdf-lib"));

const ROUNDS = 21;
const formc = Number(process.argv[5]);
const answer = (i) => `Answer ${i} to a question of a synthetic plan`;

function template(bytes) {
  const zip = new PizZip(bytes);
  let n = 0;
  const xml = zip.file("word/document.xml").asText()
    .replace(/(<w:rStyle w:val="PlaceholderText"\/>.*?<w:t[^>]*>)[^<]*(<\/w:t>)/gs, (all, before, after) =>
      `${before}{f${n++}}${after}`);
  zip.file("word/document.xml", xml);
  return { bytes: zip.generate({ type: "nodebuffer", compression: "DEFLATE" }), n };
}

function fillDocx(t) {
  const answers = Object.fromEntries(Array.from({ length: t.n }, (_, i) => [`f${i}`, answer(i)]));
  const doc = new Docxtemplater(new PizZip(t.bytes));
  doc.render(answers);
  return doc.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}

async function fillPdf(bytes) {
  const doc = await PDFDocument.load(bytes);
  let n = 0;
  for (const field of doc.getForm().getFields())
    if (field instanceof PDFTextField && !field.isReadOnly()) field.setText(answer(n++).slice(0, field.getMaxLength() || 99));
  return { bytes: await doc.save(), n };
}

async function measure(what, work) {
  const ms = [];
  let size = 0;
  for (let i = -5; i < ROUNDS; i++) {
    const start = process.cpuUsage();
    size = (await work()).length;
    const { user, system } = process.cpuUsage(start);
    if (i >= 0) ms.push((user + system) / 1e3);
  }
  ms.sort((a, b) => a - b);
  const col = (x) => x.toFixed(2).padStart(10);
  console.log(`${what.padEnd(26)}${col(ms[0])}${col(ms[ROUNDS >> 1])}${col(ms[0] / formc)}${" ".repeat(20)}${(size / 1000).toFixed(0).padStart(10)}`);
}

(async () => {
  const docx = template(fs.readFileSync(process.argv[2]));
  const filled = fs.readFileSync(process.argv[3]);
  const pdf = fs.readFileSync(process.argv[4]);
  const places = (await fillPdf(pdf)).n;
  if (docx.n < 100 || places < 100) throw new Error("the documents have not the places that were expected");
  await measure(`docxtemplater, ${docx.n} places`, () => fillDocx(docx));
  await measure("mammoth, the text", async () => (await mammoth.extractRawText({ buffer: filled })).value);
  await measure(`pdf-lib, ${places} fields`, async () => (await fillPdf(pdf)).bytes);
})().catch((e) => { console.error(`peers.js: ${e.message}`); process.exit(1); });
