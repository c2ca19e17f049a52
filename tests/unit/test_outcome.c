#include "test.h"

#include "model/message.h"
#include "model/outcome.h"

static void test_json(void **state)
{
	static const struct {
		const char *name;
		struct message m;
		const char *want;
	} rows[] = {
		{ "handed",
		  { .id = 1, .attempts = 1, .result = MESSAGE_HANDED },
		  "[[1,1,\"handed\",0,\"\"]]" },
		{ "later",
		  { .id = 2,
		    .attempts = 3,
		    .result = MESSAGE_LATER,
		    .later_s = 60,
		    .status = "rcpt 450" },
		  "[[2,3,\"queued\",60,\"rcpt 450\"]]" },
		{ "too often later",
		  { .id = 2,
		    .attempts = MESSAGE_ATTEMPTS_MAX,
		    .result = MESSAGE_LATER },
		  "[[2,200,\"refused\",0,\"\"]]" },
		{ "words that would break out",
		  { .id = 3,
		    .attempts = 1,
		    .result = MESSAGE_REFUSED,
		    .status = "a\"],[\\\n\xe3" },
		  "[[3,1,\"refused\",0,\"a\\\"],[\\\\??\"]]" },
		{ "cancelled",
		  { .id = 4, .attempts = 1, .result = MESSAGE_CANCELLED },
		  "[[4,1,\"cancelled\",0,\"\"]]" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_str(rows[i].name, outcomes_json(a, &rows[i].m),
			  rows[i].want);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
