#include "feed/jma.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "feed/xml.h"

const char jma_report_uri[] = "http://xml.kishou.go.jp/jmaxml1/";
const char jma_seismology_uri[] =
	"http://xml.kishou.go.jp/jmaxml1/body/seismology1/";

enum {
	SERIAL_MAX = 99999,
	TYPE_LEN = 6,	/* "VXSE53" */
	STAMP_LEN = 14, /* "20240101071341" before it in a file name */
};

/* Titles are stable, and the only thing in a telegram that names its type.
 * Types that share a title stand here under the first. */
static const struct {
	const char *title, *type;
} types[] = {
	{ "震度速報", "VXSE51" },
	{ "震源に関する情報", "VXSE52" },
	{ "震源・震度に関する情報", "VXSE53" },
	{ "緊急地震速報配信テスト", "VXSE42" },
	{ "緊急地震速報（警報）", "VXSE43" },
	{ "緊急地震速報（予報）", "VXSE44" },
	{ "緊急地震速報（地震動予報）", "VXSE45" },
	{ "地震の活動状況等に関する情報", "VXSE56" },
	{ "地震回数に関する情報", "VXSE60" },
	{ "顕著な地震の震源要素更新のお知らせ", "VXSE61" },
	{ "長周期地震動に関する観測情報", "VXSE62" },
	{ "南海トラフ地震臨時情報", "VYSE50" },
	{ "南海トラフ地震関連解説情報", "VYSE51" },
	{ "北海道・三陸沖後発地震注意情報", "VYSE60" },
	{ "地震・津波に関するお知らせ", "VZSE40" },
	{ "津波警報・注意報・予報a", "VTSE41" },
	{ "津波情報a", "VTSE51" },
	{ "沖合の津波観測に関する情報", "VTSE52" },
	{ "噴火警報・予報", "VFVO50" },
	{ "火山の状況に関する解説情報", "VFVO51" },
	{ "噴火に関する火山観測報", "VFVO52" },
	{ "降灰予報（定時）", "VFVO53" },
	{ "降灰予報（速報）", "VFVO54" },
	{ "降灰予報（詳細）", "VFVO55" },
	{ "噴火速報", "VFVO56" },
	{ "推定噴煙流向報", "VFVO60" },
	{ "火山現象に関する海上警報・海上予報", "VFSV50" },
	{ "火山に関するお知らせ", "VZVO40" },
	{ "台風解析・予報情報（５日予報）（Ｈ３０）", "VPTW60" },
	{ "台風の暴風域に入る確率", "VPTA50" },
	{ "全般台風情報", "VPTI50" },
	{ "全般台風情報（定型）", "VPTI51" },
	{ "全般台風情報（詳細）", "VPTI52" },
	{ "指定河川洪水予報", "VXKO50" },
	{ "水位周知河川に関する情報", "VXSU50" },
	{ "土砂災害警戒情報", "VXWW50" },
	{ "竜巻注意情報", "VPHW50" },
	{ "竜巻注意情報（目撃情報付き）", "VPHW51" },
	{ "記録的短時間大雨情報", "VPOA50" },
	{ "府県気象防災速報", "VPBS50" },
	{ "気象特別警報報知", "VPNO50" },
	{ "気象特別警報・警報・注意報", "VPWW53" },
	{ "気象警報・注意報（Ｈ２７）", "VPWW54" },
	{ "気象警報・注意報（Ｒ０６）（大雨）", "VPWW55" },
	{ "気象警報・注意報（Ｒ０６）（土砂）", "VPWW56" },
	{ "気象警報・注意報（Ｒ０６）（高潮）", "VPWW57" },
	{ "気象警報・注意報（Ｒ０６）（暴風）", "VPWW58" },
	{ "気象警報・注意報（Ｒ０６）（波浪）", "VPWW59" },
	{ "気象警報・注意報（Ｒ０６）（大雪）", "VPWW60" },
	{ "気象警報・注意報（Ｒ０６）（その他注意報）", "VPWW61" },
	{ "気象警報・注意報（Ｒ０６）（その他の注意報）", "VPWW61" },
	{ "気象警報・注意報（Ｒ０６）（集約通報）", "VPWS50" },
	{ "気象警報・注意報時系列情報（Ｒ０６）", "VPWP50" },
	{ "全般気象情報", "VPZJ50" },
	{ "地方気象情報", "VPCJ50" },
	{ "府県気象情報", "VPFJ50" },
	{ "全般気象解説情報", "VPZJ51" },
	{ "地方気象解説情報", "VPCJ51" },
	{ "府県気象解説情報", "VPFJ51" },
	{ "全般潮位情報", "VMCJ50" },
	{ "地方潮位情報", "VMCJ51" },
	{ "府県潮位情報", "VMCJ52" },
	{ "全般気象解説情報（潮位）", "VMCJ53" },
	{ "地方気象解説情報（潮位）", "VMCJ54" },
	{ "府県気象解説情報（潮位）", "VMCJ55" },
	{ "早期天候情報", "VPAW51" },
	{ "府県天気予報（Ｒ１）", "VPFD51" },
	{ "早期注意情報（明後日まで）", "VPFD61" },
	{ "府県天気概況", "VPFG50" },
	{ "熱中症警戒アラート", "VPFT50" },
	{ "全般３か月予報", "VPZK50" },
	{ "生物季節観測", "VGSK55" },
};

static const char *const statuses[] = {
	[JMA_STATUS_UNKNOWN] = "不明",
	[JMA_NORMAL] = "通常",
	[JMA_DRILL] = "訓練",
	[JMA_TEST] = "試験",
};

static const char *const info_types[] = {
	[JMA_INFO_UNKNOWN] = "不明", [JMA_ISSUED] = "発表",
	[JMA_CORRECTED] = "訂正",    [JMA_CANCELLED] = "取消",
	[JMA_DELAYED] = "遅延",
};

const char *jma_type(const char *title)
{
	for (size_t i = 0; i < LEN(types); i++) {
		if (strcmp(types[i].title, title) == 0)
			return types[i].type;
	}
	return "";
}

/* The place of a word in a table; 0, which is "unknown", if it is not there. */
static int word_index(const char *const *words, size_t len, const char *word)
{
	for (size_t i = 1; i < len; i++) {
		if (str_eq(words[i], word))
			return (int)i;
	}
	return 0;
}

const char *jma_status_show(enum jma_status status)
{
	return statuses[status];
}

const char *jma_info_type_show(enum jma_info_type type)
{
	return info_types[type];
}

/* Letters from the address are trusted only in this form: four of A to Z, two
 * digits, or "ii" where the number was left open. */
static bool is_type(const char *p)
{
	for (int i = 0; i < TYPE_LEN; i++) {
		if (i < 4 ? !(p[i] >= 'A' && p[i] <= 'Z')
			  : !(isdigit((unsigned char)p[i]) || p[i] == 'i'))
			return false;
	}
	return true;
}

const char *jma_type_of_address(struct arena *a, const char *href)
{
	const char *name = strrchr(href, '/');

	name = name == NULL ? href : name + 1;
	if (strspn(name, "0123456789") != STAMP_LEN)
		return "";
	/* The counter, then the type: both follow an underscore. */
	name = strchr(name, '_');
	name = name == NULL ? NULL : strchr(name + 1, '_');
	if (name == NULL || strlen(name) <= TYPE_LEN || !is_type(name + 1) ||
	    (name[TYPE_LEN + 1] != '_' && name[TYPE_LEN + 1] != '.'))
		return "";
	return arena_strndup(a, name + 1, TYPE_LEN);
}

/*
 * The ASCII character of which the bytes at p are the full-width form, or 0.
 * U+FF01 to U+FF5E stand for 0x21 to 0x7E, U+3000 for the space; in UTF-8
 * EF BC 81 .. EF BD 9E and E3 80 80.
 */
static char ascii_of(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	if (memcmp(p, "\xe3\x80\x80", 3) == 0)
		return ' ';
	if (u[0] == 0xef && u[1] == 0xbc && u[2] >= 0x81 && u[2] <= 0xbf)
		return (char)(u[2] - 0x81 + 0x21);
	if (u[0] == 0xef && u[1] == 0xbd && u[2] >= 0x80 && u[2] <= 0x9e)
		return (char)(u[2] - 0x80 + 0x60);
	return 0;
}

const char *jma_plain(struct arena *a, const char *text)
{
	size_t len = strlen(text), to = 0;
	char *out = arena_alloc(a, len + 1);

	for (size_t i = 0; i < len; i++, to++) {
		char c = len - i >= 3 ? ascii_of(text + i) : 0;

		out[to] = c != 0 ? c : text[i];
		if (c != 0)
			i += 2;
	}
	return out;
}

static void frame_read(struct arena *a, const struct xml *root,
		       struct jma_telegram *out)
{
	const struct xml *control = xml_find(root, "Control");
	const struct xml *head = xml_find(root, "Head");
	long long serial = 0;

	out->title = xml_text(control, "Title");
	out->type = jma_type(out->title);
	out->status = (enum jma_status)word_index(statuses, LEN(statuses),
						  xml_text(control, "Status"));
	out->published_at = xml_time(control, "DateTime");
	out->office = xml_text(control, "PublishingOffice");
	out->head_title = xml_text(head, "Title");
	out->reported_at = xml_time(head, "ReportDateTime");
	out->target_at = xml_time(head, "TargetDateTime");
	out->valid_until = xml_time(head, "ValidDateTime");
	out->event_key = jma_plain(a, xml_text(head, "EventID"));
	out->info_type = (enum jma_info_type)word_index(
		info_types, LEN(info_types), xml_text(head, "InfoType"));
	str_to_int(jma_plain(a, xml_text(head, "Serial")), 0, SERIAL_MAX,
		   &serial);
	out->serial = (int)serial;
	out->headline = xml_text(head, "Headline/Text");
	out->cancel_text = out->info_type == JMA_CANCELLED
				   ? xml_text(root, "Body/Text")
				   : "";
}

static const char *frame_fault(const struct xml *root,
			       const struct jma_telegram *t)
{
	if (xml_find(root, "Head") == NULL || *t->title == '\0')
		return "no title";
	if (t->published_at == 0)
		return "no time of issue";
	if (strlen(t->event_key) > JMA_KEY_MAX)
		return "event key too long";
	return NULL;
}

/* What a telegram is before anything of it was read. */
static const struct jma_telegram unread = {
	.type = "",
	.title = "",
	.head_title = "",
	.event_key = "",
	.office = "",
	.headline = "",
	.cancel_text = "",
};

int jma_frame(struct arena *a, const struct xml *root, struct jma_telegram *out,
	      const char **why)
{
	const char *fault = "not a JMA telegram";

	*out = unread;
	if (xml_is(root, jma_report_uri, "Report")) {
		frame_read(a, root, out);
		fault = frame_fault(root, out);
	}
	if (fault == NULL)
		return 0;
	*why = fault;
	return log_error("telegram refused reason=\"%s\"", fault);
}

struct xml *jma_open(struct arena *a, const char *buf, size_t len,
		     struct jma_telegram *out, const char **why)
{
	struct xml *root = xml_open(a, buf, len, why);

	*out = unread;
	if (root == NULL) {
		log_error("telegram refused reason=\"%s\" bytes=%zu", *why,
			  len);
		return NULL;
	}
	return jma_frame(a, root, out, why) < 0 ? NULL : root;
}

int jma_telegram_parse(struct arena *a, const char *buf, size_t len,
		       struct jma_telegram *out, const char **why)
{
	return jma_open(a, buf, len, out, why) == NULL ? -1 : 0;
}
