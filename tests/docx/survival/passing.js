// usage: node passing.js MODULES FOLDER: passes each FOLDER/*.docx through docxtemplater into
// FOLDER/passed/, and writes what mammoth reads in it into FOLDER/read/NAME.txt and .html.
const fs = require('fs'), path = require('path');
const [modules, folder] = process.argv.slice(2);
const load = (name) => require(path.join(modules, name));
const PizZip = load('pizzip'), Docxtemplater = load('docxtemplater'), mammoth = load('mammoth');

(async () => {
  for (const name of fs.readdirSync(folder).filter((n) => n.endsWith('.docx')).sort()) {
    const bytes = fs.readFileSync(path.join(folder, name));
    try {
      const template = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true, nullGetter: () => '' });
      template.render({});
      fs.writeFileSync(path.join(folder, 'passed', name), template.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' }));
    } catch (e) {
      if (!e.properties) throw e; // a mistake in a template, as it sees it
      fs.writeFileSync(path.join(folder, 'passed', name + '.refused'), String(e.properties.id));
    }
    fs.writeFileSync(path.join(folder, 'read', name + '.txt'), (await mammoth.extractRawText({ buffer: bytes })).value);
    fs.writeFileSync(path.join(folder, 'read', name + '.html'), (await mammoth.convertToHtml({ buffer: bytes })).value);
  }
})().catch((e) => { console.error(e); process.exit(1); });
