#include "test.h"

#include "base/network.h"

static void test_bytes(void **state)
{
	static const struct {
		const char *name, *a, *b;
		bool same;
	} rows[] = {
		{ "one address", "192.0.2.1", "192.0.2.1", true },
		{ "two addresses", "192.0.2.1", "192.0.2.2", false },
		{ "one /64", "2001:db8::1", "2001:db8::ffff:1", true },
		{ "two", "2001:db8::1", "2001:db8:0:1::1", false },
		{ "no address", "", "unix:", true },
	};

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		unsigned char a[NETWORK_LEN], b[NETWORK_LEN];
		size_t len = network_bytes(rows[i].a, a);

		check_int(rows[i].name,
			  network_bytes(rows[i].b, b) == len &&
				  memcmp(a, b, len) == 0,
			  rows[i].same);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
