#include "db/db.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"

enum {
	PARAMS_MAX = 40, /* of one statement */
	COLUMNS_MAX = 40,
	EXPECTED_MAX = 2,
	CACHE_SLOTS = 256, /* statements by address of their SQL */
	RETRIES = 5,
	RETRY_WAIT_MS = 20, /* doubled each time */
	NODE_NOT_READY = 1047,
	RECONNECT_MS = 500, /* no more often, or a dead server is hammered */
};

/* One value on its way in; texts stay the caller's. */
struct param {
	int64_t integer;
	double real;
	MYSQL_TIME time;
	unsigned long len;
};

/* A value of a row that waits (db_row). */
struct cell {
	enum enum_field_types type;
	int64_t integer;
	const void *bytes;
	unsigned long len;
};

struct waiting_row {
	struct waiting_row *next;
	struct cell cells[]; /* as many as the statement has parameters */
};

struct stmt {
	struct stmt *next; /* same SQL, used at the same time */
	struct db *db;
	const char *sql;
	MYSQL_STMT *handle;
	unsigned long generation; /* connection it was prepared on */
	bool busy, failed, ran;
	unsigned params, columns;
	unsigned expected[EXPECTED_MAX]; /* failures that are answers */
	struct param values[PARAMS_MAX];
	MYSQL_BIND in[PARAMS_MAX];
	MYSQL_BIND out[COLUMNS_MAX];
	unsigned long out_len[COLUMNS_MAX];
	my_bool out_null[COLUMNS_MAX];
	struct arena *arena; /* that it was prepared in, where its rows wait */
	struct waiting_row *rows, **rows_end;
	unsigned row_count;
};

struct db_connection {
	struct db_config config;
	MYSQL *mysql;
	unsigned long generation; /* counts connections made */
	bool lost, in_transaction;
	unsigned error;
	int64_t tried_at; /* monotonic, of the last failed connect */
	struct stmt *cache[CACHE_SLOTS];
};

struct db *db_open(const struct db_config *config)
{
	struct db *db = calloc(1, sizeof(*db));
	struct db_connection *c = calloc(1, sizeof(*c));

	if (db == NULL || c == NULL)
		log_fatal("out of memory");
	c->config = *config;
	db->connection = c;
	return db;
}

struct db *db_open_configured(void)
{
	struct db_config config = {
		.socket = config_must("Db.Socket"),
		.name = config_text("Db.Name", "anpi"),
		.user = config_must("Db.User"),
		.password = config_text("Db.Password", ""),
		.timeout_s = (int)config_int("Db.Timeout", 30, 1, 3600),
	};

	return db_open(&config);
}

static void close_statements(struct db_connection *c)
{
	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		for (struct stmt *s = c->cache[i]; s != NULL; s = s->next) {
			if (s->handle != NULL)
				mysql_stmt_close(s->handle);
			s->handle = NULL;
		}
	}
}

static void disconnect(struct db_connection *c)
{
	close_statements(c);
	if (c->mysql != NULL)
		mysql_close(c->mysql);
	c->mysql = NULL;
	c->lost = false;
	c->in_transaction = false;
}

void db_close(struct db *db)
{
	struct db_connection *c = db->connection;

	disconnect(c);
	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		while (c->cache[i] != NULL) {
			struct stmt *s = c->cache[i];

			c->cache[i] = s->next;
			free(s);
		}
	}
	free(c);
	free(db);
}

static void close_beside(void *arg)
{
	db_close(arg);
}

struct db *db_beside(struct db *db)
{
	struct db *beside = db_open(&db->connection->config);

	beside->arena = db->arena;
	arena_defer(db->arena, close_beside, beside);
	return beside;
}

static bool connect_now(struct db_connection *c)
{
	unsigned timeout = (unsigned)c->config.timeout_s;
	int64_t now = time_monotonic();

	if (c->tried_at != 0 && now - c->tried_at < RECONNECT_MS * 1000)
		return false;
	c->mysql = mysql_init(NULL);
	if (c->mysql == NULL)
		log_fatal("out of memory");
	mysql_options(c->mysql, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
	mysql_options(c->mysql, MYSQL_OPT_READ_TIMEOUT, &timeout);
	mysql_options(c->mysql, MYSQL_OPT_WRITE_TIMEOUT, &timeout);
	mysql_options(c->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(c->mysql, MYSQL_INIT_COMMAND,
		      "SET time_zone = '+00:00', sql_mode = "
		      "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
		      "ERROR_FOR_DIVISION_BY_ZERO,ONLY_FULL_GROUP_BY'");
	if (mysql_real_connect(c->mysql, NULL, c->config.user,
			       c->config.password, c->config.name, 0,
			       c->config.socket, CLIENT_FOUND_ROWS) == NULL) {
		c->error = mysql_errno(c->mysql);
		log_error("database not reachable code=%u", c->error);
		mysql_close(c->mysql);
		c->mysql = NULL;
		c->tried_at = now;
		return false;
	}
	c->tried_at = 0;
	c->generation++;
	return true;
}

/* A connection that stands, or false.  Inside a transaction a lost one is not
 * replaced: what was begun on it is gone. */
static bool connected(struct db_connection *c)
{
	if (c->mysql != NULL && !c->lost)
		return true;
	if (c->in_transaction)
		return false;
	disconnect(c);
	return connect_now(c);
}

bool db_alive(struct db *db)
{
	struct db_connection *c = db->connection;

	if (!connected(c))
		return false;
	if (mysql_ping(c->mysql) == 0)
		return true;
	c->lost = true; /* what stood is gone: perhaps there is another */
	return connected(c);
}

static bool is_retryable(unsigned code)
{
	return code == ER_LOCK_DEADLOCK || code == ER_LOCK_WAIT_TIMEOUT ||
	       code == NODE_NOT_READY;
}

static bool is_lost(unsigned code)
{
	return code == CR_SERVER_GONE_ERROR || code == CR_SERVER_LOST ||
	       code == ER_CONNECTION_KILLED;
}

/* Remembers the failure and logs it, without the values. */
static void fail_with(struct stmt *s, const char *what, unsigned code)
{
	struct db_connection *c = s->db->connection;

	s->failed = true;
	s->busy = false;
	c->error = code;
	if (is_lost(code))
		c->lost = true;
	for (size_t i = 0; i < EXPECTED_MAX; i++)
		if (code == s->expected[i])
			return;
	if (c->in_transaction && is_retryable(code))
		log_warn("statement in another's way step=%s code=%u sql=%.60s",
			 what, code, s->sql);
	else
		log_error("statement failed step=%s code=%u sql=%.60s", what,
			  code, s->sql);
}

static void fail(struct stmt *s, const char *what)
{
	fail_with(s, what, mysql_stmt_errno(s->handle));
}

static void release(void *arg)
{
	struct stmt *s = arg;

	if (s->busy && s->handle != NULL && s->ran)
		mysql_stmt_free_result(s->handle);
	s->busy = false;
}

static struct stmt *find_free(struct db *db, const char *sql)
{
	struct db_connection *c = db->connection;
	size_t slot = ((uintptr_t)sql >> 4) % CACHE_SLOTS;
	struct stmt *s;

	for (s = c->cache[slot]; s != NULL; s = s->next)
		if (s->sql == sql && !s->busy)
			return s;
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		log_fatal("out of memory");
	s->db = db;
	s->sql = sql;
	s->next = c->cache[slot];
	c->cache[slot] = s;
	return s;
}

static unsigned prepare_on_connection(struct stmt *s)
{
	struct db_connection *c = s->db->connection;
	unsigned code;

	s->handle = mysql_stmt_init(c->mysql);
	if (s->handle == NULL)
		log_fatal("out of memory");
	s->generation = c->generation;
	if (mysql_stmt_prepare(s->handle, s->sql, strlen(s->sql)) == 0)
		return 0;
	code = mysql_stmt_errno(s->handle);
	mysql_stmt_close(s->handle);
	s->handle = NULL;
	return code;
}

static bool prepare(struct stmt *s)
{
	struct db_connection *c = s->db->connection;
	unsigned code;

	if (!connected(c))
		return false;
	if (s->handle != NULL && s->generation == c->generation)
		return true;
	code = prepare_on_connection(s);
	if (is_lost(code) && !c->in_transaction) {
		/* It died while idle; nothing was asked of it yet. */
		c->lost = true;
		if (!connected(c))
			return false;
		code = prepare_on_connection(s);
	}
	if (code != 0) {
		fail_with(s, "prepare", code);
		return false;
	}
	s->columns = mysql_stmt_field_count(s->handle);
	if (s->columns > COLUMNS_MAX ||
	    mysql_stmt_param_count(s->handle) > PARAMS_MAX)
		log_fatal("statement too wide sql=%.60s", s->sql);
	for (unsigned i = 0; i < s->columns; i++) {
		s->out[i] = (MYSQL_BIND){
			.buffer_type = MYSQL_TYPE_STRING,
			.length = &s->out_len[i],
			.is_null = &s->out_null[i],
		};
	}
	return true;
}

struct stmt *db_prepare(struct db *db, const char *sql)
{
	struct stmt *s = find_free(db, sql);

	s->params = 0;
	s->arena = db->arena;
	s->rows = NULL;
	s->rows_end = &s->rows;
	s->row_count = 0;
	s->ran = false;
	s->busy = true;
	s->failed = !prepare(s);
	arena_defer(db->arena, release, s);
	return s;
}

static struct param *next_param(struct stmt *s, MYSQL_BIND **bind)
{
	if (s->params >= PARAMS_MAX)
		log_fatal("statement too wide sql=%.60s", s->sql);
	*bind = &s->in[s->params];
	**bind = (MYSQL_BIND){ 0 };
	return &s->values[s->params++];
}

void db_bind_int(struct stmt *s, int64_t value)
{
	MYSQL_BIND *bind;
	struct param *p = next_param(s, &bind);

	p->integer = value;
	bind->buffer_type = MYSQL_TYPE_LONGLONG;
	bind->buffer = &p->integer;
}

void db_bind_double(struct stmt *s, double value)
{
	MYSQL_BIND *bind;
	struct param *p = next_param(s, &bind);

	p->real = value;
	bind->buffer_type = MYSQL_TYPE_DOUBLE;
	bind->buffer = &p->real;
}

void db_bind_null(struct stmt *s)
{
	MYSQL_BIND *bind;

	next_param(s, &bind);
	bind->buffer_type = MYSQL_TYPE_NULL;
}

static void bind_bytes(struct stmt *s, enum enum_field_types type,
		       const void *bytes, size_t len)
{
	MYSQL_BIND *bind;
	struct param *p = next_param(s, &bind);

	p->len = len;
	bind->buffer_type = type;
	bind->buffer = (void *)(uintptr_t)bytes;
	bind->buffer_length = len;
	bind->length = &p->len;
}

void db_bind_blob(struct stmt *s, const void *bytes, size_t len)
{
	bind_bytes(s, MYSQL_TYPE_BLOB, bytes, len);
}

void db_bind_text(struct stmt *s, const char *text)
{
	if (text == NULL)
		db_bind_null(s);
	else
		bind_bytes(s, MYSQL_TYPE_STRING, text, strlen(text));
}

void db_bind_time(struct stmt *s, int64_t at)
{
	time_t sec = (time_t)(at / TIME_SECOND);
	MYSQL_BIND *bind;
	struct param *p;
	struct tm tm;

	if (at == 0) {
		db_bind_null(s);
		return;
	}
	p = next_param(s, &bind);
	gmtime_r(&sec, &tm);
	p->time = (MYSQL_TIME){
		.year = (unsigned)tm.tm_year + 1900,
		.month = (unsigned)tm.tm_mon + 1,
		.day = (unsigned)tm.tm_mday,
		.hour = (unsigned)tm.tm_hour,
		.minute = (unsigned)tm.tm_min,
		.second = (unsigned)tm.tm_sec,
		.second_part = (unsigned long)(at % TIME_SECOND),
		.time_type = MYSQL_TIMESTAMP_DATETIME,
	};
	bind->buffer_type = MYSQL_TYPE_DATETIME;
	bind->buffer = &p->time;
}

void db_row(struct stmt *s)
{
	struct waiting_row *row;

	if (s->failed)
		return;
	row = arena_alloc(s->arena,
			  sizeof(*row) + s->params * sizeof(row->cells[0]));
	if (s->params != mysql_stmt_param_count(s->handle))
		log_fatal("wrong number of values sql=%.60s", s->sql);
	for (unsigned i = 0; i < s->params; i++)
		row->cells[i] = (struct cell){
			.type = s->in[i].buffer_type,
			.integer = s->values[i].integer,
			.bytes = s->in[i].buffer,
			.len = s->values[i].len,
		};
	*s->rows_end = row;
	s->rows_end = &row->next;
	s->row_count++;
	s->params = 0;
}

/* One column of the rows that wait, as an array for each of value, length and
 * "is NULL": so the client library wants it. */
static void bind_column(struct stmt *s, unsigned column)
{
	struct arena *a = s->arena;
	unsigned n = s->row_count, i = 0;
	int64_t *integers = arena_array(a, n, sizeof(*integers));
	const void **bytes = arena_array(a, n, sizeof(*bytes));
	unsigned long *lens = arena_array(a, n, sizeof(*lens));
	char *marks = arena_array(a, n, sizeof(*marks));
	MYSQL_BIND *bind = &s->in[column];

	*bind = (MYSQL_BIND){
		.buffer_type = MYSQL_TYPE_STRING,
		.buffer = (void *)(uintptr_t)bytes,
		.length = lens,
		.u.indicator = marks,
	};
	for (struct waiting_row *r = s->rows; r != NULL; r = r->next, i++) {
		const struct cell *cell = &r->cells[column];

		integers[i] = cell->integer;
		bytes[i] = cell->bytes;
		lens[i] = cell->len;
		marks[i] = cell->type == MYSQL_TYPE_NULL ? STMT_INDICATOR_NULL
							 : STMT_INDICATOR_NONE;
		if (cell->type == MYSQL_TYPE_NULL)
			continue;
		bind->buffer_type = cell->type;
	}
	if (bind->buffer_type == MYSQL_TYPE_LONGLONG)
		bind->buffer = integers;
	else if (bind->buffer_type != MYSQL_TYPE_STRING &&
		 bind->buffer_type != MYSQL_TYPE_BLOB)
		log_fatal("rows hold numbers, texts and bytes sql=%.60s",
			  s->sql);
}

static void bind_rows(struct stmt *s)
{
	if (s->row_count == 0)
		return;
	for (unsigned i = 0; i < mysql_stmt_param_count(s->handle); i++)
		bind_column(s, i);
	s->params = (unsigned)mysql_stmt_param_count(s->handle);
}

static void wait_before_retry(int attempt)
{
	struct timespec t = { .tv_nsec =
				      (RETRY_WAIT_MS << attempt) * 1000000L };

	nanosleep(&t, NULL);
}

/* May the statement run again after this failure?  A write whose connection
 * broke while the answer was awaited may have been done: not again. */
static bool may_run_again(struct stmt *s, unsigned code)
{
	if (s->db->connection->in_transaction)
		return false;
	return is_retryable(code) || code == CR_SERVER_GONE_ERROR ||
	       (code == CR_SERVER_LOST && str_begins(s->sql, "SELECT"));
}

static bool execute(struct stmt *s)
{
	struct db_connection *c = s->db->connection;

	if (s->failed)
		return false;
	bind_rows(s);
	for (int attempt = 0;; attempt++) {
		unsigned code;

		if (s->params != mysql_stmt_param_count(s->handle))
			log_fatal("wrong number of values sql=%.60s", s->sql);
		mysql_stmt_attr_set(s->handle, STMT_ATTR_ARRAY_SIZE,
				    &s->row_count);
		if ((s->params == 0 ||
		     mysql_stmt_bind_param(s->handle, s->in) == 0) &&
		    mysql_stmt_execute(s->handle) == 0)
			break;
		code = mysql_stmt_errno(s->handle);
		if (attempt == RETRIES || !may_run_again(s, code)) {
			fail(s, "execute");
			return false;
		}
		log_warn("statement run again code=%u sql=%.60s", code, s->sql);
		if (is_lost(code)) {
			c->lost = true;
			if (!prepare(s)) {
				s->failed = true;
				return false;
			}
		} else {
			wait_before_retry(attempt);
		}
	}
	s->ran = true;
	if (s->columns == 0)
		return true;
	if (mysql_stmt_bind_result(s->handle, s->out) != 0 ||
	    mysql_stmt_store_result(s->handle) != 0) {
		fail(s, "result");
		return false;
	}
	return true;
}

void db_expect(struct stmt *s, unsigned code)
{
	size_t i = 0;

	while (i < EXPECTED_MAX - 1 && s->expected[i] != 0 &&
	       s->expected[i] != code)
		i++;
	s->expected[i] = code;
}

int db_step(struct stmt *s)
{
	int rc;

	if (!s->ran && !execute(s)) {
		s->busy = false;
		return -1;
	}
	rc = mysql_stmt_fetch(s->handle);
	if (rc == 0 || rc == MYSQL_DATA_TRUNCATED)
		return 1; /* zero-length binds are always "truncated" */
	if (rc == MYSQL_NO_DATA) {
		mysql_stmt_free_result(s->handle);
		s->busy = false;
		return 0;
	}
	fail(s, "fetch");
	return -1;
}

int64_t db_run(struct stmt *s)
{
	bool ok = execute(s);

	s->busy = false;
	return ok ? (int64_t)mysql_stmt_affected_rows(s->handle) : -1;
}

bool db_is_null(struct stmt *s, unsigned column)
{
	return s->out_null[column] != 0;
}

static bool fetch(struct stmt *s, unsigned column, MYSQL_BIND *bind)
{
	if (column >= s->columns)
		log_fatal("no such column sql=%.60s", s->sql);
	if (db_is_null(s, column))
		return false;
	if (mysql_stmt_fetch_column(s->handle, bind, column, 0) != 0)
		log_fatal("column not readable sql=%.60s", s->sql);
	return true;
}

int db_number(struct stmt *s, int64_t *out)
{
	int rc;

	while ((rc = db_step(s)) > 0)
		*out = db_int(s, 0);
	return rc;
}

int64_t db_int(struct stmt *s, unsigned column)
{
	int64_t value = 0;
	MYSQL_BIND bind = {
		.buffer_type = MYSQL_TYPE_LONGLONG,
		.buffer = &value,
	};

	fetch(s, column, &bind);
	return value;
}

double db_double(struct stmt *s, unsigned column)
{
	double value = 0;
	MYSQL_BIND bind = {
		.buffer_type = MYSQL_TYPE_DOUBLE,
		.buffer = &value,
	};

	fetch(s, column, &bind);
	return value;
}

const void *db_blob(struct stmt *s, unsigned column, size_t *len)
{
	unsigned long got = column < s->columns ? s->out_len[column] : 0;
	char *bytes = arena_alloc(s->db->arena, got + 1);
	MYSQL_BIND bind = {
		.buffer_type = MYSQL_TYPE_BLOB,
		.buffer = bytes,
		.buffer_length = got,
		.length = &got,
	};

	if (!fetch(s, column, &bind)) {
		got = 0;
		bytes[0] = '\0';
	}
	*len = got;
	return bytes;
}

const char *db_text(struct stmt *s, unsigned column)
{
	size_t len;

	return db_blob(s, column, &len);
}

int64_t db_time(struct stmt *s, unsigned column)
{
	MYSQL_TIME t;
	MYSQL_BIND bind = {
		.buffer_type = MYSQL_TYPE_DATETIME,
		.buffer = &t,
	};
	struct tm tm = { 0 };

	if (!fetch(s, column, &bind))
		return 0;
	tm.tm_year = (int)t.year - 1900;
	tm.tm_mon = (int)t.month - 1;
	tm.tm_mday = (int)t.day;
	tm.tm_hour = (int)t.hour;
	tm.tm_min = (int)t.minute;
	tm.tm_sec = (int)t.second;
	return (int64_t)timegm(&tm) * TIME_SECOND + (int64_t)t.second_part;
}

int64_t db_last_id(struct db *db)
{
	return (int64_t)mysql_insert_id(db->connection->mysql);
}

unsigned db_errno(struct db *db)
{
	return db->connection->error;
}

int db_begin(struct db *db)
{
	struct db_connection *c = db->connection;

	if (!connected(c))
		return -1;
	c->error = 0;
	if (mysql_query(c->mysql, "START TRANSACTION") != 0) {
		c->error = mysql_errno(c->mysql);
		c->lost = is_lost(c->error);
		return log_error("transaction not begun code=%u", c->error);
	}
	c->in_transaction = true;
	return 0;
}

int db_commit(struct db *db)
{
	struct db_connection *c = db->connection;
	int rc = 0;

	if (c->lost || mysql_commit(c->mysql) != 0) {
		c->error = c->lost ? CR_SERVER_LOST : mysql_errno(c->mysql);
		if (is_lost(c->error))
			c->lost = true;
		rc = log_error("commit failed code=%u", c->error);
	}
	c->in_transaction = false;
	return rc;
}

void db_rollback(struct db *db)
{
	struct db_connection *c = db->connection;

	if (c->mysql != NULL && !c->lost && mysql_rollback(c->mysql) != 0)
		c->lost = true;
	c->in_transaction = false;
}

int db_transaction(struct db *db, int (*step)(struct db *db, void *arg),
		   void *arg)
{
	/* Within one already begun: whoever began it retries the whole. */
	if (db->connection->in_transaction)
		return step(db, arg);
	for (int attempt = 0;; attempt++) {
		int rc;

		/* A connection that died while idle is found out here. */
		/* NOLINTNEXTLINE(misc-redundant-expression): tried twice. */
		if (db_begin(db) < 0 && db_begin(db) < 0)
			return -1;
		rc = step(db, arg);
		if (rc >= 0 && db_commit(db) == 0)
			return rc;
		if (rc < 0)
			db_rollback(db);
		if (!is_retryable(db_errno(db)))
			return -1;
		if (attempt == RETRIES)
			return log_error("transaction given up tries=%d",
					 RETRIES + 1);
		wait_before_retry(attempt);
	}
}

int db_script(struct db *db, const char *sql)
{
	struct db_connection *c = db->connection;
	int more;

	if (!connected(c))
		return -1;
	mysql_set_server_option(c->mysql, MYSQL_OPTION_MULTI_STATEMENTS_ON);
	more = mysql_query(c->mysql, sql);
	while (more == 0) {
		MYSQL_RES *result = mysql_store_result(c->mysql);

		if (result != NULL)
			mysql_free_result(result);
		more = mysql_next_result(c->mysql);
	}
	if (more > 0)
		log_error("script failed code=%u why=%s", mysql_errno(c->mysql),
			  mysql_error(c->mysql));
	mysql_set_server_option(c->mysql, MYSQL_OPTION_MULTI_STATEMENTS_OFF);
	return more > 0 ? -1 : 0;
}
