/* hazard_parse of CAP. */
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	hazard_fuzz(bytes, len, forms, LEN(forms));
	return 0;
}
