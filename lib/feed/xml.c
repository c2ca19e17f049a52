/*
 * The reader over libxml2.  Its SAX handlers are wrapped, so that a DOCTYPE
 * and the limits stop the parser where they are met, before anything in the
 * internal subset is read.
 */
#include "feed/xml.h"

#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/time.h"

/* What the handlers know of the document they are in. */
struct reading {
	const char *why; /* it is refused, else NULL */
	size_t elements;
};

static void refuse(xmlParserCtxtPtr ctxt, const char *why)
{
	struct reading *r = ctxt->_private;

	if (r->why == NULL)
		r->why = why;
	xmlStopParser(ctxt);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *id,
		       const xmlChar *system)
{
	(void)id;
	(void)system;
	refuse(ctx, name != NULL && xmlStrcasecmp(name, BAD_CAST "html") == 0
			    ? "an HTML page"
			    : "a DOCTYPE");
}

static void on_element(void *ctx, const xmlChar *name, const xmlChar *prefix,
		       const xmlChar *uri, int spaces_len,
		       const xmlChar **spaces, int attrs_len, int defaults,
		       const xmlChar **attrs)
{
	xmlParserCtxtPtr ctxt = ctx;
	struct reading *r = ctxt->_private;

	if (r->elements == 0 && xmlStrcasecmp(name, BAD_CAST "html") == 0)
		refuse(ctxt, "an HTML page");
	else if (++r->elements > XML_ELEMENTS_MAX)
		refuse(ctxt, "too many elements");
	else if (ctxt->nodeNr >= XML_DEPTH_MAX)
		refuse(ctxt, "nested too deep");
	else
		xmlSAX2StartElementNs(ctx, name, prefix, uri, spaces_len,
				      spaces, attrs_len, defaults, attrs);
}

/* libxml2 would print to stderr; the reason given to the caller is enough. */
static void on_error(void *ctx, xmlErrorPtr error)
{
	(void)ctx;
	(void)error;
}

static void close_doc(void *doc)
{
	xmlFreeDoc(doc);
}

static xmlDocPtr read_doc(const char *buf, size_t len, struct reading *r)
{
	xmlParserCtxtPtr ctxt = xmlNewParserCtxt();
	xmlDocPtr doc;

	if (ctxt == NULL)
		return NULL;
	ctxt->_private = r;
	ctxt->sax->internalSubset = on_doctype;
	ctxt->sax->startElementNs = on_element;
	ctxt->sax->serror = on_error;
	doc = xmlCtxtReadMemory(ctxt, buf, (int)len, NULL, NULL,
				XML_PARSE_NONET | XML_PARSE_NOERROR |
					XML_PARSE_NOWARNING |
					XML_PARSE_COMPACT);
	xmlFreeParserCtxt(ctxt);
	if (doc != NULL && r->why != NULL) {
		xmlFreeDoc(doc);
		return NULL;
	}
	return doc;
}

struct xml *xml_open(struct arena *a, const char *buf, size_t len,
		     const char **why)
{
	struct reading r = { 0 };
	xmlDocPtr doc = NULL;

	if (len == 0)
		r.why = "empty";
	else if (len > XML_BYTES_MAX)
		r.why = "too large";
	else
		doc = read_doc(buf, len, &r);
	if (doc == NULL) {
		*why = r.why != NULL ? r.why : "not well-formed";
		return NULL;
	}
	doc->_private = a;
	arena_defer(a, close_doc, doc);
	return (struct xml *)xmlDocGetRootElement(doc);
}

static const xmlNode *node(const struct xml *e)
{
	return (const xmlNode *)e;
}

/* This node or the first element beside it. */
static struct xml *element(const xmlNode *n)
{
	while (n != NULL && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return (struct xml *)(uintptr_t)n;
}

const char *xml_name(const struct xml *e)
{
	return (const char *)node(e)->name;
}

bool xml_is(const struct xml *e, const char *namespace_uri, const char *name)
{
	const xmlNode *n = node(e);

	return n->ns != NULL &&
	       str_eq((const char *)n->ns->href, namespace_uri) &&
	       strcmp(xml_name(e), name) == 0;
}

struct xml *xml_first(const struct xml *e)
{
	return element(node(e)->children);
}

struct xml *xml_next(const struct xml *e)
{
	return element(node(e)->next);
}

static struct xml *child(const struct xml *e, const char *name, size_t len)
{
	for (struct xml *c = xml_first(e); c != NULL; c = xml_next(c)) {
		const char *have = xml_name(c);

		if (strncmp(have, name, len) == 0 && have[len] == '\0')
			return c;
	}
	return NULL;
}

struct xml *xml_find(const struct xml *e, const char *path)
{
	struct xml *found = (struct xml *)(uintptr_t)e;

	while (found != NULL && *path != '\0') {
		size_t len = strcspn(path, "/");

		found = child(found, path, len);
		path += len;
		path += *path == '/';
	}
	return found;
}

/* Bytes of white space at p: 1 for ASCII, 3 for U+3000 in UTF-8, else 0. */
static size_t space_at(const char *p, size_t len)
{
	if (len >= 1 && strchr(" \t\r\n", *p) != NULL && *p != '\0')
		return 1;
	return len >= 3 && memcmp(p, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

static const char *trim(struct arena *a, const char *text, size_t len)
{
	size_t n;

	while ((n = space_at(text, len)) > 0) {
		text += n;
		len -= n;
	}
	while (len > 0) {
		if (space_at(text + len - 1, 1) > 0)
			len -= 1;
		else if (len >= 3 && space_at(text + len - 3, 3) == 3)
			len -= 3;
		else
			break;
	}
	return arena_strndup(a, text, len);
}

/* Joins the text nodes of an element or attribute: a comment within parts
 * them. */
static const char *text_of(const xmlNode *first, struct arena *a)
{
	struct str s = { .arena = a };
	const xmlNode *only = first;

	if (first == NULL)
		return "";
	if (first->next == NULL && first->type == XML_TEXT_NODE)
		return trim(a, (const char *)only->content,
			    strlen((const char *)only->content));
	for (const xmlNode *n = first; n != NULL; n = n->next) {
		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE)
			str_add(&s, (const char *)n->content);
	}
	return trim(a, str_text(&s), s.len);
}

const char *xml_own_text(const struct xml *e)
{
	return text_of(node(e)->children, node(e)->doc->_private);
}

const char *xml_text(const struct xml *e, const char *path)
{
	const struct xml *found = xml_find(e, path);

	return found == NULL ? "" : xml_own_text(found);
}

int64_t xml_time(const struct xml *e, const char *path)
{
	int64_t at;

	return time_parse(xml_text(e, path), &at) < 0 ? 0 : at;
}

const char *xml_attr(const struct xml *e, const char *name)
{
	const xmlNode *n = node(e);

	for (const xmlAttr *at = n->properties; at != NULL; at = at->next) {
		if (strcmp((const char *)at->name, name) == 0)
			return text_of(at->children, n->doc->_private);
	}
	return NULL;
}
