#include "test.h"

#include "web/mould.h"

static void test_fill(void **state)
{
	struct arena *a = arena_new();
	static const char *const values[MOULD_SLOTS] = { "<b> & \"𠮷\" '", "",
							 NULL, "4" };
	const char *text =
		arena_fmt(a, "a%sb%sc%sd%se%s", mould_mark(0), mould_mark(1),
			  mould_mark(2), mould_mark(3), mould_mark(0));
	size_t len;

	(void)state;
	assert_null(mould_fill(a, "k", values, &len));
	mould_keep("k", text, strlen(text));
	check_str("filled", mould_fill(a, "k", values, &len),
		  "a&lt;b&gt; &amp; &quot;𠮷&quot; &#39;bcd4e"
		  "&lt;b&gt; &amp; &quot;𠮷&quot; &#39;");
	assert_null(mould_fill(a, "K", values, &len));
	mould_keep("k", "no mark", 7);
	check_str("kept anew", mould_fill(a, "k", values, &len), "no mark");
	check_int("length", (long long)len, 7);
	arena_free(a);
}

static void test_many_keys(void **state)
{
	struct arena *a = arena_new();
	static const char *const values[MOULD_SLOTS] = { "x" };
	size_t len, found = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		mould_keep(arena_fmt(a, "key %d", i), "page", 4);
	for (int i = 0; i < 1000; i++)
		found += mould_fill(a, arena_fmt(a, "key %d", i), values,
				    &len) != NULL;
	check_int("a few are kept", (long long)found, 128);
	assert_non_null(mould_fill(a, "key 999", values, &len));
	arena_free(a);
}

static void test_page_of_too_many_marks_is_not_kept(void **state)
{
	struct arena *a = arena_new();
	struct str text = { .arena = a };
	static const char *const values[MOULD_SLOTS] = { "x" };
	size_t len;

	(void)state;
	for (int i = 0; i < 100; i++)
		str_add(&text, mould_mark(0));
	mould_keep("many", text.s, text.len);
	assert_null(mould_fill(a, "many", values, &len));
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_page_of_too_many_marks_is_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
