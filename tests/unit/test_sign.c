#include "test.h"
#include "key_file.h"

#include "base/key.h"
#include "base/sign.h"

/* Kept in reach, as a process keeps its keys. */
static const struct sign_private *first, *priv;
static const struct sign_public *pub, *stranger;

static char dir[] = "/tmp/anpi-sign-XXXXXX";

static const char *in_dir(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static int teardown(void **state)
{
	(void)state;
	unlink(in_dir("evidence.public"));
	unlink(in_dir("evidence.private"));
	rmdir(dir);
	return 0;
}

/* The first test vector of RFC 8032, 7.1: its signature of nothing. */
static void test_vector(void **state)
{
	static const unsigned char want[] = { 0xe5, 0x56, 0x43, 0x00,
					      0xc3, 0x60, 0xac, 0x72 };
	const char *path = key_file(
		"1 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae"
		"7f60\n",
		0600);
	unsigned char signature[SIGNATURE_LEN];

	(void)state;
	first = sign_private_load(path);
	unlink(path);
	assert_non_null(first);
	sign_make(first, "", 0, signature);
	assert_memory_equal(signature, want, sizeof(want));
}

static void test_pair(void **state)
{
	unsigned char signature[SIGNATURE_LEN];
	struct stat st;
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	check_int("new", sign_keys_new(dir), 0);
	check_int("never over others", sign_keys_new(dir), -1);
	check_int("private", stat(in_dir("evidence.private"), &st), 0);
	check_int("mode", st.st_mode & 0777, 0600);
	priv = sign_private_load(in_dir("evidence.private"));
	pub = sign_public_load(in_dir("evidence.public"));
	path = key_file("1 " KEY_ONE "\n", 0644);
	stranger = sign_public_load(path);
	unlink(path);
	assert_non_null(priv);
	assert_non_null(pub);
	assert_non_null(stranger);
	sign_make(priv, "text", 4, signature);
	assert_true(sign_is_ours(pub, "text", 4, signature));
	assert_false(sign_is_ours(pub, "texts", 5, signature));
	assert_false(sign_is_ours(stranger, "text", 4, signature));
	signature[0] ^= 1;
	assert_false(sign_is_ours(pub, "text", 4, signature));
}

static void test_refused(void **state)
{
	const char *path = key_file("1 " KEY_ONE "\n", 0644);

	(void)state;
	assert_null(sign_private_load(path));
	unlink(path);
	assert_null(sign_private_load("/nonexistent"));
	assert_null(sign_public_load("/nonexistent"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vector),
		cmocka_unit_test(test_pair),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
