/* The page: it shows a plan in the form's controls, takes what is typed, checks when it is asked
 * to, opens and saves. The plan is what counts; an answer that nobody touches stays as it came,
 * also where its control cannot show it. Nothing is kept but in this window. */

function startPage() {
  const byId = id => document.getElementById(id);
  const all = (selector, below = document) => [...below.querySelectorAll(selector)];
  const say = (id, places = {}) => fill(form.words[id], places);
  const title = document.title;
  let plan = readJson(byId("formc-plan").textContent);
  let dirty = false, shown = [], due = 0, ids = 0;
  const rowOf = new WeakMap(); /* element of a row -> row of the plan */

  /* An element with attributes and children; text is never read as HTML. */
  function make(name, attributes, ...children) {
    const e = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...children.flatMap(c => (typeof c === "string" && name !== "option" ? inOrder(c) : [c])));
    return e;
  }

  const DIGIT = /[0-9\u0660-\u0669\u06f0-\u06f9]/, RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

  /* The end of a number in groups that begins at s[i], or i: one as long as a telephone or NHS number
   * (9 digits, groups of 2 and more; a group in brackets may be shorter), or a date with hyphens. */
  function numberEnd(s, i) {
    const digit = k => DIGIT.test(s[k] || "");
    let end = i, digits = 0, group = 0, groups = 0, hyphens = 0, others = 0, inside = false, short = false;
    for (let k = i; k < s.length; k++) {
      const c = s[k];
      if (digit(k)) {
        digits++;
        group++;
        if (digit(k + 1)) continue;
        short ||= group < 2 && !inside;
        group = 0;
        groups++;
      } else if (c === "(" && !inside && digit(k + 1)) {
        inside = true;
        others++;
      } else if (c === ")" && inside) {
        inside = false;
      } else if (/[- \u00a0]/.test(c) && k > i && (digit(k + 1) || (s[k + 1] === "(" && !inside))) {
        if (c === "-") hyphens++;
        else others++;
        continue;
      } else {
        break;
      }
      const date = groups === 3 && hyphens === 2 && others === 0 && digits >= 6 && digits <= 8;
      if (!inside && ((digits >= 9 && !short) || date)) end = k + 1;
    }
    return end;
  }

  /* Text, where it may run from right to left with an element of its own for each such number, which
   * keeps its groups from left to right. */
  function inOrder(text) {
    if (document.documentElement.dir !== "rtl" && !RIGHT_TO_LEFT.test(text)) return [text];
    const parts = [];
    let done = 0;
    for (let i = 0; i < text.length;) {
      const from = i + (text[i] === "+"), end = numberEnd(text, from);
      if (end === from) {
        for (i++; i < text.length && DIGIT.test(text[i]) && DIGIT.test(text[i - 1]);) i++;
        continue;
      }
      const number = document.createElement("bdo");
      number.dir = "ltr";
      number.textContent = text.slice(i, end);
      parts.push(text.slice(done, i), number);
      done = i = end;
    }
    return [...parts, text.slice(done)];
  }

  /* ---- where things are ---- */

  const fieldOf = wrapper => nodes.get(wrapper.dataset.field);
  const rowElement = e => e.closest("[data-row]");
  const rowAt = e => (rowElement(e) ? rowOf.get(rowElement(e)) : plan.rows[""][0]);
  const partElement = path => document.querySelector(`[data-part="${path}"]`);
  const rowsElement = repeat => document.querySelector(`[data-rows="${repeat}"]`);
  const rowElements = repeat => [...rowsElement(repeat).children];

  function wrapperOf(node, row) {
    const below = node.repeat ? rowElements(node.repeat).find(e => rowOf.get(e) === row) : document;
    return below && below.querySelector(`[data-field="${node.path}"]`);
  }

  /* The element that shows a part of the form: in each row, for a question of a repeat. */
  const elementsOf = node =>
    (node.kind === "field" ? all(`[data-field="${node.path}"]`) : [partElement(node.path)]).filter(e => e);

  const controlsOf = wrapper =>
    all("input, textarea, select", wrapper).filter(c => !c.name.startsWith("formc-why."));

  /* ---- answers in controls ---- */

  /* An answer as people read it. */
  function shownText(field, text) {
    const choice = field.list && field.list.choices.find(c => c.id === text);
    if (choice) return choice.label;
    if ((field.type === "part-date" && writePartDate(readPartDate(text)) === text) ||
        (field.type === "date" && writeDate(readDate(text)) === text))
      return text.split("-").reverse().join("/");
    if (field.type === "money" && text && writeMoney(readMoney(text)) === text)
      return text.replace(/^(-?)([0-9]+)/, (m, sign, pounds) => `${sign}£${pounds.replace(/\B(?=([0-9]{3})+$)/g, ",")}`);
    if (field.type === "choices") {
      const set = readChoices(text, field.list);
      if (set) return field.list.choices.filter(c => set.has(c.id)).map(c => c.label).join(", ");
    }
    return text;
  }

  /* The parts of a date as they go into its three controls, or null when they do not fit. */
  function dateParts(text) {
    const date = readDate(text);
    if (date !== null) return [dayOf(date), monthOf(date), yearOf(date)].map(String);
    const typed = text.split("/");
    return text === "" ? ["", "", ""] : typed.length === 3 && typed.every(p => !/[\n\r]/.test(p)) ? typed : null;
  }

  /* The text of an answer from what its controls hold. */
  const takers = {
    date(controls) {
      const parts = controls.map(c => trim(c.value));
      if (parts.every(p => p === "")) return "";
      const typed = parts.join("/");
      return writeDate(readDate(typed)) || typed;
    },
    choices: controls => controls.filter(c => c.checked).map(c => c.value).join(" "),
    choice(controls) {
      const on = controls.find(c => c.checked);
      return !on ? "" : on.value === "_else" ? controls.find(c => "else" in c.dataset).value : on.value;
    },
    money: ([c]) => writeMoney(readMoney(c.value)) || c.value,
    "part-date": ([c]) => writePartDate(readPartDate(c.value)) || c.value,
  };
  takers["yes-no"] = takers.choice;

  function putAnswer(wrapper) {
    const field = fieldOf(wrapper), {text} = answerOf(rowAt(wrapper), field), controls = controlsOf(wrapper);
    if (field.type === "date") {
      const parts = dateParts(text) || ["", "", ""];
      controls.forEach((c, i) => { c.value = parts[i]; });
    } else if (field.type === "choices") {
      const set = readChoices(text, field.list) || new Set();
      for (const c of controls) c.checked = set.has(c.value);
    } else if (field.list) {
      const named = field.type === "yes-no" ? {true: "yes", false: "no"}[readYesNo(text, field.list)]
        : (choiceNamed(field.list, text) || {}).id;
      const other = controls.find(c => "else" in c.dataset);
      const on = text === "" ? "" : named || (other ? "_else" : "");
      for (const c of controls.filter(c => c.type === "radio")) c.checked = c.value === on;
      if (other) other.value = on === "_else" ? text : "";
    } else {
      lineOrLines(controls[0], text).value = shownText(field, text);
    }
    showChoiceParts(wrapper);
    all("textarea", wrapper).forEach(grow);
  }

  /* A control of one line would drop the line breaks of an answer that has some. */
  function lineOrLines(control, text) {
    if (control.localName === "textarea" || !text.includes("\n")) return control;
    const lines = make("textarea", {rows: "3"});
    for (const {name, value} of control.attributes) if (name !== "type" && name !== "value") lines.setAttribute(name, value);
    control.replaceWith(lines);
    return lines;
  }

  function showChoiceParts(wrapper) {
    const on = controlsOf(wrapper).find(c => c.checked), other = wrapper.querySelector(".else");
    if (other) other.hidden = !on || on.value !== "_else";
    const clear = wrapper.querySelector(".clear");
    if (clear) clear.hidden = !on;
  }

  const grows = CSS.supports("field-sizing", "content");
  function grow(area) {
    area.style.setProperty("--lines", area.rows);
    if (grows) {
      area.style.setProperty("field-sizing", "content");
      return;
    }
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  }

  /* ---- what is said beside an answer ---- */

  function putNotes(wrapper, view) {
    const field = fieldOf(wrapper), row = rowAt(wrapper), a = answerOf(row, field), path = pathOf(field, row);
    const notes = wrapper.querySelector("[data-notes]"), lines = [];
    const found = shown.filter(f => f.path === path);
    for (const f of found) lines.push(finding(f));
    if (a.text && !isShown(field, a.text))
      lines.push(make("p", {}, `${say("html-unreadable")} `, make("span", {class: "answer", dir: "auto"}, a.text)),
        make("p", {}, make("button", {type: "button", class: "small", "data-clear": ""}, form.words["html-clear"])));
    const conflict = plan.conflicts.find(c => c.path === path);
    if (conflict)
      lines.push(make("p", {}, make("strong", {}, say("other-answer"))), make("p", {}, conflict.visible.text
        ? make("span", {class: "answer", dir: "auto"}, shownText(field, conflict.visible.text)) : say("no-answer")));
    if (plan.marks.some(m => m.path === path && isStale(plan, m))) lines.push(make("p", {}, make("strong", {}, say("stale"))));
    const seen = (field.repeat ? view._rows[field.repeat].find(r => r._row === row) : view) || {};
    if (seen[field.below] && seen[field.below].workedOut)
      lines.push(make("p", {}, say("html-worked-out", {answer: shownText(field, seen[field.below].text)})));
    if (a.absent || found.some(f => f.kind === "required")) lines.push(...whyNot(wrapper, a));
    const some = lines.length > 0;
    if (!some && !notes.firstChild) return;
    if (!notes.contains(document.activeElement)) notes.replaceChildren(...lines);
    notes.id ||= `formc-notes-${++ids}`;
    notes.classList.toggle("wrong", found.some(f => f.severity === "error"));
    describe(wrapper, notes, some, found.some(f => f.severity === "error"));
  }

  function finding(f) {
    const kind = {error: "html-error", warning: "html-warning", advice: "html-advice"}[f.severity];
    return make("p", {class: f.severity}, make("span", {class: f.severity === "error" ? "unseen" : ""}, `${say(kind)} `),
      f.message, f.why && form.words[f.why] && f.severity !== "advice" ? ` (${form.words[f.why]})` : "");
  }

  /* Can the controls show this answer? If not, it stands beside them as it is. */
  function isShown(field, text) {
    if (field.type === "date") return dateParts(text) !== null;
    if (field.type === "choices") return readChoices(text, field.list) !== null;
    if (field.type === "yes-no") return readYesNo(text, field.list) !== null;
    if (field.list && !field.list.open) return choiceNamed(field.list, text) !== undefined;
    return true;
  }

  /* The notes are a part of the description of the control, or of the group. */
  function describe(wrapper, notes, some, wrong) {
    const whole = wrapper.querySelector(":scope > fieldset") || controlsOf(wrapper)[0];
    const rest = (whole.getAttribute("aria-describedby") || "").split(" ").filter(id => id && id !== notes.id);
    if (some) rest.push(notes.id);
    if (rest.length) whole.setAttribute("aria-describedby", rest.join(" "));
    else whole.removeAttribute("aria-describedby");
    for (const c of controlsOf(wrapper))
      if (wrong && c.type !== "radio" && c.type !== "checkbox") c.setAttribute("aria-invalid", "true");
      else c.removeAttribute("aria-invalid");
  }

  /* Why there is no answer: asked when a needed one is missing. */
  function whyNot(wrapper, answer) {
    const id = `formc-why-${++ids}`, select = make("select", {id, name: `formc-why.${wrapper.dataset.field}`, "data-why": ""});
    select.append(make("option", {value: ""}, say("html-no-reason")));
    for (const reason of REASONS)
      if (!["unknown", "masked"].includes(reason) || reason === answer.absent)
        select.append(make("option", {value: reason}, form.words[`why-${reason}`]));
    select.value = answer.absent;
    return [make("label", {for: id}, say("html-why-not")), select];
  }

  /* ---- rows ---- */

  function addRowElement(repeat, row) {
    const list = rowsElement(repeat), copy = document.querySelector(`template[data-row-of="${repeat}"]`).content.cloneNode(true);
    const n = ++ids, key = repeat.replace(/\//g, ".");
    const renamed = value => value.replace(/\b(f[0-9]+)_0\b/g, `$1_${n}`);
    for (const e of all("*", copy)) {
      for (const name of ["id", "for", "aria-describedby"])
        if (e.hasAttribute(name)) e.setAttribute(name, renamed(e.getAttribute(name)));
      if (e.name) e.setAttribute("name", e.getAttribute("name").replace(`${key}.0.`, `${key}.${n}.`));
    }
    for (const e of all("[data-live]", copy)) e.hidden = false;
    list.append(copy);
    const element = list.lastElementChild;
    rowOf.set(element, row);
    all("[data-field]", element).forEach(putAnswer);
    return element;
  }

  /* Numbers the rows; the last one can be emptied, but not removed. */
  function countRows(repeat) {
    const rows = rowElements(repeat);
    rows.forEach((e, i) => all("[data-number]", e).forEach(n => { n.textContent = i + 1; }));
    for (const b of all("[data-remove]", rowsElement(repeat))) b.hidden = rows.length < 2;
    const most = nodes.get(repeat).max;
    for (const b of all(`[data-add="${repeat}"]`)) b.hidden = most > 0 && rows.length >= most;
  }

  function putRows(repeat) {
    rowsElement(repeat).replaceChildren();
    if (!plan.rows[repeat].length) addRow(plan, repeat, "", true);
    for (const row of plan.rows[repeat]) addRowElement(repeat, row);
    countRows(repeat);
  }

  function removeRow(element) {
    const repeat = element.parentElement.dataset.rows, n = rowElements(repeat).indexOf(element);
    plan.rows[repeat] = plan.rows[repeat].filter(r => r !== rowOf.get(element));
    const gone = pathOf(nodes.get(repeat).kids[0], rowOf.get(element)).replace(/\].*/, "]");
    plan.conflicts = plan.conflicts.filter(c => !c.path.startsWith(gone));
    element.remove();
    countRows(repeat);
    changed();
    const next = rowElements(repeat)[Math.max(0, n - 1)];
    next.querySelector("input, textarea").focus();
  }

  /* ---- all of it ---- */

  function putPlan() {
    for (const r of repeats) putRows(r.path);
    for (const wrapper of all("[data-field]")) if (!rowElement(wrapper)) putAnswer(wrapper);
    shown = [];
    for (const e of all(".plan-id")) e.textContent = plan.head.id ? say("plan", {plan: plan.head.id}) : "";
    if (byId("formc-stage")) byId("formc-stage").value = stageOf(plan.head.stage);
    refresh();
  }

  const stageOf = id => Math.max(0, form.stages.findIndex(s => s.id === id));
  const chosenStage = () => (byId("formc-stage") ? Number(byId("formc-stage").value) : 0);

  /* Shows and hides what is asked, and says what follows from what was typed. */
  function refresh() {
    clearTimeout(due);
    due = 0;
    const view = viewOf(plan);
    for (const c of conditions)
      for (const e of elementsOf(nodes.get(c.path))) {
        const row = rowElement(e) && e.dataset.field ? rowOf.get(rowElement(e)) : null;
        const seen = row ? view._rows[nodes.get(c.path).repeat].find(r => r._row === row) || blankRow(row, c.path) : view;
        const told = shown.some(f => f.node === nodes.get(c.path) && (!row || f.row === row));
        e.hidden = c.when(view, seen) !== true && !told;
        for (const item of all(`[data-part-of="${c.path}"]`)) item.hidden = e.hidden;
      }
    for (const wrapper of all("[data-field]")) putNotes(wrapper, view);
    for (const r of repeats) {
      const notes = partElement(r.path).querySelector(":scope > [data-notes]");
      const found = shown.filter(f => f.node === r && !f.row);
      notes.replaceChildren(...found.map(finding));
      notes.classList.toggle("wrong", found.some(f => f.severity === "error"));
    }
    putProgress(view);
  }

  const blankRow = (row, path) => dict(...fields.filter(f => f.repeat === nodes.get(path).repeat)
    .map(f => ({[f.below]: readAnswer(f, answerOf(row, f).text, answerOf(row, f).absent)})), {_row: row});

  /* Beside each section: how many of its questions are answered, and what is missing at the stage
   * that is checked for. */
  function putProgress(view) {
    const missing = findings(plan, chosenStage(), null, view)
      .filter(f => f.severity === "error" && (f.kind === "required" || f.rule.endsWith(".rows")));
    for (const item of all("[data-part-of]")) {
      const inside = path => path.startsWith(`${item.dataset.partOf}/`);
      const n = missing.filter(f => inside(f.node.path)).length, far = item.querySelector(".how-far");
      let asked = 0, given = 0;
      for (const e of all("[data-field]", partElement(item.dataset.partOf))) {
        const a = answerOf(rowAt(e), fieldOf(e));
        if (e.closest("[hidden]") || (rowElement(e) && rowAt(e).fresh && isBlankRow(rowAt(e)))) continue;
        asked++;
        if (a.text || a.absent) given++;
      }
      far.hidden = false;
      far.classList.toggle("missing", n > 0);
      far.classList.toggle("done", !n && given > 0 && given === asked);
      far.textContent = n ? say("html-missing", {n}) : !given ? say("html-not-started")
        : given === asked ? say("html-done") : say("html-answered", {n: given, all: asked});
    }
  }

  function changed(now) {
    dirty = true;
    byId("formc-saved").textContent = say("html-unsaved");
    if (now) refresh();
    else if (!due) due = setTimeout(refresh, 150);
  }

  /* ---- what people do ---- */

  function typed(event) {
    const wrapper = event.target.closest("[data-field]");
    if (!wrapper) return;
    const field = fieldOf(wrapper), row = rowAt(wrapper), before = answerOf(row, field);
    if ("why" in event.target.dataset) {
      row.answers[field.below] = {...before, text: "", absent: event.target.value};
      putAnswer(wrapper);
    } else {
      const take = takers[field.type] || (([c]) => c.value);
      row.answers[field.below] = {...before, text: takeText(take(controlsOf(wrapper))), absent: ""};
      showChoiceParts(wrapper);
      if (event.target.localName === "textarea") grow(event.target);
    }
    /* What depends on a choice is there before the next key is pressed. */
    changed(["radio", "checkbox", "select-one"].includes(event.target.type));
  }

  function pressed(event) {
    const button = event.target.closest("button"), data = button ? button.dataset : {};
    if ("remove" in data) {
      removeRow(rowElement(button));
    } else if ("add" in data) {
      const element = addRowElement(data.add, addRow(plan, data.add, "", true));
      countRows(data.add);
      refresh();
      element.querySelector("input, textarea").focus();
    } else if ("clear" in data) {
      const wrapper = button.closest("[data-field]"), field = fieldOf(wrapper), row = rowAt(wrapper);
      row.answers[field.below] = {...answerOf(row, field), text: "", absent: ""};
      putAnswer(wrapper);
      controlsOf(wrapper)[0].focus();
      changed();
    }
  }

  /* ---- checking ---- */

  const dayControls = () => ["day", "month", "year"].map(part => byId(`formc-as-of-${part}`));

  /* The element that a link of the summary leads to. */
  function target(f) {
    if (f.node.kind !== "field") return byId(`part.${f.node.path.replace(/\//g, ".")}`);
    const wrapper = wrapperOf(f.node, f.row);
    return wrapper && controlsOf(wrapper).find(c => !c.closest("[hidden]"));
  }

  function link(to, words, where, unseen) {
    const a = make("a", {href: `#${to.id}`}, unseen ? make("span", {class: "unseen"}, `${unseen} `) : "", words);
    a.addEventListener("click", event => {
      event.preventDefault();
      to.focus();
      to.closest(".field, .repeat, section").scrollIntoView({block: "start"});
    });
    return make("li", {}, a, where ? make("span", {}, where) : "");
  }

  function check() {
    const day = readDate(dayControls().map(c => trim(c.value)).join("/"));
    shown = day === null ? [] : review(plan, chosenStage(), day);
    refresh();
    const errors = [], others = [];
    if (day === null) errors.push(link(dayControls()[0], say("html-wrong-day")));
    for (const c of dayControls())
      if (day === null) c.setAttribute("aria-invalid", "true");
      else c.removeAttribute("aria-invalid");
    for (const f of shown) {
      const to = target(f), where = f.row ? say("in-row", {label: f.node.label, row: plan.rows[f.node.repeat || f.node.path].indexOf(f.row) + 1})
        : f.node.label;
      if (!to) continue;
      if (f.severity === "error") errors.push(link(to, f.message, where));
      else others.push(link(to, f.message, where, say(f.severity === "warning" ? "html-warning" : "html-advice")));
    }
    const box = byId("formc-summary"), parts = [];
    if (errors.length)
      parts.push(make("h2", {}, say("html-problem")), make("ul", {class: "problem"}, ...errors));
    else parts.push(make("h2", {}, say("html-fine")));
    if (others.length) parts.push(make("h2", {}, say("html-remarks")), make("ul", {}, ...others));
    box.replaceChildren(...parts);
    box.classList.toggle("problem", errors.length > 0);
    box.hidden = false;
    document.title = errors.length ? say("html-error-title", {title}) : title;
    box.focus();
    box.scrollIntoView();
  }

  /* ---- opening and saving ---- */

  function tell(id, words, bad) {
    const e = byId(id);
    e.textContent = words;
    e.classList.toggle("bad", Boolean(bad));
  }

  async function open(file) {
    if (dirty && !confirm(say("html-replace"))) return;
    try {
      if (file.size > PLAN_BYTES_MAX) throw new Refusal(say("open-not-plan"));
      let text;
      try {
        text = new TextDecoder("utf-8", {fatal: true}).decode(await file.arrayBuffer());
      } catch (e) {
        throw new Refusal(say("open-not-plan"));
      }
      plan = readPlan(text);
      dirty = false;
      byId("formc-summary").hidden = true;
      document.title = title;
      putPlan();
      tell("formc-saved", "");
      tell("formc-opened", [say("html-opened", {file: file.name}),
        Object.values(plan.rows).flat().some(r => r.extra.length) ? say("html-extra") : "",
        plan.head.definition && plan.head.definition !== form.digest ? say("html-changed") : ""].filter(w => w).join(" "));
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      tell("formc-opened", e.message, true);
    }
    byId("formc-opened").focus();
  }

  /* A random UUID (RFC 9562, version 4): a plan that is begun here gets its id when it is saved. */
  function newId() {
    const r = crypto.getRandomValues(new Uint8Array(16));
    r[6] = r[6] & 0x0F | 0x40;
    r[8] = r[8] & 0x3F | 0x80;
    const hex = [...r].map(b => pad(b.toString(16), 2)).join("");
    return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
  }

  function save(kind) {
    if (holdsOnly(plan, kind === "xml" ? "json" : "xml")) return tell("formc-saved", say("html-other-format"), true);
    plan.head.id ||= newId();
    for (const e of all(".plan-id")) e.textContent = say("plan", {plan: plan.head.id});
    const name = `${form.id}.${kind}`;
    const bytes = new Blob([kind === "xml" ? writeXml(plan) : writeJson(plan)], {type: `application/${kind}`});
    const a = make("a", {href: URL.createObjectURL(bytes), download: name});
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 60000);
    dirty = false;
    return tell("formc-saved", say("html-saved", {file: name}));
  }

  /* ---- beginning ---- */

  for (const e of all("[data-live]")) e.hidden = false;
  const now = new Date();
  [now.getDate(), now.getMonth() + 1, now.getFullYear()].forEach((n, i) => { dayControls()[i].value = n; });
  putPlan();
  const formElement = byId("formc-form");
  formElement.addEventListener("input", typed);
  formElement.addEventListener("click", pressed);
  formElement.addEventListener("submit", event => event.preventDefault());
  byId("formc-check").addEventListener("click", check);
  byId("formc-save").addEventListener("click", () => save("xml"));
  byId("formc-save-json").addEventListener("click", () => save("json"));
  if (byId("formc-stage")) byId("formc-stage").addEventListener("change", refresh);
  byId("formc-open").addEventListener("change", event => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) open(file);
  });
  document.addEventListener("dragover", event => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  for (const end of ["dragleave", "drop"])
    document.addEventListener(end, () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", event => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    open(file);
  });
  window.addEventListener("beforeunload", event => { if (dirty) event.preventDefault(); });
}

/* The plan stands behind the script. */
if (globalThis.document) document.addEventListener("DOMContentLoaded", startPage);
