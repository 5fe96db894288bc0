/* Made by formc from form.xml: the form visit, version 1.0.0,
 * sha256:c45ef087541d239cbb2d0b8de02d32cc2ff94cce44639a0a0876bb44115ed344.
 * Do not edit: change the form and build it again. */
#include "visit.h"

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if FV_ABI != 2
#error "fv.h does not fit: use the one that came with this file, or build the form again"
#endif

#define PLAN_NS "urn:formc:plan:1"
#define BYTES_MAX ((size_t)32 << 20)   /* of a plan; a full one has some 20 kB */
#define TAG_MAX ((size_t)256 << 10)    /* a tag of many attributes keeps a parser busy */
#define DEPTH_MAX 32                   /* elements in elements; a plan has six */
#define ROWS_MAX 9999                  /* of one repeat */
#define MEMORY_MAX ((size_t)256 << 20) /* of what is made from a plan */
#define CHUNK ((size_t)64 << 10)

/* ---- Memory: given out from chunks, all of it released at once ------------------------ */

typedef struct chunk {
    struct chunk *next;
    union { /* begins where any type may stand */
        long double number;
        void *pointer;
        char bytes[1];
    } u;
} chunk;

typedef struct memory {
    chunk *chunks;
    char *free;
    size_t left, total;
} memory;

/* Zeroed bytes, or NULL. */
static void *take(memory *m, size_t n)
{
    const size_t align = sizeof(long double);
    void *p;
    if (n > MEMORY_MAX - m->total)
        return NULL;
    n = (n + align - 1) / align * align;
    if (n > m->left) {
        size_t size = n > CHUNK ? n : CHUNK;
        chunk *c = (chunk *)malloc(sizeof(chunk) + size);
        if (c == NULL)
            return NULL;
        c->next = m->chunks;
        m->chunks = c;
        m->free = c->u.bytes;
        m->left = size;
    }
    p = m->free;
    m->free += n;
    m->left -= n;
    m->total += n;
    memset(p, 0, n); /* less than the whole chunk, mostly */
    return p;
}

static void give_back(memory *m)
{
    while (m->chunks != NULL) {
        chunk *c = m->chunks;
        m->chunks = c->next;
        free(c);
    }
}

/* ---- What a plan of this form may hold ------------------------------------------------ */

typedef struct repeat {
    size_t offset; /* of its rows in the plan */
    size_t size;   /* of one row */
    void *(*add)(memory *m, void *rows);
} repeat;

typedef enum kind { PART, ROW, ANSWER } kind;

typedef struct element {
    const char *name;
    kind what;
    unsigned index;      /* of the field or repeat */
    unsigned first, next; /* child and sibling; 0 for none */
} element;

static void *take_many(memory *m, size_t count, size_t size)
{
    return count > MEMORY_MAX / size ? NULL : take(m, count * size);
}

/* Rows grow to 1, 3, 7, 15 ... places. */
static bool has_no_room(size_t n)
{
    return (n & (n + 1)) == 0;
}

static void *add_visit_more_guest(memory *m, void *to)
{
    struct visit_more_guest_rows *rows = (struct visit_more_guest_rows *)to;
    if (has_no_room(rows->n)) {
        struct visit_more_guest *at = (struct visit_more_guest *)take_many(m, 2 * rows->n + 1, sizeof *at);
        if (at == NULL)
            return NULL;
        if (rows->n > 0)
            memcpy(at, rows->at, rows->n * sizeof *at);
        rows->at = at;
    }
    return &rows->at[rows->n++];
}

static const repeat repeats[] = {
    {offsetof(struct visit, more.guest), sizeof(struct visit_more_guest),
     add_visit_more_guest},
};

static const element elements[] = {
    {"visit", PART, 0, 1, 0},
    {"visit", PART, 0, 2, 6},
    {"day", ANSWER, 0, 0, 3},
    {"place", ANSWER, 1, 0, 4},
    {"well", ANSWER, 2, 0, 5},
    {"who", ANSWER, 3, 0, 0},
    {"more", PART, 0, 7, 0},
    {"story", ANSWER, 4, 0, 8},
    {"guest", ROW, 0, 9, 10},
    {"name", ANSWER, 5, 0, 0},
    {"sign", PART, 0, 11, 0},
    {"name", ANSWER, 6, 0, 12},
    {"mark", ANSWER, 7, 0, 13},
    {"day", ANSWER, 8, 0, 0},
};

/* ---- The reader ----------------------------------------------------------------------- */

typedef struct level {
    unsigned element;
    unsigned last; /* the child that was found last: the next one is looked for behind it */
    void *row;     /* the row it stands in, or NULL */
} level;

typedef struct reader {
    memory mem;
    xmlParserCtxtPtr xml;
    struct visit *plan;
    const fv_field *fields;
    fv_read result;
    unsigned long line;
    level levels[DEPTH_MAX];
    unsigned depth;   /* levels in use */
    bool no_memory;   /* libxml2 said so */
    unsigned foreign; /* elements open in the history, which is not read */
    void *answer;     /* the answer that is being read, or NULL */
    const fv_field *field;
    fv_why absent;
    char *text; /* of that answer, as it comes */
    size_t n, room;
    size_t numbers[sizeof repeats / sizeof *repeats]; /* of the last row id that was made */
} reader;

/* Says why there will be no plan. The parser is not stopped from inside a callback: that frees
 * the input, and with it the names and attributes the callback was given. No callback does
 * anything from here on, and parse() ends behind the chunk at hand. */
static void stop(reader *r, fv_read why)
{
    if (r->result != FV_READ_OK)
        return;
    r->result = why;
    r->line = (unsigned long)xmlSAX2GetLineNumber(r->xml);
}

static bool is(const xmlChar *a, const char *b)
{
    return a != NULL && strcmp((const char *)a, b) == 0;
}

/* An attribute of the plan namespace: libxml2 gives name, prefix, namespace, begin and end. */
static fv_text attribute(const xmlChar **at, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (is(at[5 * i], name) && is(at[5 * i + 2], PLAN_NS))
            return fv_text_make((const char *)at[5 * i + 3],
                                (size_t)(at[5 * i + 4] - at[5 * i + 3]));
    return fv_text_make(NULL, 0);
}

/* An attribute that nothing is known of may hold something; it would be lost. */
static void refuse_others(reader *r, const xmlChar **at, int n, const char *const *names)
{
    for (int i = 0; i < n; i++) {
        const char *const *name = names;
        if (is(at[5 * i], "lang") && is(at[5 * i + 2], (const char *)XML_XML_NAMESPACE))
            continue;
        while (*name != NULL && !(is(at[5 * i], *name) && is(at[5 * i + 2], PLAN_NS)))
            name++;
        if (*name == NULL)
            stop(r, FV_READ_UNKNOWN_ATTRIBUTE);
    }
}

/* Only a question can have a reason for no answer; on a part of the plan it would be lost. */
static void refuse_reason(reader *r, const xmlChar **at, int n)
{
    for (int i = 0; i < n; i++)
        if (is(at[5 * i], "absent") && is(at[5 * i + 2], PLAN_NS))
            stop(r, FV_READ_BAD_REASON);
}

static const char *const root_attributes[] = {"form",     "version", "definition", "id",
                                              "revision", "stage",   "synthetic",  NULL};
static const char *const part_attributes[] = {NULL};
static const char *const row_attributes[] = {"row", NULL};
static const char *const answer_attributes[] = {"absent", NULL};
static const char *const *const own_attributes[] = {part_attributes, row_attributes,
                                                    answer_attributes}; /* by kind */

static fv_text keep(reader *r, fv_text t)
{
    char *p = (char *)take(&r->mem, t.n + 1);
    if (p == NULL) {
        stop(r, FV_READ_NO_MEMORY);
        return fv_text_make(NULL, 0);
    }
    if (t.n > 0)
        memcpy(p, t.p, t.n);
    return fv_text_make(p, t.n);
}

static void begin_plan(reader *r, const xmlChar *name, const xmlChar *ns, const xmlChar **at,
                       int n)
{
    fv_text form = attribute(at, n, "form");
    fv_text version = attribute(at, n, "version");
    fv_pins *pins = &r->plan->pins_;
    if (!is(ns, "urn:formc:data:visit") || !is(name, "visit") ||
        (form.n > 0 && !fv_same(form, fv_text_of("visit")))) {
        stop(r, FV_READ_OTHER_FORM);
        return;
    }
    if (version.n > 0 && !fv_same(version, fv_text_of("1.0.0"))) {
        stop(r, FV_READ_OTHER_VERSION);
        return;
    }
    refuse_reason(r, at, n);
    refuse_others(r, at, n, root_attributes);
    if (r->result != FV_READ_OK)
        return;
    pins->version = keep(r, version);
    pins->id = keep(r, attribute(at, n, "id"));
    pins->digest = keep(r, attribute(at, n, "definition"));
    pins->stage = keep(r, attribute(at, n, "stage"));
    pins->revision = keep(r, attribute(at, n, "revision"));
    pins->synthetic = fv_same(attribute(at, n, "synthetic"), fv_text_of("yes"));
    r->levels[0].element = 0;
    r->levels[0].last = 0;
    r->levels[0].row = NULL;
    r->depth = 1;
}

/* The child with this name, or 0. Plans have their answers in the form's order, so it is mostly
 * the one behind the last. */
static unsigned find_child(level *l, const xmlChar *name)
{
    unsigned first = elements[l->element].first;
    unsigned begin = l->last != 0 ? l->last : first, i = begin;
    if (i == 0)
        return 0;
    do {
        if (is(name, elements[i].name)) {
            l->last = i;
            return i;
        }
        i = elements[i].next != 0 ? elements[i].next : first;
    } while (i != begin);
    return 0;
}

/* True when one of the rows before this one has the id, with which each begins. */
static bool stands_before(const char *row, size_t before, size_t size, fv_text id)
{
    for (size_t i = 1; i <= before; i++)
        if (fv_same(*(const fv_text *)(const void *)(row - i * size), id))
            return true;
    return false;
}

static void begin_row(reader *r, unsigned index, level *l, fv_text id)
{
    const repeat *rep = &repeats[index];
    void *rows = (char *)r->plan + rep->offset;
    char *row = (char *)rep->add(&r->mem, rows);
    size_t before = 0;
    char made[32];
    if (row == NULL) {
        stop(r, FV_READ_NO_MEMORY);
        return;
    }
    memcpy(&before, (char *)rows + sizeof(void *), sizeof before);
    before--;
    if (before >= ROWS_MAX) {
        stop(r, FV_READ_TOO_LARGE);
        return;
    }
    if (id.n > 0 && !fv_row_id_fits(id)) {
        stop(r, FV_READ_BAD_ROW);
        return;
    }
    if (id.n > 0 && stands_before(row, before, rep->size, id)) {
        stop(r, FV_READ_TWICE);
        return;
    }
    if (id.n == 0) { /* it gets one, never below the last that was made */
        size_t *number = &r->numbers[index];
        if (*number < before)
            *number = before;
        do {
            snprintf(made, sizeof made, "row-%zu", ++*number);
            id = fv_text_of(made);
        } while (stands_before(row, before, rep->size, id));
    }
    *(fv_text *)(void *)row = keep(r, id);
    l->row = row;
}

static void begin_answer(reader *r, const fv_field *f, void *row, fv_text reason)
{
    fv_text_answer before; /* all answers begin like this one */
    r->field = f;
    r->answer = (f->repeat < 0 ? (char *)r->plan : (char *)row) + f->offset;
    memcpy(&before, r->answer, sizeof before);
    if (before.state != FV_ABSENT || before.why != FV_NO_REASON) {
        stop(r, FV_READ_TWICE);
        return;
    }
    r->absent = fv_absence_read(reason);
    if (r->absent == FV_REASON_UNKNOWN && !fv_same(reason, fv_text_of("unknown")))
        stop(r, FV_READ_BAD_REASON);
    r->n = 0;
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    reader *r = (reader *)user;
    level *parent, *l;
    unsigned found;
    (void)prefix;
    (void)n_namespaces;
    (void)namespaces;
    (void)n_defaulted;
    if (r->result != FV_READ_OK)
        return;
    if (r->depth == 0) {
        begin_plan(r, name, ns, attributes, n_attributes);
        return;
    }
    if (r->foreign > 0 || (r->depth == 1 && is(ns, PLAN_NS))) {
        if (++r->foreign > DEPTH_MAX)
            stop(r, FV_READ_TOO_LARGE);
        return;
    }
    parent = &r->levels[r->depth - 1];
    found = is(ns, "urn:formc:data:visit") && r->answer == NULL ? find_child(parent, name) : 0;
    if (found == 0) {
        stop(r, FV_READ_UNKNOWN_NAME);
        return;
    }
    if (r->depth == DEPTH_MAX) {
        stop(r, FV_READ_TOO_LARGE);
        return;
    }
    l = &r->levels[r->depth++];
    l->element = found;
    l->last = 0;
    l->row = parent->row;
    if (elements[found].what != ANSWER)
        refuse_reason(r, attributes, n_attributes);
    refuse_others(r, attributes, n_attributes, own_attributes[elements[found].what]);
    if (r->result != FV_READ_OK)
        return;
    if (elements[found].what == ROW)
        begin_row(r, elements[found].index, l,
                  attribute(attributes, n_attributes, "row"));
    else if (elements[found].what == ANSWER)
        begin_answer(r, &r->fields[elements[found].index], l->row,
                     attribute(attributes, n_attributes, "absent"));
}

/* Into the value space of text: line ends are LF. */
static size_t fold_line_ends(char *p, size_t n)
{
    const char *first = n > 0 ? (const char *)memchr(p, '\r', n) : NULL;
    size_t k;
    if (first == NULL)
        return n;
    k = (size_t)(first - p);
    for (size_t i = k; i < n; i++)
        if (p[i] != '\r')
            p[k++] = p[i];
        else if (i + 1 >= n || p[i + 1] != '\n')
            p[k++] = '\n';
    return k;
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
    reader *r = (reader *)user;
    (void)name;
    (void)prefix;
    (void)ns;
    if (r->result != FV_READ_OK)
        return;
    if (r->foreign > 0) {
        r->foreign--;
        return;
    }
    if (r->answer != NULL) {
        fv_text t = fv_text_make(r->text, fold_line_ends(r->text, r->n));
        if (fv_is_text(t) && r->absent != FV_NO_REASON)
            stop(r, FV_READ_BAD_REASON);
        fv_answer_read(r->answer, r->field, fv_is_text(t) ? keep(r, t) : fv_text_make(NULL, 0),
                       r->absent);
        r->answer = NULL;
    }
    r->depth--;
}

static void on_text(void *user, const xmlChar *text, int length)
{
    reader *r = (reader *)user;
    fv_text t = fv_text_make((const char *)text, (size_t)length);
    if (r->result != FV_READ_OK || r->foreign > 0 || t.n == 0)
        return;
    if (r->answer == NULL) {
        if (fv_is_text(t))
            stop(r, FV_READ_STRAY_TEXT);
        return;
    }
    if (t.n > r->room - r->n) {
        size_t room = 2 * (r->n + t.n) + 256; /* both are at most BYTES_MAX */
        char *p = (char *)realloc(r->text, room);
        if (p == NULL) {
            stop(r, FV_READ_NO_MEMORY);
            return;
        }
        r->text = p;
        r->room = room;
    }
    memcpy(r->text + r->n, t.p, t.n);
    r->n += t.n;
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    stop((reader *)user, FV_READ_DOCTYPE);
    /* Nothing of a declaration is read, not even within the chunk; the names are done with. */
    xmlStopParser(((reader *)user)->xml);
}

/* Whatever libxml2 has to say comes here and goes no further: it may quote an answer. */
#if LIBXML_VERSION >= 21200
static void on_error(void *user, const xmlError *e)
#else
static void on_error(void *user, xmlError *e)
#endif
{
    if (e->code == XML_ERR_NO_MEMORY)
        ((reader *)user)->no_memory = true;
}

/* Before any parser: no tag of endless length, so that the parser has no work without calling
 * back. CDATA and comments end in their own way. */
static bool tags_are_bounded(const char *p, size_t n)
{
    const char *end = p + n;
    while (p < end && (p = (const char *)memchr(p, '<', (size_t)(end - p))) != NULL) {
        const char *from = p, *before = NULL; /* what stands before the ">" that ends it */
        if (end - p > 9 && memcmp(p, "<![CDATA[", 9) == 0)
            before = "]]";
        else if (end - p > 4 && memcmp(p, "<!--", 4) == 0)
            before = "--";
        do {
            p = (const char *)memchr(p, '>', (size_t)(end - p));
            p = p == NULL ? end : p + 1;
        } while (p < end && before != NULL && memcmp(p - 3, before, 2) != 0);
        if (before == NULL && (size_t)(p - from) > TAG_MAX)
            return false;
    }
    return true;
}

static fv_read parse(reader *r, const char *bytes, size_t n)
{
    xmlSAXHandler sax;
    size_t at = 0, step;
    int failed = 0;
    xmlStructuredErrorFunc func = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock = on_text;
    sax.internalSubset = on_doctype;
    xmlSetStructuredErrorFunc(r, on_error);
    r->xml = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
    if (r->xml == NULL) {
        xmlSetStructuredErrorFunc(context, func);
        return FV_READ_NO_MEMORY;
    }
    /* UTF-8 only, whatever the declaration says, so that the bytes looked at before are what is
     * parsed. */
    xmlCtxtUseOptions(r->xml, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
    while (at < n && r->result == FV_READ_OK && failed == 0) {
        step = n - at < CHUNK ? n - at : CHUNK;
        failed = xmlParseChunk(r->xml, bytes + at, (int)step, 0);
        at += step;
    }
    if (r->result == FV_READ_OK && failed == 0)
        failed = xmlParseChunk(r->xml, bytes, 0, 1);
    if (r->result == FV_READ_OK && (failed != 0 || !r->xml->wellFormed)) {
        r->result = FV_READ_NOT_XML;
        r->line = (unsigned long)xmlSAX2GetLineNumber(r->xml);
    }
    if (r->no_memory || r->xml->errNo == XML_ERR_NO_MEMORY)
        r->result = FV_READ_NO_MEMORY;
    xmlFreeParserCtxt(r->xml);
    xmlSetStructuredErrorFunc(context, func);
    return r->result;
}

fv_read visit_read(struct visit **plan, const char *bytes, size_t n, unsigned long *line)
{
    reader r;
    size_t n_fields;
    memory *kept;
    *plan = NULL;
    if (line != NULL)
        *line = 0;
    if (n > BYTES_MAX || !tags_are_bounded(bytes, n))
        return FV_READ_TOO_LARGE;
    memset(&r, 0, sizeof r);
    r.fields = visit_fields(&n_fields);
    r.plan = (struct visit *)take(&r.mem, sizeof *r.plan);
    if (r.plan == NULL)
        return FV_READ_NO_MEMORY;
    r.result = parse(&r, bytes, n);
    free(r.text);
    kept = (memory *)take(&r.mem, sizeof *kept);
    if (kept == NULL && r.result == FV_READ_OK)
        r.result = FV_READ_NO_MEMORY;
    if (line != NULL)
        *line = r.line;
    if (r.result != FV_READ_OK) {
        give_back(&r.mem);
        return r.result;
    }
    *kept = r.mem;
    r.plan->memory_ = kept;
    *plan = r.plan;
    return FV_READ_OK;
}

fv_read visit_read_file(struct visit **plan, const char *path, unsigned long *line)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    size_t n = 0, room = 0;
    fv_read result = FV_READ_OK;
    *plan = NULL;
    if (line != NULL)
        *line = 0;
    if (f == NULL)
        return FV_READ_FAILED;
    while (result == FV_READ_OK) {
        size_t got;
        if (n == room) {
            char *p = (char *)realloc(bytes, room = 2 * room + CHUNK);
            if (p == NULL) {
                result = FV_READ_NO_MEMORY;
                break;
            }
            bytes = p;
        }
        got = fread(bytes + n, 1, room - n, f);
        n += got;
        if (got == 0)
            break;
        if (n > BYTES_MAX)
            result = FV_READ_TOO_LARGE;
    }
    if (ferror(f))
        result = FV_READ_FAILED;
    fclose(f);
    if (result == FV_READ_OK)
        result = visit_read(plan, bytes, n, line);
    free(bytes);
    return result;
}

void visit_release(struct visit *plan)
{
    if (plan != NULL && plan->memory_ != NULL) {
        memory m = *(memory *)plan->memory_;
        give_back(&m);
    }
}
