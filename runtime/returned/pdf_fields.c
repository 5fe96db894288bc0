/* The fields of a PDF form (ISO 32000-1, 12.7). Each answer stands there twice: as the value of
 * its field, and as what its places on the pages (widgets) show. Of a check box both are data:
 * the value and the state of the place. Of text and lists only the value is read: what is shown
 * is a drawing made from it, by whatever program wrote the file, and says nothing that the
 * value does not (docs/reading.md). So it is seen as stored and as shown; of a list
 * the words are what is shown. */
#include "runtime/returned/pdf.h"
#include "runtime/returned/xml.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 32          /* of fields in fields; ours have at most 8 */
#define OBJECTS_MAX 400000    /* fields, places and items of lists that are looked at */
#define TEXT_MAX (8u << 20)   /* bytes of all values, as of a Word document */
#define PUSH_BUTTON (1 << 16) /* Ff of a button (table 226) */

/* What a field has from those that it stands in (12.7.3.1, 12.7.4.1). Borrowed. */
typedef struct inherited {
    fc_pdf_at type, value, options, flags;
} inherited;

typedef struct looker {
    fc_arena *a;
    fc_pdf_file *f;
    fc_returned *out;
    size_t file_bytes, objects, text, fields;
    FC_ARRAY(long) places; /* objects of widgets that have been looked at */
} looker;

static bool has_script(looker *l, fc_pdf_at at);

/* ---- text ----------------------------------------------------------------------------- */

/* A mark of language (7.9.2.2): ESC, letters, ESC. The bytes it takes at p, or 0. */
static size_t language_mark(const char *p, size_t n)
{
    size_t i = 1;
    if (p[0] != 0x1b)
        return 0;
    while (i < n && i <= 8 && p[i] != 0x1b && p[i] > 0x20 && p[i] < 0x7f)
        i++;
    return i > 1 && i < n && p[i] == 0x1b ? i + 1 : 0;
}

/* Without marks of language; what XML cannot hold becomes U+FFFD, and that is told. */
static fc_str clean(looker *l, fc_str s, unsigned *with)
{
    if (fc_xml_chars(s) == s.n)
        return s;
    char *p = fc_arena_alloc_n(l->a, s.n + 1, 3);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t mark = language_mark(s.p + i, s.n - i);
        i += mark;
        if (mark)
            continue;
        uint32_t c = fc_utf8_next(s, &i);
        if (!fc_xml_char(c))
            *with |= FC_WITH_FORBIDDEN;
        n += fc_utf8_put(p + n, fc_xml_char(c) ? c : 0xFFFD);
    }
    return (fc_str){p, n};
}

/* A value in words. False: it is of a kind that no answer has. */
static bool words_of(looker *l, fc_pdf_at value, fc_str *text, unsigned *with)
{
    switch (fc_pdf_kind_of(l->f, value)) {
    case FC_PDF_NOTHING:
        *text = (fc_str){0};
        return true;
    case FC_PDF_NAME:
        *text = fc_pdf_name(l->f, value);
        break;
    case FC_PDF_STRING:
    case FC_PDF_STREAM:
        if (!fc_pdf_text(l->f, value, text))
            return false;
        break;
    default:
        return false;
    }
    *text = clean(l, *text, with);
    l->text += text->n;
    return true;
}

static fc_str words_of_key(looker *l, fc_pdf_at at, const char *key)
{
    fc_str text;
    unsigned with = 0;
    fc_pdf_at value = fc_pdf_key(l->f, at, key);
    bool fine = words_of(l, value, &text, &with);
    fc_pdf_drop(l->f, value);
    return fine ? text : (fc_str){0};
}

/* ---- rich text ------------------------------------------------------------------------ */

static void rich_start(void *data, const char *local, const char *uri,
                       const fc_walk_attrs *attrs)
{
    (void)data, (void)local, (void)uri, (void)attrs;
}

static void rich_end(void *data)
{
    (void)data;
}

static void rich_text(void *data, const char *p, size_t n)
{
    fc_buf_add(data, p, n);
}

static fc_str without_space(fc_arena *a, fc_str s)
{
    char *p = fc_arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t\r\n", s.p[i]))
            p[n++] = s.p[i];
    return (fc_str){p, n};
}

/* Rich text (12.7.3.4) is the value once more, as XHTML. It is not read; true when it says
 * something else. */
static bool rich_differs(looker *l, fc_pdf_at field, fc_str value)
{
    static const fc_walk walk = {rich_start, rich_end, rich_text};
    fc_pdf_at rich = fc_pdf_key(l->f, field, "/RV");
    fc_str xml;
    fc_buf b;
    if (!rich)
        return false;
    bool read = fc_pdf_text(l->f, rich, &xml);
    fc_pdf_drop(l->f, rich);
    fc_buf_init_in(&b, l->a, FC_BUF_MAX);
    bool differs = !read || fc_xml_walk(l->a, xml, &walk, &b) != FC_WALKED;
    if (b.failed)
        fc_arena_give_up(l->a);
    differs =
        differs || !fc_str_eq(without_space(l->a, fc_buf_view(&b)), without_space(l->a, value));
    fc_buf_release(&b);
    return differs;
}

/* ---- one field ------------------------------------------------------------------------ */

static void add(looker *l, fc_seen s)
{
    FC_PUSH(l->a, &l->out->seen, s);
}

/* The words that a list shows for its value (12.7.4.4, Opt). A value that is on no list, or
 * that a program gave in words, is shown as it is. */
static fc_str words_for(looker *l, fc_pdf_at options, fc_str value)
{
    size_t n = fc_pdf_count(l->f, options);
    fc_str shown = value;
    bool found = false;
    for (size_t i = 0; i < n && !found && ++l->objects <= OBJECTS_MAX; i++) {
        fc_pdf_at option = fc_pdf_item(l->f, options, i);
        fc_pdf_at at[2] = {fc_pdf_item(l->f, option, 0), fc_pdf_item(l->f, option, 1)};
        fc_str name, words;
        unsigned with = 0;
        found = at[1] && words_of(l, at[0], &name, &with) && fc_str_eq(name, value) &&
                words_of(l, at[1], &words, &with);
        if (found)
            shown = words;
        fc_pdf_drop(l->f, at[1]);
        fc_pdf_drop(l->f, at[0]);
        fc_pdf_drop(l->f, option);
    }
    return shown;
}

static void look_at_value(looker *l, fc_str name, fc_pdf_at field, fc_pdf_at value,
                          fc_pdf_at options)
{
    fc_seen s = {.channel = FC_STORED, .key = name};
    if (!words_of(l, value, &s.text, &s.with))
        return; /* as good as gone */
    if (rich_differs(l, field, s.text))
        s.with |= FC_WITH_RICH;
    add(l, s);
    s.channel = FC_SHOWN;
    s.text = words_for(l, options, s.text);
    add(l, s);
}

static fc_str state_of(looker *l, fc_pdf_at at)
{
    fc_str state = {0};
    unsigned with = 0;
    return words_of(l, at, &state, &with) && !fc_str_eq_z(state, "Off") ? state : (fc_str){0};
}

/* The states in which a box is ticked: those that it has a drawing for, but Off (12.7.4.2.3).
 */
static bool has_state(looker *l, fc_pdf_at widget, fc_str state, bool *drawn)
{
    fc_pdf_at looks = fc_pdf_key(l->f, widget, "/AP"), normal = fc_pdf_key(l->f, looks, "/N");
    fc_pdf_keys keys;
    bool found = false;
    fc_pdf_keys_of(l->f, normal, &keys);
    for (size_t i = 0; i < keys.n && !found; i++)
        found = fc_str_eq(keys.at[i], state);
    *drawn |= keys.n > 0;
    fc_pdf_drop(l->f, normal);
    fc_pdf_drop(l->f, looks);
    return found;
}

/* A state that the box does not have is neither of both: it is seen as both. */
static void add_tick(looker *l, fc_channel channel, fc_str name, fc_str state, bool known)
{
    fc_seen s = {.channel = channel, .key = name, .text = state};
    s.tick = state.n ? FC_TICKED : FC_UNTICKED;
    add(l, s);
    if (state.n && !known) {
        s.tick = FC_UNTICKED;
        add(l, s);
    }
}

static void look_at_box(looker *l, fc_str name, fc_pdf_at field, fc_pdf_at value,
                        fc_pdf_at widgets, size_t n)
{
    fc_str state = state_of(l, value);
    bool known = false, drawn = false;
    for (size_t i = 0; i < (n ? n : 1); i++) {
        fc_pdf_at w = n ? fc_pdf_item(l->f, widgets, i) : field;
        fc_pdf_at as = fc_pdf_key(l->f, w, "/AS");
        fc_str shows = as ? state_of(l, as) : state;
        bool has_drawings = false, has = has_state(l, w, shows, &has_drawings);
        add_tick(l, FC_SHOWN, name, shows, has || !has_drawings);
        known |= has_state(l, w, state, &drawn);
        fc_pdf_drop(l->f, as);
        if (n)
            fc_pdf_drop(l->f, w);
    }
    add_tick(l, FC_STORED, name, state, known || !drawn);
}

/* A signature says of which bytes it is (12.8.1, ByteRange): all of the file, or something was
 * done after signing. Whether it is a true one is not looked at. */
static void look_at_signature(looker *l, fc_pdf_at value)
{
    if (fc_pdf_kind_of(l->f, value) != FC_PDF_DICT)
        return; /* a place for one */
    fc_pdf_at range = fc_pdf_key(l->f, value, "/ByteRange");
    fc_pdf_at from = fc_pdf_item(l->f, range, 2), count = fc_pdf_item(l->f, range, 3);
    long long end = fc_pdf_integer(l->f, from), bytes = fc_pdf_integer(l->f, count);
    bool whole = end > 0 && bytes > 0 && end < (1LL << 40) && bytes < (1LL << 40) &&
                 (size_t)(end + bytes) == l->file_bytes;
    l->out->about |= whole ? FC_FILE_SIGNED_WHOLE : FC_FILE_SIGNED;
    fc_pdf_drop(l->f, count);
    fc_pdf_drop(l->f, from);
    fc_pdf_drop(l->f, range);
}

/* widgets: the array of the field's places, or 0 when it is its only one itself. */
static void look_at_field(looker *l, fc_str name, fc_pdf_at field, const inherited *has,
                          fc_pdf_at widgets)
{
    size_t n = fc_pdf_count(l->f, widgets);
    fc_str type = fc_pdf_name(l->f, has->type);
    if (!name.n)
        return;
    l->fields++;
    if (fc_str_eq_z(type, "Sig")) {
        look_at_signature(l, has->value);
    } else if (fc_str_eq_z(type, "Btn")) {
        if (!(fc_pdf_integer(l->f, has->flags) & PUSH_BUTTON))
            look_at_box(l, name, field, has->value, widgets, n);
    } else if (fc_pdf_kind_of(l->f, has->value) == FC_PDF_ARRAY) {
        size_t values = fc_pdf_count(l->f, has->value);
        for (size_t i = 0; i < values && ++l->objects <= OBJECTS_MAX; i++) {
            fc_pdf_at value = fc_pdf_item(l->f, has->value, i);
            look_at_value(l, name, field, value, has->options);
            fc_pdf_drop(l->f, value);
        }
    } else {
        look_at_value(l, name, field, has->value, has->options);
    }
}

/* ---- all fields ------------------------------------------------------------------------ */

static const char *const keys[] = {"/FT", "/V", "/Opt", "/Ff"};

/* What the field has itself stands before what it inherits. own: to be dropped. */
static inherited inherit(looker *l, fc_pdf_at field, const inherited *up, inherited *own)
{
    fc_pdf_at *const mine[] = {&own->type, &own->value, &own->options, &own->flags};
    const fc_pdf_at from[] = {up->type, up->value, up->options, up->flags};
    fc_pdf_at got[4];
    for (size_t i = 0; i < 4; i++) {
        *mine[i] = fc_pdf_key(l->f, field, keys[i]);
        got[i] = *mine[i] ? *mine[i] : from[i];
    }
    return (inherited){got[0], got[1], got[2], got[3]};
}

static void drop_own(looker *l, const inherited *own)
{
    fc_pdf_drop(l->f, own->type);
    fc_pdf_drop(l->f, own->value);
    fc_pdf_drop(l->f, own->options);
    fc_pdf_drop(l->f, own->flags);
}

/* The name of a field below others: theirs, a full stop and its own (12.7.3.2). */
static fc_str full_name(looker *l, fc_str up, fc_pdf_at field)
{
    fc_str own = words_of_key(l, field, "/T");
    return !own.n ? up : !up.n ? own : fc_str_fmt(l->a, "%.*s.%.*s", FC_ARG(up), FC_ARG(own));
}

static bool is_field(looker *l, fc_pdf_at kid)
{
    fc_pdf_at name = fc_pdf_key(l->f, kid, "/T");
    fc_pdf_drop(l->f, name);
    return name != 0;
}

static void note_place(looker *l, fc_pdf_at widget)
{
    long number = fc_pdf_number_of(l->f, widget);
    if (number)
        FC_PUSH(l->a, &l->places, number);
}

/* A field and those that it stands in, by their object numbers. */
typedef struct ancestry {
    const struct ancestry *up;
    long number;
} ancestry;

static bool stands_in(const ancestry *c, long number)
{
    while (c && c->number != number)
        c = c->up;
    return c && number;
}

static void walk(looker *l, fc_pdf_at field, const inherited *up, fc_str up_name,
                 const ancestry *above, unsigned depth)
{
    const ancestry here = {above, fc_pdf_number_of(l->f, field)};
    if (depth > DEPTH_MAX || ++l->objects > OBJECTS_MAX || l->text > TEXT_MAX ||
        fc_pdf_kind_of(l->f, field) != FC_PDF_DICT)
        return;
    inherited own, has = inherit(l, field, up, &own);
    fc_str name = full_name(l, up_name, field);
    fc_pdf_at kids = fc_pdf_key(l->f, field, "/Kids");
    size_t n = fc_pdf_count(l->f, kids), below = 0;
    if (has_script(l, field))
        l->out->about |= FC_FILE_SCRIPTS;
    note_place(l, field);
    for (size_t i = 0; i < n && l->objects <= OBJECTS_MAX; i++) {
        fc_pdf_at kid = fc_pdf_item(l->f, kids, i);
        if (stands_in(&here, fc_pdf_number_of(l->f, kid))) {
            l->objects++; /* a field that is its own child, and nothing new */
        } else if (is_field(l, kid)) {
            below++;
            walk(l, kid, &has, name, &here, depth + 1);
        } else {
            l->objects++;
            note_place(l, kid);
        }
        fc_pdf_drop(l->f, kid);
    }
    if (!below)
        look_at_field(l, name, field, &has, n ? kids : 0);
    fc_pdf_drop(l->f, kids);
    drop_own(l, &own);
}

/* ---- pages ----------------------------------------------------------------------------- */

static bool has_script(looker *l, fc_pdf_at at)
{
    static const char *const kinds[] = {"JavaScript", "Launch"};
    fc_pdf_at more = fc_pdf_key(l->f, at, "/AA"), action = fc_pdf_key(l->f, at, "/A");
    fc_pdf_at open = fc_pdf_key(l->f, at, "/OpenAction");
    fc_str does = fc_pdf_kind_of(l->f, action) == FC_PDF_DICT ? words_of_key(l, action, "/S")
                                                              : words_of_key(l, open, "/S");
    bool found = more != 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        found |= fc_str_eq_z(does, kinds[i]);
    fc_pdf_drop(l->f, open);
    fc_pdf_drop(l->f, action);
    fc_pdf_drop(l->f, more);
    return found;
}

static int by_number(const void *a, const void *b)
{
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

/* A place on a page whose field is on no list: some programs that take a file apart leave it
 * so. Its name is found upwards. */
static void look_at_stray(looker *l, fc_pdf_at widget)
{
    fc_pdf_at chain[DEPTH_MAX];
    size_t n = 0;
    fc_str name = {0};
    inherited has = {0}, own[DEPTH_MAX];
    for (fc_pdf_at at = widget; at && n < DEPTH_MAX; at = fc_pdf_key(l->f, at, "/Parent"))
        chain[n++] = at;
    for (size_t i = n; i-- > 0;) {
        has = inherit(l, chain[i], &has, &own[i]);
        name = full_name(l, name, chain[i]);
    }
    look_at_field(l, name, widget, &has, 0);
    for (size_t i = 0; i < n; i++) {
        drop_own(l, &own[i]);
        if (i)
            fc_pdf_drop(l->f, chain[i]);
    }
}

/* Places that no field has, and what people put over the pages: notes, text, drawings. */
static void look_at_page(looker *l, fc_pdf_at page)
{
    static const char *const silent[] = {"Widget", "Link", "Popup", "PrinterMark", "TrapNet"};
    fc_pdf_at list = fc_pdf_key(l->f, page, "/Annots");
    size_t n = fc_pdf_count(l->f, list);
    for (size_t i = 0; i < n && ++l->objects <= OBJECTS_MAX; i++) {
        fc_pdf_at at = fc_pdf_item(l->f, list, i), kind = fc_pdf_key(l->f, at, "/Subtype");
        fc_str type = fc_pdf_name(l->f, kind);
        long number = fc_pdf_number_of(l->f, at);
        bool said = false;
        for (size_t k = 0; k < sizeof silent / sizeof *silent; k++)
            said |= fc_str_eq_z(type, silent[k]);
        if (!said && type.n)
            l->out->about |= FC_FILE_OVERLAID;
        if (fc_str_eq_z(type, "Widget") && number &&
            !(l->places.n &&
              bsearch(&number, l->places.at, l->places.n, sizeof number, by_number)))
            look_at_stray(l, at);
        fc_pdf_drop(l->f, kind);
        fc_pdf_drop(l->f, at);
    }
    fc_pdf_drop(l->f, list);
}

fc_refusal fc_pdf_fields(fc_arena *a, fc_pdf_file *f, size_t file_bytes, fc_returned *out,
                         size_t *n)
{
    looker l = {.a = a, .f = f, .out = out, .file_bytes = file_bytes};
    static const inherited nothing;
    fc_pdf_at root = fc_pdf_root(f), form = fc_pdf_key(f, root, "/AcroForm");
    fc_pdf_at list = fc_pdf_key(f, form, "/Fields"), xfa = fc_pdf_key(f, form, "/XFA");
    fc_pdf_at names = fc_pdf_key(f, root, "/Names"),
              scripts = fc_pdf_key(f, names, "/JavaScript");
    size_t top = fc_pdf_count(f, list);
    for (size_t i = 0; i < top && l.objects <= OBJECTS_MAX; i++) {
        fc_pdf_at field = fc_pdf_item(f, list, i);
        walk(&l, field, &nothing, (fc_str){0}, NULL, 1);
        fc_pdf_drop(f, field);
    }
    if (l.places.n)
        qsort(l.places.at, l.places.n, sizeof *l.places.at, by_number);
    fc_pdf_at page;
    for (size_t i = 0; l.objects <= OBJECTS_MAX && (page = fc_pdf_nth_page(f, i)) != 0; i++) {
        look_at_page(&l, page);
        fc_pdf_drop(f, page);
    }
    if (xfa)
        out->about |= FC_FILE_XFA;
    if (scripts || has_script(&l, root))
        out->about |= FC_FILE_SCRIPTS;
    *n = l.fields;
    return l.objects > OBJECTS_MAX || l.text > TEXT_MAX ? FC_TOO_LARGE : FC_READS;
}
