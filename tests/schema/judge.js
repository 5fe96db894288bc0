// judge.js SCHEMA [as-typed=false] < list of files: for each file "ok", or where it is not.
"use strict";
const fs = require("fs");
const path = require("path");
const Ajv = require(path.join(__dirname, "../node/node_modules/ajv/dist/2020"));

const schema = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
if (process.argv[3] === "as-typed=false") schema.$defs["as-typed"] = false;
const ajv = new Ajv({ strict: true });
for (const word of ["x-formc-path", "x-formc-type", "x-formc-labels", "x-formc-min-rows"])
  ajv.addKeyword(word);
const validate = ajv.compile(schema);
for (const file of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const ok = validate(JSON.parse(fs.readFileSync(file, "utf8")));
  console.log(ok ? "ok" : validate.errors.map((e) => e.instancePath).sort().join(" "));
}
