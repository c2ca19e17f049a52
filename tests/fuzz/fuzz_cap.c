/* cap_read. */
#include "hazard.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char *const forms[] = {
	"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>~"
	"</identifier><sender>s</sender><sent>2026-06-10T12:00:00+09:00</sent>"
	"<status>~</status><msgType>~</msgType><incidents>~</incidents>"
	"<references>~</references><info><language>~</language><category>~"
	"</category><event>~</event><severity>~</severity><onset>~</onset>"
	"<expires>~</expires><area><areaDesc>~</areaDesc><geocode><valueName>~"
	"</valueName><value>~</value></geocode></area></info></alert>",
};

/* A code is of a table of Japan. */
static void check(const struct hazard *h)
{
	assert(!h->everywhere && !h->partial);
	assert(!h->lifted || h->rank == 0);
	for (const struct hazard_area *p = h->areas; p != NULL; p = p->next)
		assert((*p->code == '\0') == (*p->table == '\0'));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct fuzz fuzz = { NULL, forms, LEN(forms), check };

	fuzz_hazard(&fuzz, bytes, len);
	return 0;
}
