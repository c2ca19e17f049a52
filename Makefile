# Anpi.  `make up` and `make test` work on a bare Debian 12 with git and make.
# Programs and tests are found by their folder: a new file needs no line here.
#
#   cgi-bin/NAME.c        build/cgi-bin/NAME   a screen (FastCGI)
#   cron/NAME.c           build/bin/NAME       a batch tool
#   lib/FLOOR/*.c         build/libanpi.a
#   tests/unit/test_*.c   build/unit/test_*    cmocka, TAP
#   tests/fuzz/fuzz_*.c   build/fuzz/fuzz_*    libFuzzer (clang)
#   tests/load/*.c        build/load/*         bare programs of the benchmark
#   tests/system/*.c      build/system/*       helpers of the system tests
#
# SAN=1 builds all of it with ASan and UBSan, in build-san/, and the tests run
# what it built; `make CC=clang B=build-clang unit` likewise with clang.

ANPI_VAR  ?= $(CURDIR)/var
ANPI_PORT ?= 8443
export ANPI_VAR ANPI_PORT

CC       = gcc
PACKAGES = libmariadb libcurl libssl libcrypto libsodium libxml-2.0 \
           gmime-3.0 jansson libqrencode liboath
WARN     = -std=c17 -Wall -Wextra -Werror -Wformat -Wformat-security -Wshadow \
           -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef
HARDEN   = -O2 -fstack-protector-strong -D_FORTIFY_SOURCE=3 -fPIE \
           -fcf-protection
HARDEN_LD = -pie -Wl,-z,relro,-z,now
B        = build
ifdef SAN
B        = build-san
HARDEN   = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
           -fno-sanitize-recover=undefined -fPIE
HARDEN_LD = -pie -fsanitize=address,undefined
endif

# The scripts run the programs of this build.
export ANPI_BUILD = $(CURDIR)/$(B)

# Evaluated when used, so that `make up` can install pkg-config first.
PKG_CFLAGS = $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g')
PKG_LIBS   = $(shell pkg-config --libs $(PACKAGES))
CFLAGS  = $(WARN) $(HARDEN) -g -D_GNU_SOURCE -Ilib \
          -isystem /usr/include/ClearSilver $(PKG_CFLAGS)
LDFLAGS = $(HARDEN_LD)
LDLIBS  = -lneo_cgi -lneo_cs -lneo_utl -lz -lfcgi $(PKG_LIBS) -lcsv

LIB     = $(patsubst %.c,$(B)/%.o,$(wildcard lib/*/*.c))
SCREENS = $(patsubst %.c,$(B)/%,$(wildcard cgi-bin/*.c))
TOOLS   = $(patsubst cron/%.c,$(B)/bin/%,$(wildcard cron/*.c))
UNIT    = $(patsubst tests/%.c,$(B)/%,$(wildcard tests/unit/test_*.c))
LOAD    = $(patsubst tests/%.c,$(B)/%,$(wildcard tests/load/*.c))
SYSTEM  = $(patsubst tests/%.c,$(B)/%,$(wildcard tests/system/*.c))
FUZZ    = $(patsubst tests/%.c,build/%,$(wildcard tests/fuzz/fuzz_*.c))
SOURCES = $(wildcard lib/*/*.[ch] cgi-bin/*.c cron/*.c tests/*/*.[ch])

.PHONY: all up down test bench lint fuzz clean install-packages unit \
        test-run
.SECONDARY:

all: $(SCREENS) $(TOOLS)

up: install-packages
	+@$(MAKE) --no-print-directory all $(SYSTEM) $(LOAD)
	@etc/instance/up

down:
	@etc/instance/down

# Installs, builds and runs unit, system and browser tests, then prints
# "N passed, N failed".
test: install-packages
	+@$(MAKE) --no-print-directory test-run

test-run: all $(UNIT) $(SYSTEM) $(LOAD)
	@tests/run

unit: $(UNIT)
	@tests/run unit

bench: install-packages
	+@$(MAKE) --no-print-directory all $(SYSTEM) $(LOAD)
	@tests/bench/run

lint:
	@tests/lint

fuzz: $(FUZZ)
	@tests/fuzz/run

install-packages:
	@etc/instance/packages

clean:
	rm -rf build build-san build-clang

$(B)/libanpi.a: $(LIB)
	@rm -f $@
	@ar rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo 'cc   $<'
	@$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

define program =
@mkdir -p $(@D)
@echo 'link $@'
@$(CC) $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d $< $(B)/libanpi.a $(LDLIBS) \
	$(1) -o $@
endef

$(B)/cgi-bin/%: cgi-bin/%.c $(B)/libanpi.a
	$(call program)
$(B)/bin/%: cron/%.c $(B)/libanpi.a
	$(call program)
$(B)/unit/%: tests/unit/%.c $(B)/libanpi.a
	$(call program,-Itests/unit -lcmocka)
$(B)/load/%: tests/load/%.c $(B)/libanpi.a
	$(call program,-Itests/load)
$(B)/system/%: tests/system/%.c $(B)/libanpi.a
	$(call program)

# Fuzzing builds its own objects: clang, libFuzzer, ASan and UBSan.
FUZZ_FLAGS = -std=c17 -g -O1 -D_GNU_SOURCE -Ilib \
             -isystem /usr/include/ClearSilver \
             -fsanitize=fuzzer-no-link,address,undefined \
             -fno-sanitize-recover=undefined
FUZZ_LIB   = $(patsubst %.c,build/fuzz/%.o,$(wildcard lib/*/*.c))

build/fuzz/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	clang $(FUZZ_FLAGS) $(PKG_CFLAGS) -MMD -MP -c $< -o $@
build/fuzz/libanpi.a: $(FUZZ_LIB)
	@rm -f $@
	@ar rcs $@ $^
build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c build/fuzz/libanpi.a
	clang $(FUZZ_FLAGS) -fsanitize=fuzzer $(PKG_CFLAGS) -MMD -MP \
		-MF $@.d $< build/fuzz/libanpi.a $(LDLIBS) -o $@

-include $(LIB:.o=.d) $(FUZZ_LIB:.o=.d) \
	$(wildcard $(B)/*/*.d build/fuzz/*.d)
