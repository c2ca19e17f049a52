#ifndef FEED_JMA_H
#define FEED_JMA_H

/*
 * The frame that every JMA telegram has: Control and Head.  A telegram of a
 * kind nobody reads further is known by its frame, so that it can be kept and
 * listed.  Source: reference/feeds.md 2.
 */
#include <stddef.h>
#include <stdint.h>

struct arena;
struct xml;

/* Zero is what a safe default must be: nobody is mailed by it. */
enum jma_status {
	JMA_STATUS_UNKNOWN,
	JMA_NORMAL, /* 通常 */
	JMA_DRILL,  /* 訓練 */
	JMA_TEST,   /* 試験 */
};

enum jma_info_type {
	JMA_INFO_UNKNOWN,
	JMA_ISSUED,    /* 発表 */
	JMA_CORRECTED, /* 訂正: replaces, under the serial it corrects */
	JMA_CANCELLED, /* 取消: no content, undoes (title, event key) */
	JMA_DELAYED,   /* 遅延 */
};

enum { JMA_KEY_MAX = 100 }; /* bytes of an event key */

struct jma_telegram {
	const char *type;  /* "VXSE53"; "" if the title is not known */
	const char *title; /* Control/Title: 震度速報; with event_key the
			      stream in which a newer one replaces */
	const char *head_title; /* 遠地地震に関する情報 */
	enum jma_status status;
	enum jma_info_type info_type;
	const char *event_key; /* "" for weather; VTSE: several, by spaces */
	int serial;	       /* 0 if it has none */
	int64_t published_at;  /* Control/DateTime: the time to order by */
	int64_t reported_at;   /* Head/ReportDateTime: the time to show */
	int64_t target_at;     /* 0 if absent, as is the next */
	int64_t valid_until;
	const char *office; /* PublishingOffice */
	const char *headline;
	const char *cancel_text; /* of a cancelling telegram, else "" */
};

/*
 * Opens a telegram and reads its frame.  Returns its root element, for the
 * readers of its body, or NULL after logging, with *why set to a constant
 * phrase.  Refused are what xml_open refuses, another namespace, and a frame
 * without title, time or event key of sane length.
 */
struct xml *jma_open(struct arena *a, const char *buf, size_t len,
		     struct jma_telegram *out, const char **why);

/* The frame of a document that xml_open has opened: 0, or -1 likewise. */
int jma_frame(struct arena *a, const struct xml *root, struct jma_telegram *out,
	      const char **why);

/* The frame alone, of bytes: 0, or -1 after logging. */
int jma_telegram_parse(struct arena *a, const char *buf, size_t len,
		       struct jma_telegram *out, const char **why);

/* The namespaces of the root element, "Report", and of the "Body" of
 * earthquakes and tsunami. */
extern const char jma_report_uri[], jma_seismology_uri[];

/*
 * The type of a title, "VXSE51" for 震度速報; "" if it is not known.  Types
 * that share a title (a river's VXKO50 to 89, VYSE51 and 52) are known by the
 * first.
 */
const char *jma_type(const char *title);

/*
 * The type in the file name of a feed entry,
 * ".../20240101071341_0_VXSE51_010000.xml"; "" if it has none (ids before
 * 2021 are opaque).
 */
const char *jma_type_of_address(struct arena *a, const char *href);

/* "通常" and so on, for screens; "不明" for the unknown. */
const char *jma_status_show(enum jma_status status);
const char *jma_info_type_show(enum jma_info_type type);

/* Full-width letters, digits, marks and spaces as ASCII, the rest as it is. */
const char *jma_plain(struct arena *a, const char *text);

#endif
