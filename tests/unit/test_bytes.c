#include "test.h"

#include "base/bytes.h"

static void test_texts(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t len;
		const char *hex, *base64, *base32;
	} rows[] = {
		{ "nothing", "", 0, "", "", "" },
		{ "one", "f", 1, "66", "Zg", "my" },
		{ "two", "fo", 2, "666f", "Zm8", "mzxq" },
		{ "three", "foo", 3, "666f6f", "Zm9v", "mzxw6" },
		{ "four", "foob", 4, "666f6f62", "Zm9vYg", "mzxw6yq" },
		{ "five", "fooba", 5, "666f6f6261", "Zm9vYmE", "mzxw6ytb" },
		{ "high bits", "\xfb\xff\xfe", 3, "fbfffe", "-__-", "7p774" },
	};
	struct arena *a = arena_new();
	unsigned char back[8];

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		const char *name = rows[i].name;
		size_t len = rows[i].len;

		check_str(name, bytes_to_hex(a, rows[i].bytes, len),
			  rows[i].hex);
		check_str(name, bytes_to_base64url(a, rows[i].bytes, len),
			  rows[i].base64);
		check_str(name, bytes_to_base32(a, rows[i].bytes, len),
			  rows[i].base32);
		check_int(name, bytes_from_hex(rows[i].hex, back, len), 1);
		check_int(name, bytes_from_base64url(rows[i].base64, back, len),
			  1);
		check_int(name, memcmp(back, rows[i].bytes, len), 0);
		memset(back, 0, sizeof(back));
		check_int(name, bytes_from_base32(rows[i].base32, back, len),
			  1);
		check_int(name, memcmp(back, rows[i].bytes, len), 0);
	}
	arena_free(a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *name;
		bool (*read)(const char *, void *, size_t);
		const char *text;
	} rows[] = {
		{ "hex short", bytes_from_hex, "666" },
		{ "hex long", bytes_from_hex, "666f6f" },
		{ "hex not", bytes_from_hex, "666g" },
		{ "hex parted", bytes_from_hex, "66:6" },
		{ "base64 padded", bytes_from_base64url, "Zm8=" },
		{ "base64 second form", bytes_from_base64url, "Zm9" },
		{ "base64 other alphabet", bytes_from_base64url, "+m8" },
		{ "base64 blank", bytes_from_base64url, "Zm 8" },
		{ "base64 long", bytes_from_base64url, "Zm9v" },
		{ "base32 second form", bytes_from_base32, "mzxr" },
		{ "base32 figure", bytes_from_base32, "mzx1" },
		{ "base32 short", bytes_from_base32, "mzx" },
		{ "base32 long", bytes_from_base32, "mzxqa" },
	};
	unsigned char out[2];

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++)
		check_int(rows[i].name, rows[i].read(rows[i].text, out, 2), 0);
}

static void test_sha256_and_chance(void **state)
{
	struct arena *a = arena_new();
	unsigned char sum[SHA256_LEN], one[16], two[16];

	(void)state;
	bytes_sha256("abc", 3, sum);
	check_str("abc", bytes_to_hex(a, sum, sizeof(sum)),
		  "ba7816bf8f01cfea414140de5dae2223"
		  "b00361a396177a9cb410ff61f20015ad");
	bytes_random(one, sizeof(one));
	bytes_random(two, sizeof(two));
	assert_memory_not_equal(one, two, sizeof(one));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_sha256_and_chance),
	};

	return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
