#include "feed/atom.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "feed/xml.h"

static const char atom_uri[] = "http://www.w3.org/2005/Atom";

/* The address of the thing itself: the first link that is not of another
 * relation (self, hub, edit, ...); NULL if there is none. */
static const char *link_of(const struct xml *entry)
{
	for (struct xml *e = xml_first(entry); e != NULL; e = xml_next(e)) {
		const char *rel = xml_attr(e, "rel");

		if (strcmp(xml_name(e), "link") == 0 &&
		    (rel == NULL || strcmp(rel, "alternate") == 0))
			return xml_attr(e, "href");
	}
	return NULL;
}

static bool is_usable(const char *text)
{
	return text != NULL && *text != '\0' && strlen(text) <= ATOM_ID_MAX;
}

/* NULL if the entry cannot be used. */
static struct atom_entry *entry_read(struct arena *a, const struct xml *e)
{
	const char *id = xml_text(e, "id"), *href = link_of(e);
	struct atom_entry *entry;

	if (!is_usable(id) || !is_usable(href) ||
	    !(str_begins(href, "https://") || str_begins(href, "http://")))
		return NULL;
	entry = arena_alloc(a, sizeof(*entry));
	entry->id = id;
	entry->href = href;
	entry->title = xml_text(e, "title");
	entry->author = xml_text(e, "author/name");
	entry->content = xml_text(e, "content");
	entry->updated_at = xml_time(e, "updated");
	return entry;
}

int atom_parse(struct arena *a, const char *buf, size_t len, struct atom *out,
	       const char **why)
{
	struct xml *root = xml_open(a, buf, len, why);
	struct atom_entry **tail = &out->entries;

	*out = (struct atom){ 0 };
	if (root != NULL && !xml_is(root, atom_uri, "feed")) {
		*why = "not an Atom feed";
		root = NULL;
	}
	if (root == NULL)
		return log_error("feed refused reason=\"%s\" bytes=%zu", *why,
				 len);
	out->title = xml_text(root, "title");
	out->updated_at = xml_time(root, "updated");
	for (struct xml *e = xml_first(root); e != NULL; e = xml_next(e)) {
		if (strcmp(xml_name(e), "entry") != 0)
			continue;
		if (out->count < ATOM_ENTRIES_MAX)
			*tail = entry_read(a, e);
		if (*tail == NULL) {
			out->skipped++;
			continue;
		}
		tail = &(*tail)->next;
		out->count++;
	}
	return 0;
}
