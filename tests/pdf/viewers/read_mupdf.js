// What MuPDF sees, as JSON: mutool run read_mupdf.js FILE.pdf
var doc = new Document(scriptArgs[0]);
var found = [];
for (var n = 0; n < doc.countPages(); n++) {
  var page = doc.loadPage(n);
  var widgets = page.getWidgets() || [];
  for (var i = 0; i < widgets.length; i++) {
    var w = widgets[i];
    found.push({ type: String(w.getFieldType()), label: w.getLabel(), value: w.getValue() });
  }
}
print(JSON.stringify(found));
