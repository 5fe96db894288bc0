/* A plan in the page: what docs/plans.md describes, read and written as formc does it.
 *
 *   plan.head       what stands at the top: version, definition, id, revision, stage, synthetic
 *   plan.rows       by path of the repeat ("" for the plan itself, which has one row):
 *                   [{id, answers: {path below the repeat: {text, absent, lang}}, extra, fresh}]
 *   plan.conflicts, plan.marks, plan.history    as they came
 *   row.extra       what came in and is no question of the form, by the part that it stood in:
 *                   it goes back to the same place
 *
 * The form itself is `form`, which formc writes (output/html/). */

const PLAN_NS = "urn:formc:plan:1", XML_NS = "http://www.w3.org/XML/1998/namespace";
const PLAN_BYTES_MAX = 32 << 20;

class Refusal extends Error {} /* its message is one for people */

/* The form's parts by path, each with its repeat ("" for none) and its path below that. */
const nodes = new Map();

(function index(kids, repeat) {
  for (const node of kids) {
    node.repeat = repeat;
    node.below = repeat ? node.path.slice(repeat.length + 1) : node.path;
    node.place = nodes.size;
    if (node.type) node.list = form.lists[node.choices];
    nodes.set(node.path, node);
    if (node.kids) index(node.kids, node.kind === "repeat" ? node.path : repeat);
  }
})(form.tree, "");

const fields = [...nodes.values()].filter(n => n.kind === "field");
const repeats = [...nodes.values()].filter(n => n.kind === "repeat");

/* An object for names that come from elsewhere: it has none of its own. */
const dict = (...from) => Object.assign(Object.create(null), ...from);

function newPlan() {
  const plan = {head: {version: form.version, definition: form.digest}, rows: dict(), numbered: dict(),
    conflicts: [], marks: [], history: []};
  if (form.stages.length) plan.head.stage = form.stages[0].id;
  plan.rows[""] = [{id: "", answers: dict(), extra: []}];
  for (const r of repeats) {
    plan.rows[r.path] = [];
    plan.numbered[r.path] = 0;
  }
  return plan;
}

/* A row behind the others; its id is made when it has none. A fresh one is not saved before
 * something stands in it. */
function addRow(plan, repeat, id, fresh = false) {
  const rows = plan.rows[repeat];
  if (!id) plan.numbered[repeat] = Math.max(plan.numbered[repeat], rows.length);
  while (!id) {
    const made = `row-${++plan.numbered[repeat]}`;
    if (!rows.some(r => r.id === made)) id = made;
  }
  const row = {id, answers: dict(), extra: [], fresh};
  rows.push(row);
  return row;
}

const answerOf = (row, field) => row.answers[field.below] || {text: "", absent: "", lang: ""};
const isBlankRow = row => Object.values(row.answers).every(a => !isText(a.text));
const isSaved = row => !row.fresh || !isBlankRow(row) || Object.values(row.answers).some(a => a.absent);
const savedRows = (plan, repeat) => plan.rows[repeat].filter(isSaved);

/* "crisis/sign[row-2]/warning" */
const pathOf = (node, row) =>
  (node.repeat ? `${node.repeat}[${row.id}]${node.path.slice(node.repeat.length)}` : node.path);

/* The value space of text (docs/plans.md). */
function takeText(text) {
  if (!isText(text)) return "";
  return text.replace(/\r\n?/g, "\n")
    .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu, "\uFFFD");
}

/* ---- reading ---- */

const fill = (words, places) => words.replace(/\{([a-z]+)\}/g, (all, name) => (name in places ? places[name] : all));
const cannotKeep = what => { throw new Refusal(fill(form.words["open-cannot-keep"], {what})); };

function takeHead(plan, head) {
  if (head.form && head.form !== form.id) throw new Refusal(form.words["open-other-form"]);
  if (head.version && head.version !== form.version)
    throw new Refusal(fill(form.words["open-other-version"], {version: head.version, own: form.version}));
  if (head.stage && !form.stages.some(s => s.id === head.stage)) cannotKeep("stage");
  if (head.synthetic && head.synthetic !== "yes") cannotKeep("synthetic");
  plan.head = head;
}

function takeAnswer(row, field, text, absent, lang) {
  const has = row.answers[field.below];
  if (has && (has.text || has.absent)) cannotKeep(field.path);
  if (absent && (text || !REASONS.includes(absent))) cannotKeep(field.path);
  row.answers[field.below] = {text, absent, lang: lang === form.lang ? "" : lang};
}

function takeRow(plan, repeat, id) {
  if (plan.rows[repeat.path].length >= 9999) cannotKeep(repeat.path);
  if (id && (!/^[A-Za-z0-9._-]{1,64}$/.test(id) || plan.rows[repeat.path].some(r => r.id === id)))
    cannotKeep(repeat.path);
  return addRow(plan, repeat.path, id);
}

function readPlan(text) {
  if (text.length > PLAN_BYTES_MAX) throw new Refusal(form.words["open-not-plan"]);
  return /^\uFEFF?[ \t\n\r]*\{/.test(text) ? readJson(text) : readXml(text);
}

const kidsNamed = kids => new Map(kids.map(k => [k.id, k]));

/* Does a name stand twice in one object? JSON.parse would take the last of them. */
function hasTwice(json) {
  const open = [];
  for (const [token, , colon] of json.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/g)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (colon) {
      const name = JSON.parse(token.slice(0, -colon.length)), names = open[open.length - 1];
      if (names.has(name)) return true;
      names.add(name);
    }
  }
  return false;
}

/* As JSON. */
function readJson(text) {
  let root;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (hasTwice(text)) throw new SyntaxError();
  } catch (e) {
    throw new Refusal(form.words["open-not-plan"]);
  }
  const plan = newPlan();
  const isObject = v => typeof v === "object" && v !== null && !Array.isArray(v);
  const object = (v, what) => (isObject(v) ? v : cannotKeep(what));
  const string = (v, what) => (typeof v === "string" && !/\p{Surrogate}/u.test(v) ? v : cannotKeep(what));
  const {form: id, version, definition, plan: name, revision, stage, synthetic, answers, absent, languages,
    conflicts, marks, history, ...extra} = object(root, "form");
  if (id !== form.id) throw new Refusal(form.words["open-other-form"]);
  const head = {version, definition, id: name, revision, stage, synthetic};
  for (const key of Object.keys(head))
    if (head[key] === undefined) delete head[key];
    else string(head[key], key);
  takeHead(plan, head);
  const top = plan.rows[""][0];

  function readKids(value, kids, row, part) {
    const known = kidsNamed(kids);
    for (const [key, v] of Object.entries(value)) {
      const node = known.get(key);
      if (!node) row.extra.push({part, key, value: v});
      else if (node.kind === "field") takeAnswer(row, node, takeText(string(v, node.path)), "", "");
      else if (node.kind !== "repeat") readKids(object(v, node.path), node.kids, row, node.path);
      else if (Array.isArray(v)) for (const item of v) readRow(object(item, node.path), node);
      else cannotKeep(node.path);
    }
  }

  function readRow(value, repeat) {
    const {_row = "", _absent = {}, _languages = {}, ...rest} = value;
    const row = takeRow(plan, repeat, string(_row, repeat.path));
    readKids(rest, repeat.kids, row, repeat.path);
    readLists(row, repeat.path, _absent, _languages);
  }

  function readLists(row, repeat, reasons, tongues) {
    const answer = path => {
      const field = nodes.get(repeat ? `${repeat}/${path}` : path);
      if (!field || field.kind !== "field" || field.repeat !== repeat) cannotKeep(path);
      return (row.answers[field.below] ||= {text: "", absent: "", lang: ""});
    };
    for (const [path, reason] of Object.entries(object(reasons, "absent"))) {
      const a = answer(path);
      if (a.text || !REASONS.includes(reason)) cannotKeep(path);
      a.absent = reason;
    }
    for (const [path, tongue] of Object.entries(object(tongues, "languages"))) {
      const a = answer(path);
      if (!a.text && !a.absent) cannotKeep(path);
      a.lang = string(tongue, path) === form.lang ? "" : tongue;
    }
  }

  readKids(object(answers, "answers"), form.tree, top, "");
  readLists(top, "", absent ?? {}, languages ?? {});
  for (const [name, list] of Object.entries({conflicts: conflicts ?? [], marks: marks ?? [], history: history ?? []})) {
    if (!Array.isArray(list)) cannotKeep(name);
    plan[name] = list;
  }
  plan.marks = inFormOrder(plan.marks);
  plan.conflicts = inFormOrder(plan.conflicts);
  for (const [key, value] of Object.entries(extra)) top.extra.push({part: null, key, value});
  return plan;
}

/* As XML. */
function readXml(text) {
  if (/<[!]DOCTYPE/i.test(text)) throw new Refusal(form.words["open-not-plan"]);
  const root = new DOMParser().parseFromString(text, "application/xml").documentElement;
  if (!root || root.getElementsByTagName("parsererror").length || root.localName === "parsererror")
    throw new Refusal(form.words["open-not-plan"]);
  if (root.namespaceURI !== form.ns || root.localName !== form.id)
    throw new Refusal(form.words["open-other-form"]);
  const plan = newPlan(), head = {}, top = plan.rows[""][0];

  const textOf = e => [...e.childNodes].filter(n => n.nodeType === 3 || n.nodeType === 4).map(n => n.data).join("");
  const langOf = e => {
    for (; e && e.nodeType === 1; e = e.parentNode)
      if (e.hasAttributeNS(XML_NS, "lang")) return e.getAttributeNS(XML_NS, "lang");
    return "";
  };
  function onlyAttributes(e, names) {
    for (const a of e.attributes) {
      if (a.namespaceURI === "http://www.w3.org/2000/xmlns/") continue;
      if (a.namespaceURI === PLAN_NS ? !names.includes(a.localName)
        : !(a.namespaceURI === XML_NS && a.localName === "lang")) cannotKeep(a.name);
    }
  }

  function readKids(e, kids, row, part) {
    const known = kidsNamed(kids);
    for (const k of e.childNodes) {
      if ((k.nodeType === 3 || k.nodeType === 4) && isText(k.data)) cannotKeep(part || form.id);
      if (k.nodeType !== 1 || (part === "" && k.namespaceURI === PLAN_NS)) continue;
      const node = k.namespaceURI === form.ns ? known.get(k.localName) : undefined;
      if (!node) {
        row.extra.push({part, xml: new XMLSerializer().serializeToString(k)});
      } else if (node.kind === "field") {
        onlyAttributes(k, ["absent"]);
        if (k.children.length) cannotKeep(node.path);
        takeAnswer(row, node, takeText(textOf(k)), k.getAttributeNS(PLAN_NS, "absent") || "", langOf(k));
      } else if (node.kind === "repeat") {
        onlyAttributes(k, ["row"]);
        readKids(k, node.kids, takeRow(plan, node, k.getAttributeNS(PLAN_NS, "row") || ""), node.path);
      } else {
        onlyAttributes(k, []);
        readKids(k, node.kids, row, node.path);
      }
    }
  }

  /* What a plan keeps about itself: the attributes of each entry, and the sides of a conflict. */
  function readPart(name, child, sides) {
    const found = [...root.children].filter(e => e.namespaceURI === PLAN_NS && e.localName === name);
    if (found.length > 1) cannotKeep(name);
    return found.flatMap(e => [...e.children]).map(e => {
      if (e.namespaceURI !== PLAN_NS || e.localName !== child) cannotKeep(name);
      const entry = Object.fromEntries([...e.attributes].map(a => [a.name, a.value]));
      for (const side of sides) {
        const s = [...e.children].filter(c => c.namespaceURI === PLAN_NS && c.localName === side);
        if (s.length !== 1) cannotKeep(name);
        const value = {text: takeText(textOf(s[0])), absent: s[0].getAttribute("absent") || "",
          language: langOf(s[0]) === form.lang ? "" : langOf(s[0])};
        entry[side] = Object.fromEntries(Object.entries(value).filter(([, v]) => v));
      }
      if (e.children.length !== sides.length) cannotKeep(name);
      return entry;
    });
  }

  for (const a of root.attributes) if (a.namespaceURI === PLAN_NS) head[a.localName] = a.value;
  onlyAttributes(root, ["form", "version", "definition", "id", "stage", "revision", "synthetic"]);
  takeHead(plan, head);
  delete head.form;
  readKids(root, form.tree, top, "");
  plan.conflicts = inFormOrder(readPart("conflicts", "conflict", ["stored", "visible"]));
  plan.marks = inFormOrder(readPart("marks", "mark", []));
  plan.history = readPart("history", "entry", []);
  for (const e of root.children)
    if (e.namespaceURI === PLAN_NS && !["conflicts", "marks", "history"].includes(e.localName)) cannotKeep(e.localName);
  return plan;
}

/* Entries with a path, in the order of the form; those of one repeat stay as they come. */
function inFormOrder(entries) {
  const place = e => {
    const node = nodes.get(String(e.path).replace(/\[[^\]]*\]/, ""));
    return node ? node.place : Infinity;
  };
  return entries.map((e, i) => [e, i]).sort((a, b) => place(a[0]) - place(b[0]) || a[1] - b[1]).map(([e]) => e);
}

/* ---- writing: the canonical forms of docs/plans.md ---- */

const ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"};
const xmlText = s => s.replace(/[&<>\r]/g, c => ESCAPES[c]);
const xmlAttribute = s => s.replace(/[&<>"\t\n\r]/g, c => ESCAPES[c]);

/* One element a line: its tag, attributes (those that are empty are left out), and text or lines. */
function xmlElement(depth, name, attributes, content) {
  const indent = "  ".repeat(depth);
  const tag = name + Object.entries(attributes).filter(([, v]) => v).map(([n, v]) => ` ${n}="${xmlAttribute(v)}"`).join("");
  if (typeof content === "string")
    return [`${indent}<${tag}${content ? `>${xmlText(content)}</${name}` : "/"}>`];
  return content.length ? [`${indent}<${tag}>`, ...content, `${indent}</${name}>`] : [`${indent}<${tag}/>`];
}

function xmlNodes(plan, kids, row, depth, part) {
  const lines = kids.flatMap(node => {
    if (node.kind === "field") {
      const a = answerOf(row, node);
      return a.text || a.absent ? xmlElement(depth, node.id, {"p:absent": a.absent, "xml:lang": a.lang}, a.text) : [];
    }
    if (node.kind === "repeat")
      return savedRows(plan, node.path).flatMap(r =>
        xmlElement(depth, node.id, {"p:row": r.id}, xmlNodes(plan, node.kids, r, depth + 1, node.path)));
    const inside = xmlNodes(plan, node.kids, row, depth + 1, node.path);
    return inside.length ? xmlElement(depth, node.id, {}, inside) : [];
  });
  return [...lines, ...row.extra.filter(x => x.part === part).map(x => "  ".repeat(depth) + x.xml)];
}

function writeXml(plan) {
  const p = (depth, name, attributes, content = []) => xmlElement(depth, `p:${name}`, attributes, content);
  const group = (name, entries) => (entries.length ? p(1, name, {}, entries.flat()) : []);
  const side = (name, s) => p(3, name, {absent: s.absent, "xml:lang": s.language}, s.text || "");
  const h = plan.head;
  const inside = [
    ...xmlNodes(plan, form.tree, plan.rows[""][0], 1, ""),
    ...group("conflicts", plan.conflicts.map(c =>
      p(2, "conflict", {path: c.path}, [...side("stored", c.stored), ...side("visible", c.visible)]))),
    ...group("marks", plan.marks.map(m => p(2, "mark", pick(m, ["path", "at", "by", "own", "covers"])))),
    ...group("history", plan.history.map(e => p(2, "entry", pick(e, ["n", "at", "by", "via", "file", "did", "path", "to"])))),
  ];
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...xmlElement(0, form.id, {
    xmlns: form.ns, "xmlns:p": PLAN_NS, "p:form": form.id, "p:version": h.version, "p:definition": h.definition,
    "p:id": h.id, "p:revision": h.revision, "p:stage": h.stage, "p:synthetic": h.synthetic,
  }, inside), ""].join("\n");
}

const pick = (o, names) => Object.fromEntries(names.filter(n => o[n]).map(n => [n, o[n]]));

function jsonNodes(plan, kids, row, part) {
  const out = dict();
  for (const node of kids) {
    if (node.kind === "field") {
      if (answerOf(row, node).text) out[node.id] = answerOf(row, node).text;
    } else if (node.kind === "repeat") {
      const rows = savedRows(plan, node.path).map(r =>
        dict({_row: r.id}, jsonNodes(plan, node.kids, r, node.path), jsonLists(r, node.path, "_absent", "_languages")));
      if (rows.length) out[node.id] = rows;
    } else {
      const inside = jsonNodes(plan, node.kids, row, node.path);
      if (Object.keys(inside).length) out[node.id] = inside;
    }
  }
  for (const x of row.extra) if (x.part === part) out[x.key] = x.value;
  return out;
}

/* What stands beside the answers of a row, by path, in the order of the form. */
function jsonLists(row, repeat, absent, languages) {
  const lists = {[absent]: {}, [languages]: {}};
  for (const field of fields.filter(f => f.repeat === repeat)) {
    const a = answerOf(row, field);
    if (a.absent) lists[absent][field.below] = a.absent;
    if (a.lang && (a.text || a.absent)) lists[languages][field.below] = a.lang;
  }
  return Object.fromEntries(Object.entries(lists).filter(([, v]) => Object.keys(v).length));
}

function writeJson(plan) {
  const h = plan.head, top = plan.rows[""][0], out = dict();
  const put = (key, value) => { if (value && (!Array.isArray(value) || value.length)) out[key] = value; };
  put("form", form.id);
  put("version", h.version);
  put("definition", h.definition);
  put("plan", h.id);
  put("revision", h.revision);
  put("stage", h.stage);
  put("synthetic", h.synthetic);
  out.answers = jsonNodes(plan, form.tree, top, "");
  Object.assign(out, jsonLists(top, "", "absent", "languages"));
  put("conflicts", plan.conflicts.map(c => ({path: c.path, stored: pick(c.stored, ["text", "absent", "language"]),
    visible: pick(c.visible, ["text", "absent", "language"])})));
  put("marks", plan.marks.map(m => pick(m, ["path", "at", "by", "own", "covers"])));
  put("history", plan.history.map(e => pick(e, ["n", "at", "by", "via", "file", "did", "path", "to"])));
  for (const x of top.extra) if (x.part === null) out[x.key] = x.value;
  return JSON.stringify(out, null, 2)
    .replace(/[\x7F-\x9F\u2028-\u202E\u2066-\u2069]/g, c => `\\u${pad(c.charCodeAt(0).toString(16), 4)}`)
    .replace(/(\\\\)|\\([bfr])/g, (all, slash, c) => slash || {b: "\\u0008", f: "\\u000c", r: "\\u000d"}[c]) + "\n";
}

/* Parts that only the other format can hold: they came in it. */
const holdsOnly = (plan, kind) =>
  Object.values(plan.rows).flat().some(r => r.extra.some(x => (kind === "xml" ? "xml" in x : "key" in x)));

/* ---- digests (FIPS 180-4, SHA-256), for signatures ---- */

function sha256(text) {
  const bytes = new TextEncoder().encode(text), blocks = new Uint8Array(((bytes.length + 8 >> 6) + 1) << 6);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(blocks.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(blocks.length - 4, bytes.length << 3);
  const h = new Uint32Array(8), k = new Uint32Array(64), w = new Uint32Array(64);
  const frac = x => Math.floor((x - Math.floor(x)) * 0x100000000);
  for (let n = 2, i = 0; i < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) prime = prime && n % d !== 0;
    if (!prime) continue;
    if (i < 8) h[i] = frac(Math.sqrt(n));
    k[i++] = frac(Math.cbrt(n));
  }
  const turn = (x, n) => x >>> n | x << 32 - n;
  for (let at = 0; at < blocks.length; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getUint32(at + 4 * i);
      else w[i] = w[i - 16] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >>> 3) + w[i - 7] +
        (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >>> 10);
    }
    let [a, b, c, d, e, f, g, last] = h;
    for (let i = 0; i < 64; i++) {
      const t1 = last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + k[i] + w[i];
      const t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c);
      [last, g, f, e, d, c, b, a] = [g, f, e, d + t1 | 0, c, b, a, t1 + t2 | 0];
    }
    [a, b, c, d, e, f, g, last].forEach((x, i) => { h[i] += x; });
  }
  return [...h].map(x => pad(x.toString(16), 8)).join("");
}

/* The digest of the answers below these parts (docs/plans.md, marks). */
function digestOf(plan, paths) {
  const chosen = kids => kids.flatMap(node =>
    (paths.includes(node.path) ? [node] : node.kids && node.kind !== "repeat" ? chosen(node.kids) : []));
  const lines = xmlNodes(plan, chosen(form.tree), {...plan.rows[""][0], extra: []}, 1, "");
  return `sha256:${sha256(lines.map(line => line + "\n").join(""))}`;
}

/* Has an answer that the mark covers changed since it was noted? */
function isStale(plan, mark) {
  const field = nodes.get(mark.path), signature = [...nodes.values()].find(n => n.kids && n.kids.includes(field));
  return Boolean(signature && signature.covers) && digestOf(plan, [signature.path]) === mark.own &&
    digestOf(plan, signature.covers) !== mark.covers;
}

/* ---- checking ---- */

/* The answers as rules see them: view[path] in the plan, view._rows[repeat] the rows that have an
 * answer, row[path below the repeat]; no id begins with "_". What follows from other answers is
 * worked out. */
function viewOf(plan) {
  const read = (row, repeat) => {
    const view = dict();
    for (const f of fields)
      if (f.repeat === repeat) view[f.below] = readAnswer(f, answerOf(row, f).text, answerOf(row, f).absent);
    return view;
  };
  const view = read(plan.rows[""][0], "");
  view._rows = dict();
  for (const r of repeats)
    view._rows[r.path] = plan.rows[r.path].filter(row => !isBlankRow(row))
      .map(row => dict(read(row, r.path), {_row: row}));
  for (const calc of calcs) {
    const field = nodes.get(calc.path);
    for (const row of field.repeat ? view._rows[field.repeat] : [view]) {
      const a = row[field.below];
      if (a.state !== "absent" || a.why) continue;
      const text = calc.when && calc.when(view, row) !== true ? "" : calc.text(view, row);
      if (text) row[field.below] = {...readAnswer(field, text, ""), workedOut: true};
    }
  }
  return view;
}

/* What the rules find at a stage (its place in form.stages) and on a day, in the order of the
 * rules: [{path, node, row, rule, severity, message, why}]. */
function findings(plan, stage, asOf, view = viewOf(plan)) {
  const found = [];
  const look = (rule, row) => {
    if (stage < rule.stage) return;
    const verdict = rule.test(view, row, asOf);
    if (!verdict) return;
    const {where} = rule, inRow = rule.rows && `${where}/`.startsWith(`${rule.rows}/`) ? row._row : null;
    found.push({path: inRow ? `${rule.rows}[${inRow.id}]${where.slice(rule.rows.length)}` : where,
      node: nodes.get(where), row: inRow, rule: rule.id, kind: rule.kind,
      severity: verdict.excused ? "advice" : rule.severity,
      message: verdict.excused ? form.words[verdict.why] : rule.message, why: verdict.why});
  };
  for (let i = 0; i < rules.length;) {
    const repeat = rules[i].rows;
    let end = i + 1;
    if (repeat) while (end < rules.length && rules[end].rows === repeat) end++;
    for (const row of repeat ? view._rows[repeat] : [view])
      for (let k = i; k < end; k++) look(rules[k], row);
    i = end;
  }
  return found;
}

/* The same with what the plan itself tells, in the order of the form, a repeat row by row. */
function review(plan, stage, asOf, view = viewOf(plan)) {
  const found = findings(plan, stage, asOf, view);
  const about = (path, rule, severity, message) => {
    const [, repeat, id] = /^([^[]*)\[([^\]]*)\]/.exec(path) || [];
    const node = nodes.get(path.replace(/\[[^\]]*\]/, ""));
    const row = repeat ? plan.rows[repeat].find(r => r.id === id) : null;
    if (node) found.push({path, node, row, rule, severity, kind: "plan", message, why: ""});
  };
  for (const c of plan.conflicts) about(c.path, "plan.conflict", "error", form.words.conflict);
  for (const m of plan.marks)
    if (isStale(plan, m)) about(m.path, "plan.stale-mark", "warning", form.words["sign-again"]);
  const key = f => {
    const repeat = f.node.kind === "repeat" ? f.node : nodes.get(f.node.repeat);
    return [(repeat || f.node).place, f.row ? plan.rows[f.node.repeat].indexOf(f.row) : 0, f.node.place];
  };
  return found.map((f, i) => [f, [...key(f), i]])
    .sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]).map(([f]) => f);
}
