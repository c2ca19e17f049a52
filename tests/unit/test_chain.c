#include "test.h"
#include "key_file.h"

#include "base/chain.h"
#include "base/time.h"

enum { LENGTH = 4 };

static const struct sign_private *priv, *other;
static const struct sign_public *pub;
static char dir[] = "/tmp/anpi-chain-XXXXXX";

static int setup(void **state)
{
	char path[64];
	const char *file;

	*state = arena_new();
	assert_non_null(mkdtemp(dir));
	assert_int_equal(sign_keys_new(dir), 0);
	snprintf(path, sizeof(path), "%s/evidence.private", dir);
	priv = sign_private_load(path);
	unlink(path);
	snprintf(path, sizeof(path), "%s/evidence.public", dir);
	pub = sign_public_load(path);
	unlink(path);
	rmdir(dir);
	file = key_file("1 " KEY_ONE "\n", 0600);
	other = sign_private_load(file);
	unlink(file);
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void make(struct arena *a, struct chain_record *list)
{
	for (int i = 0; i < LENGTH; i++) {
		list[i] = (struct chain_record){
			.at = (int64_t)1770000000 * TIME_SECOND +
			      i * TIME_SECOND,
			.kind = "audit",
			.object = i * 10,
		};
		bytes_sha256(&i, sizeof(i), list[i].document);
		chain_add(a, priv, i == 0 ? NULL : &list[i - 1], &list[i]);
	}
}

/* Number of the first record that is wrong, 0 if none is. */
static int64_t fault_in(struct arena *a, const struct chain_record *list, int n)
{
	for (int i = 0; i < n; i++)
		if (chain_fault(a, pub, i == 0 ? NULL : &list[i - 1],
				&list[i]) != NULL)
			return i + 1;
	return 0;
}

static void test_unbroken(void **state)
{
	struct chain_record list[LENGTH];

	make(*state, list);
	check_int("whole", fault_in(*state, list, LENGTH), 0);
	check_int("its end cut off is not seen", fault_in(*state, list, 2), 0);
	check_str("what is signed", chain_text(*state, &list[0]),
		  "anpi evidence 1\n"
		  "n: 1\n"
		  "at: 2026-02-02T11:40:00+09:00\n"
		  "kind: audit\n"
		  "object: 0\n"
		  "document: df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce8"
		  "0524c014b81119\n"
		  "previous: 00000000000000000000000000000000000000000000000000"
		  "00000000000000\n");
}

static void test_broken(void **state)
{
	struct chain_record list[LENGTH];

	make(*state, list);
	list[2].object = 21;
	check_int("changed", fault_in(*state, list, LENGTH), 3);
	make(*state, list);
	list[1].document[0] ^= 1;
	check_int("another document", fault_in(*state, list, LENGTH), 2);
	make(*state, list);
	list[1].at += TIME_SECOND;
	check_int("another time", fault_in(*state, list, LENGTH), 2);
	make(*state, list);
	check_int("the first taken out", fault_in(*state, list + 1, LENGTH - 1),
		  1);
	make(*state, list);
	list[1] = list[2];
	check_int("one taken out", fault_in(*state, list, LENGTH), 2);
}

/* Who has no key can make a chain, but not sign it. */
static void test_forged(void **state)
{
	struct chain_record list[LENGTH];

	make(*state, list);
	list[1].object = 99;
	chain_add(*state, other, &list[0], &list[1]);
	check_int("of another key", fault_in(*state, list, LENGTH), 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unbroken),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_forged),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
