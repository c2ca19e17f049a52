#include "test.h"
#include "key_file.h"

#include "base/key.h"
#include "base/seal.h"

/* Kept in reach, as a process keeps its keys. */
static const struct seal_public *pub;
static const struct seal_private *priv, *stranger;
static const struct digest_key *digest, *digest_elsewhere;

static char dir[] = "/tmp/anpi-seal-XXXXXX";

static const char *in_dir(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static int setup(void **state)
{
	const char *path;

	*state = arena_new();
	assert_non_null(mkdtemp(dir));
	check_int("new", seal_keys_new(dir), 0);
	pub = seal_public_load(in_dir("seal.public"));
	priv = seal_private_load(in_dir("seal.private"));
	path = key_file("1 " KEY_ONE "\n", 0600);
	stranger = seal_private_load(path);
	digest = digest_key_load(path);
	unlink(path);
	path = key_file("1 " KEY_TWO "\n", 0600);
	digest_elsewhere = digest_key_load(path);
	unlink(path);
	return 0;
}

static int teardown(void **state)
{
	unlink(in_dir("seal.public"));
	unlink(in_dir("seal.private"));
	rmdir(dir);
	arena_free(*state);
	return 0;
}

static void test_files(void **state)
{
	struct stat st;

	(void)state;
	check_int("private", stat(in_dir("seal.private"), &st), 0);
	check_int("mode", st.st_mode & 0777, 0600);
	check_int("public", stat(in_dir("seal.public"), &st), 0);
	check_int("mode", st.st_mode & 0777, 0644);
	check_int("never over others", seal_keys_new(dir), -1);
}

static void test_round(void **state)
{
	static const char *const rows[] = { "", "a..b.@docomo.ne.jp", "髙" };

	for (size_t i = 0; i < LEN(rows); i++) {
		size_t len, again;
		unsigned char *one = seal_close(*state, pub, rows[i], &len);
		unsigned char *two = seal_close(*state, pub, rows[i], &again);

		check_int("length", (long long)len,
			  (long long)strlen(rows[i]) + 48);
		check_str("back", seal_open(*state, priv, one, len), rows[i]);
		assert_memory_not_equal(one, two, len);
	}
}

static void test_refused(void **state)
{
	size_t len;
	unsigned char *box = seal_close(*state, pub, "a@example.jp", &len);

	check_str("no key for it", seal_open(*state, stranger, box, len), NULL);
	check_str("cut", seal_open(*state, priv, box, len - 1), NULL);
	check_str("nothing", seal_open(*state, priv, box, 0), NULL);
	for (size_t i = 0; i < len; i++) {
		box[i] ^= 1;
		check_str("changed", seal_open(*state, priv, box, len), NULL);
		box[i] ^= 1;
	}
}

static void test_rotation(void **state)
{
	struct keys old;
	const struct seal_private *both;
	char *hex = arena_alloc(*state, 2 * KEY_LEN + 1);
	const char *path;
	size_t len;
	unsigned char *box = seal_close(*state, pub, "a@example.jp", &len);

	check_int("old", keys_load(in_dir("seal.private"), KEY_SECRET, &old),
		  0);
	for (size_t i = 0; i < KEY_LEN; i++)
		snprintf(hex + 2 * i, 3, "%02x", old.list[0].bytes[i]);
	path = key_file(arena_fmt(*state, "1 %s\n2 " KEY_ONE "\n", hex), 0600);
	both = seal_private_load(path);
	unlink(path);
	check_str("an older key opens", seal_open(*state, both, box, len),
		  "a@example.jp");
	free((void *)both);
}

static void test_digest(void **state)
{
	unsigned char one[ADDRESS_DIGEST_LEN], two[ADDRESS_DIGEST_LEN];

	(void)state;
	address_digest(digest, "a@example.jp", one);
	address_digest(digest, "a@example.jp", two);
	assert_memory_equal(one, two, sizeof(one));
	address_digest(digest, "b@example.jp", two);
	assert_memory_not_equal(one, two, sizeof(one));
	address_digest(digest_elsewhere, "a@example.jp", two);
	assert_memory_not_equal(one, two, sizeof(one));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),	cmocka_unit_test(test_round),
		cmocka_unit_test(test_refused), cmocka_unit_test(test_rotation),
		cmocka_unit_test(test_digest),
	};

	return cmocka_run_group_tests_name("seal", tests, setup, teardown);
}
