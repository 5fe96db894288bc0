// Fills fields with MuPDF's own JavaScript: mutool run fill_mupdf.js IN.pdf OUT.pdf LABELS.json
// The fields are found by their labels: this version does not tell their names.
var values = JSON.parse(read(scriptArgs[2]));
var doc = new Document(scriptArgs[0]);
for (var n = 0; n < doc.countPages(); n++) {
  var page = doc.loadPage(n);
  var widgets = page.getWidgets();
  for (var i = 0; i < widgets.length; i++) {
    var entered = values[widgets[i].getLabel()];
    if (!entered) continue;
    if (entered[0] == "check") widgets[i].toggle();
    else if (entered[0] == "text") widgets[i].setTextValue(entered[1]);
    else widgets[i].setChoiceValue(entered[1]);
    widgets[i].update();
  }
}
doc.save(scriptArgs[1], "");
