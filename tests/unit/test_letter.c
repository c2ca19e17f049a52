#include "test.h"

#include "base/time.h"
#include "mail/compose.h"
#include "mail/letter.h"

static int setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static const char *written(struct arena *a, const struct letter_text *text)
{
	const char *values[LETTER_VALUES] = {
		[LETTER_LINK] = "https://anpi.example/r/TOKEN",
		[LETTER_SELF_REPORT] = "https://anpi.example/s/TOKEN",
		[LETTER_WHY] = "place of work: Tokyo",
		[LETTER_MY_PAGE] = "https://anpi.example/m/",
		[LETTER_NAME] = "Taro {closes} {{link}}",
	};
	struct compose_to to = {
		.address = "a@ministry.example",
		.id = "1.2",
		.at = TIME_SECOND,
		.values = values,
	};
	struct compose *c = letter_open(a, text);
	size_t len;

	assert_non_null(c);
	return compose_message(c, a, &to, &len);
}

static void check_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in: %s", part, text);
}

static void test_variables(void **state)
{
	struct letter_text text = {
		.lang = "en",
		.from_name = "Anpi",
		.from_address = "anpi@anpi.example",
		.subject = "Until {closes} {name}",
		.body = "Dear {name}, {site} asks until {closes}. {other}",
		.closes_at = TIME_MINUTE,
		.site = "METP",
		.frame = "{{body}}\n",
	};
	const char *mail = written(*state, &text);

	check_holds(mail, "Subject: Until 1970-01-01 09:01 (JST) {name}\r\n");
	check_holds(mail, "Dear Taro {closes} {{link}}, METP asks until"
			  " 1970-01-01 09:01 (JST). {other}");
}

static void test_frame(void **state)
{
	struct letter_text text = {
		.lang = "en",
		.from_name = "Anpi",
		.from_address = "anpi@anpi.example",
		.subject = "Quake",
		.body = "Please answer.",
		.frame = "{{body}}\n\n{{link}}\n\n* {{why}}\n{{self_report}}\n",
	};
	const char *mail = written(*state, &text);

	check_holds(mail, "Subject: Quake\r\n");
	check_holds(mail, "\r\n\r\nPlease answer.\r\n\r\n"
			  "https://anpi.example/r/TOKEN\r\n\r\n"
			  "* place of work: Tokyo\r\n"
			  "https://anpi.example/s/TOKEN\r\n");
	text.frame = "nothing";
	check_holds(written(*state, &text), "\r\n\r\nPlease answer.");
}

static void test_choices(void **state)
{
	struct letter_text text = {
		.lang = "en",
		.from_name = "Anpi",
		.from_address = "anpi@anpi.example",
		.subject = "Quake",
		.body = "Please answer. {{choices}}",
		.frame = "{{body}}\n\n{{link}}\n{{choices}}\n* {{why}}\n",
		.question = "Safe?",
		.choices = { { 11, "Yes" }, { 12, "No {{body}}" } },
		.choices_count = 2,
	};

	check_holds(written(*state, &text),
		    "\r\n\r\nPlease answer. {{choices}}\r\n\r\n"
		    "https://anpi.example/r/TOKEN\r\n\r\n"
		    "Safe? (each link opens a page where you send that"
		    " answer)\r\n"
		    "Yes https://anpi.example/r/TOKEN?c=11\r\n"
		    "No {{body}} https://anpi.example/r/TOKEN?c=12\r\n\r\n"
		    "* place of work: Tokyo\r\n");
	text.choices_count = 0;
	check_holds(written(*state, &text),
		    "https://anpi.example/r/TOKEN\r\n\r\n* place");
}

static void test_drill_says_so(void **state)
{
	struct letter_text text = {
		.lang = "en",
		.drill = true,
		.from_name = "Anpi",
		.from_address = "anpi@anpi.example",
		.subject = "Quake",
		.body = "Please answer.",
		.frame = "{{body}}\n",
	};
	const char *mail = written(*state, &text);

	check_holds(mail, "Subject: [DRILL] Quake\r\n");
	check_holds(mail, "[DRILL] This is a drill.\r\n\r\nPlease");
	check_holds(mail, "[DRILL] Anpi");
	text.subject = "[DRILL] Quake";
	check_holds(written(*state, &text), "Subject: [DRILL] Quake\r\n");
}

static void test_why(void **state)
{
	static const struct {
		const char *lang, *why, *name, *level, *given, *want;
	} rows[] = {
		{ "ja", "work:13", "東京都", "6+", "",
		  "勤務地: 東京都（震度6強）" },
		{ "ja", "home:17", "石川県", "7", "石川県の地震",
		  "自宅: 石川県（震度7）" },
		{ "ja", "home:17", "石川県", "", "", "自宅: 石川県" },
		{ "en", "work:13", "東京都", "5-", "",
		  "place of work: 東京都 (seismic intensity 5-)" },
		{ "ja", "group:7", "総務課", "", "", "グループ: 総務課" },
		{ "ja", "group:7", "総務課", "", "停電", "停電" },
		{ "ja", "user", "", "", "", "宛先に選ばれました" },
		{ "en", "all", "", "", "", "sent to everybody" },
		{ "ja", "", "", "", "", "全員に送っています" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].want,
			  letter_why(*state, rows[i].lang, rows[i].why,
				     rows[i].name, rows[i].level,
				     rows[i].given),
			  rows[i].want);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_variables),	  TEST(test_frame), TEST(test_choices),
		TEST(test_drill_says_so), TEST(test_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
