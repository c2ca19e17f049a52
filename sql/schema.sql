-- Anpi: the whole state.  Source: DESIGN 4.
--
-- Times are UTC with microseconds.  Text is utf8mb4, compared by its bytes
-- unless a person searches in it.  Every table has a primary key; gaps in ids
-- mean nothing; user and broadcast ids stay below 2^32, since a link's token
-- carries them in 4 bytes each (DESIGN 5).
--
-- `anpictl migrate` loads this file into an empty database and afterwards
-- runs what sql/migrations/ holds, in the order of the file names.

CREATE TABLE migration (
	name	VARCHAR(100) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	at	DATETIME(6) NOT NULL
) COMMENT 'migrations that have run';

-- Places ---------------------------------------------------------------------

CREATE TABLE region (
	code	VARCHAR(12) CHARACTER SET ascii NOT NULL PRIMARY KEY
		COMMENT 'prefecture 01..47, JMA area "a" + 3 digits, municipality 5 digits, country "c" + 4 digits',
	kind	ENUM('prefecture', 'jma_area', 'municipality', 'country') NOT NULL,
	name	VARCHAR(100) NOT NULL,
	parent	VARCHAR(12) CHARACTER SET ascii NULL COMMENT 'the prefecture',
	KEY (kind, code),
	FOREIGN KEY (parent) REFERENCES region (code)
);

CREATE TABLE area (
	kind	ENUM('coast', 'volcano', 'weather', 'city', 'river', 'sea') NOT NULL
		COMMENT 'of which of JMA''s tables',
	name	VARCHAR(100) NOT NULL,
	PRIMARY KEY (kind, name)
) COMMENT 'names of areas in telegrams, that a rule may name: seed_areas.sql';

-- People and groups ----------------------------------------------------------

CREATE TABLE user (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	staff_no VARCHAR(32) CHARACTER SET ascii NOT NULL,
	name	VARCHAR(100) NOT NULL,
	kana	VARCHAR(100) NOT NULL DEFAULT '',
	lang	ENUM('ja', 'en') NOT NULL DEFAULT 'ja',
	state	ENUM('active', 'left') NOT NULL DEFAULT 'active',
	link_generation TINYINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'raised to revoke all links of the person (DESIGN 5)',
	links_revoked_at DATETIME(6) NULL COMMENT 'when it was raised last',
	version	INT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'raised by each change: whoever changes says what he saw',
	changed_at DATETIME(6) NULL,
	changed_by INT UNSIGNED NULL COMMENT 'account; NULL: a program',
	left_at	DATETIME(6) NULL,
	indexed	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'user_word says what number, name and kana say',
	my_page_closed_at DATETIME(6) NULL
		COMMENT 'links to /m/ mailed before count no more',
	UNIQUE KEY (staff_no),
	KEY (state, staff_no),
	KEY (indexed),
	KEY (links_revoked_at),
	CONSTRAINT links_revoked
		CHECK (link_generation = 0 OR links_revoked_at IS NOT NULL)
);

CREATE TRIGGER user_renamed BEFORE UPDATE ON user FOR EACH ROW
	SET NEW.indexed = NEW.indexed AND NEW.staff_no = OLD.staff_no
		AND NEW.name = OLD.name AND NEW.kana = OLD.kana;

CREATE TABLE user_word (
	word	VARCHAR(100) NOT NULL
		COMMENT 'key of the number; of name and kana from each character on',
	user	INT UNSIGNED NOT NULL,
	PRIMARY KEY (word, user),
	KEY (user),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'what a search finds people by: words that begin with the text (lib/base/kana)';

CREATE TABLE user_region (
	user	INT UNSIGNED NOT NULL,
	region	VARCHAR(12) CHARACTER SET ascii NOT NULL,
	purpose	ENUM('work', 'home', 'family', 'other') NOT NULL,
	origin	ENUM('hr', 'admin', 'self') NOT NULL DEFAULT 'hr'
		COMMENT 'self: the person did it, and sync-hr leaves that purpose of his alone',
	PRIMARY KEY (user, purpose, region),
	KEY (region, purpose, user),
	FOREIGN KEY (user) REFERENCES user (id),
	FOREIGN KEY (region) REFERENCES region (code)
) COMMENT 'a municipality or a prefecture; `prefecture` of it is the first two digits';

CREATE TABLE address (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	user	INT UNSIGNED NOT NULL,
	place	TINYINT UNSIGNED NOT NULL COMMENT 'order of use, 1 first',
	sealed	VARBINARY(400) NOT NULL
		COMMENT 'libsodium sealed box: only deliver can open it (DESIGN 9)',
	digest	BINARY(32) NOT NULL COMMENT 'keyed, of the normalised address',
	domain	VARCHAR(255) CHARACTER SET ascii NOT NULL,
	class	VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT 'other'
		COMMENT 'class of receiver: docomo, au, ... (lib/mail/address)',
	state	ENUM('unknown', 'confirmed', 'full', 'filtered', 'dead')
		NOT NULL DEFAULT 'unknown',
	checked_at DATETIME(6) NULL,
	last_status VARCHAR(200) NOT NULL DEFAULT '',
	origin	ENUM('hr', 'admin', 'self') NOT NULL DEFAULT 'hr'
		COMMENT 'self: the person did it, and sync-hr leaves it alone',
	UNIQUE KEY (user, place),
	UNIQUE KEY (user, digest),
	KEY (digest),
	KEY reach (user, state, checked_at),
	FOREIGN KEY (user) REFERENCES user (id)
);

CREATE TABLE new_address (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	user	INT UNSIGNED NOT NULL,
	sealed	VARBINARY(400) NOT NULL,
	digest	BINARY(32) NOT NULL,
	domain	VARCHAR(255) CHARACTER SET ascii NOT NULL,
	class	VARCHAR(16) CHARACTER SET ascii NOT NULL,
	made_at	DATETIME(6) NOT NULL,
	UNIQUE KEY (user, digest),
	KEY (made_at),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'typed on /m/ and not yet confirmed from the mailbox: mailed nothing else';

CREATE TABLE removed_address (
	user	INT UNSIGNED NOT NULL,
	digest	BINARY(32) NOT NULL,
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (user, digest),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'what a person removed himself: sync-hr does not bring it back';

CREATE TABLE coverage_person (
	user	INT UNSIGNED NOT NULL PRIMARY KEY,
	best	TINYINT UNSIGNED NOT NULL
		COMMENT 'his best address: 1 good 2 unconfirmed 3 full 4 filtered 5 dead 6 none',
	addresses TINYINT UNSIGNED NOT NULL,
	placed	BOOLEAN NOT NULL COMMENT 'work and home are registered',
	askable	BOOLEAN NOT NULL COMMENT 'unconfirmed, and not asked lately',
	KEY (best, user),
	KEY (addresses, user),
	KEY (placed, user),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'active people, as count-addresses last found them (model/coverage)';

CREATE TABLE coverage_group (
	grp	INT UNSIGNED NOT NULL PRIMARY KEY COMMENT '0: everybody',
	people	INT UNSIGNED NOT NULL,
	good	INT UNSIGNED NOT NULL,
	unconfirmed INT UNSIGNED NOT NULL,
	full	INT UNSIGNED NOT NULL,
	filtered INT UNSIGNED NOT NULL,
	dead	INT UNSIGNED NOT NULL,
	none	INT UNSIGNED NOT NULL,
	one	INT UNSIGNED NOT NULL COMMENT 'who have one address',
	more	INT UNSIGNED NOT NULL COMMENT 'who have several',
	placed	INT UNSIGNED NOT NULL,
	askable	INT UNSIGNED NOT NULL,
	counted_at DATETIME(6) NOT NULL,
	took_ms	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of grp 0: the whole count'
) COMMENT 'the same by group, those of groups below included';

CREATE TABLE address_check (
	day	DATE NOT NULL PRIMARY KEY COMMENT 'in Japan',
	at	DATETIME(6) NOT NULL,
	addresses INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'that were mailed',
	people	INT UNSIGNED NOT NULL DEFAULT 0
) COMMENT 'whom count-addresses asked by itself to confirm, by day (D2i)';

CREATE TABLE card (
	user	INT UNSIGNED NOT NULL PRIMARY KEY,
	code	CHAR(8) CHARACTER SET ascii NOT NULL
		COMMENT 'short code of the printed card, check character last (B4)',
	made_at	DATETIME(6) NOT NULL,
	UNIQUE KEY (code),
	FOREIGN KEY (user) REFERENCES user (id)
);

CREATE TABLE grp (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	parent	INT UNSIGNED NULL,
	code	VARCHAR(32) CHARACTER SET ascii NOT NULL,
	name	VARCHAR(100) NOT NULL,
	origin	ENUM('hand', 'file') NOT NULL DEFAULT 'hand'
		COMMENT 'file: a file named it, and a whole file may take it or its members away',
	UNIQUE KEY (code),
	FOREIGN KEY (parent) REFERENCES grp (id)
);

CREATE TABLE grp_tree (
	id	TINYINT UNSIGNED NOT NULL PRIMARY KEY,
	changes	INT UNSIGNED NOT NULL DEFAULT 0
) COMMENT 'one row, written first by whoever changes the tree: no two do at once';

INSERT INTO grp_tree (id) VALUES (1);

CREATE TABLE grp_path (
	ancestor INT UNSIGNED NOT NULL,
	descendant INT UNSIGNED NOT NULL,
	depth	TINYINT UNSIGNED NOT NULL COMMENT '0: the group itself',
	PRIMARY KEY (ancestor, descendant),
	KEY (descendant, ancestor),
	FOREIGN KEY (ancestor) REFERENCES grp (id),
	FOREIGN KEY (descendant) REFERENCES grp (id)
) COMMENT 'closure of the tree: who is below whom';

CREATE TABLE grp_member (
	grp	INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	PRIMARY KEY (grp, user),
	KEY (user, grp),
	FOREIGN KEY (grp) REFERENCES grp (id),
	FOREIGN KEY (user) REFERENCES user (id)
);

-- Accounts -------------------------------------------------------------------

CREATE TABLE account (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	login	VARCHAR(64) CHARACTER SET ascii NOT NULL,
	user	INT UNSIGNED NULL COMMENT 'the staff member, if it is one',
	name	VARCHAR(100) NOT NULL,
	role	ENUM('system_admin', 'group_admin', 'overseas_admin',
		     'operator', 'auditor') NOT NULL,
	password_hash VARCHAR(128) CHARACTER SET ascii NOT NULL
		COMMENT 'Argon2id, crypto_pwhash_str',
	state	ENUM('active', 'disabled') NOT NULL DEFAULT 'active',
	failures SMALLINT UNSIGNED NOT NULL DEFAULT 0,
	locked_until DATETIME(6) NULL,
	last_login_at DATETIME(6) NULL,
	code_failures SMALLINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'wrong codes after the right password, since the last login',
	totp_secret VARCHAR(200) CHARACTER SET ascii NULL
		COMMENT 'closed under totp.key (base/secret), bound to the id; NULL: no second factor',
	totp_step BIGINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'of the last code that was taken: each opens once (RFC 6238)',
	totp_at	DATETIME(6) NULL COMMENT 'when the second factor was set up',
	UNIQUE KEY (login),
	FOREIGN KEY (user) REFERENCES user (id)
);

CREATE TABLE grp_admin (
	account	INT UNSIGNED NOT NULL,
	grp	INT UNSIGNED NOT NULL,
	kind	ENUM('admin', 'deputy') NOT NULL DEFAULT 'admin'
		COMMENT 'a deputy does all but name admins',
	PRIMARY KEY (account, grp),
	KEY (grp),
	FOREIGN KEY (account) REFERENCES account (id),
	FOREIGN KEY (grp) REFERENCES grp (id)
) COMMENT 'groups whose subtree a group admin manages';

CREATE TABLE session (
	digest	BINARY(32) NOT NULL PRIMARY KEY
		COMMENT 'SHA-256 of the cookie: the table alone opens no session',
	account	INT UNSIGNED NOT NULL,
	csrf	BINARY(16) NOT NULL,
	confined BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'opens its own account only: a second factor is to be set up first',
	made_at	DATETIME(6) NOT NULL,
	seen_at	DATETIME(6) NOT NULL,
	looks_at BIGINT UNSIGNED NULL COMMENT 'event whose page was shown last',
	looked_at DATETIME(6) NULL,
	looks_since DATETIME(6) NULL COMMENT 'without a longer pause',
	KEY (account),
	KEY (looks_at),
	KEY (seen_at),
	FOREIGN KEY (account) REFERENCES account (id)
);

CREATE TABLE login_failure (
	network	VARBINARY(16) NOT NULL COMMENT 'IPv4 /32 or IPv6 /64',
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (network, at),
	KEY at (at)
) COMMENT 'recent failures by network, for throttling (S3)';

CREATE TABLE login_network (
	account	INT UNSIGNED NOT NULL,
	network	VARBINARY(16) NOT NULL COMMENT 'as in login_failure',
	last_at	DATETIME(6) NOT NULL COMMENT 'last login that succeeded',
	PRIMARY KEY (account, network),
	KEY (last_at),
	FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) COMMENT 'from where an account is used: others'' failures do not shut it there (S3)';

-- Telegrams and events -------------------------------------------------------

CREATE TABLE telegram (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	source	VARCHAR(64) NOT NULL COMMENT 'feed, inbox or command',
	name	VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'entry id or file name',
	type	VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'Control/Title',
	event_key VARCHAR(100) NOT NULL DEFAULT '',
	serial	INT NOT NULL DEFAULT 0,
	info_type VARCHAR(20) NOT NULL DEFAULT '' COMMENT '発表 訂正 取消 遅延',
	status	VARCHAR(20) NOT NULL DEFAULT '' COMMENT '通常 訓練 試験',
	issued_at DATETIME(6) NULL COMMENT 'Control/DateTime: orders a stream',
	reported_at DATETIME(6) NULL,
	fetched_at DATETIME(6) NOT NULL,
	outcome	ENUM('applied', 'stored', 'refused') NOT NULL
		COMMENT 'stored: kept only (older than applied, type nobody reads)',
	reason	VARCHAR(200) NOT NULL DEFAULT '',
	event	BIGINT UNSIGNED NULL,
	sha256	BINARY(32) NOT NULL,
	body	LONGBLOB NOT NULL,
	UNIQUE KEY (sha256),
	KEY (event, issued_at),
	KEY (name),
	KEY (type, event_key, issued_at),
	KEY (issued_at)
);

CREATE TABLE feed (
	url	VARCHAR(300) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	etag	VARCHAR(200) NOT NULL DEFAULT '',
	modified VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'Last-Modified as sent',
	asked_at DATETIME(6) NULL,
	next_at	DATETIME(6) NULL COMMENT 'not asked before: manners and back-off',
	good_at	DATETIME(6) NULL COMMENT 'last answer that could be used',
	failures INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'in a row',
	status	VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'of the last answer',
	known_at DATETIME(6) NULL COMMENT 'first seen in the settings',
	entry_at DATETIME(6) NULL COMMENT 'last answer with an entry not seen before',
	long_form BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'read after a gap only: its silence means nothing',
	behind	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'there was a gap, and its long form is still to be read',
	silent_at DATETIME(6) NULL
		COMMENT 'people were told then that it gives no answer; NULL: it does',
	quiet_at DATETIME(6) NULL COMMENT 'likewise, that it has nothing new'
) COMMENT 'feeds as poll-feeds last met them';

CREATE TABLE health_alarm (
	machine	VARCHAR(64) NOT NULL COMMENT 'whose check; "": of the database',
	kind	VARCHAR(30) CHARACTER SET ascii NOT NULL COMMENT 'disk, tool, ...',
	item	VARCHAR(100) NOT NULL COMMENT 'which tool; "" where there is one',
	bad	BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'as people were told',
	since	DATETIME(6) NULL COMMENT 'since when it is otherwise',
	told_at	DATETIME(6) NULL COMMENT 'last told that it is bad',
	PRIMARY KEY (machine, kind, item)
) COMMENT 'what call-duty has told of the checks of /status (M1)';

CREATE TABLE feed_entry (
	digest	BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of its id',
	id	VARCHAR(500) NOT NULL,
	href	VARCHAR(500) NOT NULL,
	urgent	BOOLEAN NOT NULL COMMENT 'of a type that can call for a check',
	seen_at	DATETIME(6) NOT NULL,
	due_at	DATETIME(6) NULL COMMENT 'NULL: fetched, or given up',
	attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
	KEY (due_at),
	KEY (seen_at)
) COMMENT 'telegrams that feeds announced: none is fetched twice';

CREATE TABLE event (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind	ENUM('quake', 'tsunami', 'typhoon', 'weather', 'volcano',
		     'flood', 'landslide', 'missile', 'overseas', 'other') NOT NULL,
	event_key VARCHAR(100) NOT NULL,
	parent	BIGINT UNSIGNED NULL COMMENT 'main shock of an aftershock',
	state	ENUM('recorded', 'prepared', 'sent', 'rejected', 'folded',
		     'cancelled', 'closed') NOT NULL
		COMMENT 'recorded: below every rule; prepared: waits for a person',
	drill	BOOLEAN NOT NULL DEFAULT FALSE,
	title	VARCHAR(200) NOT NULL,
	headline TEXT NOT NULL DEFAULT '',
	tsunami	VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'what JMA says of a tsunami',
	occurred_at DATETIME(6) NULL,
	epicentre VARCHAR(100) NOT NULL DEFAULT '',
	latitude DECIMAL(6,3) NULL,
	longitude DECIMAL(6,3) NULL,
	depth_km SMALLINT NULL COMMENT '0: very shallow; NULL: not known',
	magnitude VARCHAR(60) NOT NULL DEFAULT '' COMMENT 'as shown: 7.6, or words',
	max_level VARCHAR(60) NOT NULL DEFAULT ''
		COMMENT 'as the telegram writes it: 6+, 大津波警報',
	rank	TINYINT NOT NULL DEFAULT 0
		COMMENT 'of max_level: quakes 1..9, all others 0..5 (feed/hazard.h)',
	issued_quick DATETIME(6) NULL COMMENT 'newest VXSE51 applied',
	issued_full DATETIME(6) NULL COMMENT 'newest VXSE53 applied',
	decided_by INT UNSIGNED NULL,
	decided_at DATETIME(6) NULL,
	reason	VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'of a rejection or fold',
	made_at	DATETIME(6) NOT NULL,
	ends_at	DATETIME(6) NULL
		COMMENT 'lifted then, or what stands is valid until then; NULL: until lifted',
	told_at	DATETIME(6) NULL COMMENT 'newest telegram applied',
	closed_at DATETIME(6) NULL,
	closed_by INT UNSIGNED NULL COMMENT 'account; NULL: by age',
	made_by	INT UNSIGNED NULL COMMENT 'account: made by hand, of no telegram',
	unknown	VARCHAR(500) NOT NULL DEFAULT ''
		COMMENT 'of a quake: codes newer than the tables, for the operator',
	KEY (kind, event_key),
	KEY (state, made_at),
	KEY (state, closed_at),
	KEY (kind, decided_at),
	KEY (occurred_at),
	FOREIGN KEY (parent) REFERENCES event (id),
	FOREIGN KEY (decided_by) REFERENCES account (id),
	CONSTRAINT event_closed_by FOREIGN KEY (closed_by) REFERENCES account (id),
	CONSTRAINT event_made_by FOREIGN KEY (made_by) REFERENCES account (id)
);

-- A telegram finds its event here.  A volcano's key is its number and a weather
-- office's its area: so an event that is closed gives its keys up, and the next
-- telegram makes another one.

CREATE TABLE open_key (
	item	VARCHAR(100) NOT NULL COMMENT 'event_key, or another key of the same event',
	drill	BOOLEAN NOT NULL,
	kind	ENUM('quake', 'tsunami', 'typhoon', 'weather', 'volcano',
		     'flood', 'landslide', 'missile', 'overseas', 'other') NOT NULL,
	event	BIGINT UNSIGNED NULL COMMENT 'NULL: just being made',
	PRIMARY KEY (item, drill, kind),
	KEY (event),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE
) COMMENT 'keys of the events that are open; its row is locked by who makes one';

CREATE TABLE stream (
	event	BIGINT UNSIGNED NOT NULL,
	type	VARCHAR(100) NOT NULL COMMENT 'telegram.type',
	event_key VARCHAR(100) NOT NULL COMMENT 'telegram.event_key',
	telegram BIGINT UNSIGNED NOT NULL COMMENT 'the newest applied',
	PRIMARY KEY (event, type, event_key),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE
) COMMENT 'streams of an event of any kind but quake: what their newest say, together, stands';

CREATE TABLE event_region (
	event	BIGINT UNSIGNED NOT NULL,
	region	VARCHAR(12) CHARACTER SET ascii NOT NULL COMMENT 'prefecture',
	name	VARCHAR(100) NOT NULL,
	level	VARCHAR(60) NOT NULL COMMENT 'as the telegram writes it',
	rank	TINYINT NOT NULL
		COMMENT 'as event.rank; 0: lifted, or taken back since the decision',
	top_rank TINYINT NOT NULL DEFAULT 0
		COMMENT 'highest so far: a check asks there though it was lifted',
	decided_rank TINYINT NOT NULL DEFAULT 0
		COMMENT 'what was known when a person last decided',
	PRIMARY KEY (event, region),
	KEY (region, event),
	FOREIGN KEY (event) REFERENCES event (id)
);

CREATE TABLE decision (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	event	BIGINT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL,
	act	ENUM('sent', 'rejected', 'folded', 'reopened') NOT NULL,
	account	INT UNSIGNED NULL COMMENT 'NULL: a command, or by itself',
	self	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'sent by itself, since nobody decided (setting decide.self)',
	reason	VARCHAR(500) NOT NULL DEFAULT '',
	people	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'whom the check asked, or would have',
	max_level VARCHAR(60) NOT NULL DEFAULT '' COMMENT 'as known then; likewise those below',
	magnitude VARCHAR(60) NOT NULL DEFAULT '',
	epicentre VARCHAR(100) NOT NULL DEFAULT '',
	depth_km SMALLINT NULL,
	tsunami	VARCHAR(500) NOT NULL DEFAULT '',
	KEY (event, id),
	FOREIGN KEY (event) REFERENCES event (id),
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'every decision about an event, and what was known when it was made';

-- Duty: a check that waits calls the people of step 1 at once and those of the
-- next steps every duty.every minutes, then those of the last step again, until
-- somebody decides.

CREATE TABLE duty (
	account	INT UNSIGNED NOT NULL PRIMARY KEY,
	step	TINYINT UNSIGNED NOT NULL COMMENT '1 is called first',
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'the duty list; while it is empty every operator is of step 1';

CREATE TABLE paging (
	event	BIGINT UNSIGNED NOT NULL PRIMARY KEY,
	step	TINYINT UNSIGNED NOT NULL COMMENT 'paged last; 0: there was nobody',
	begun_at DATETIME(6) NOT NULL,
	next_at	DATETIME(6) NULL COMMENT 'when the next page is; NULL: ended',
	by_rule	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'a rule pages: also while no check waits, until heard',
	heard_at DATETIME(6) NULL,
	heard_by INT UNSIGNED NULL,
	KEY (next_at),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE,
	FOREIGN KEY (heard_by) REFERENCES account (id)
) COMMENT 'how far up the duty list an event has gone';

CREATE TABLE paged (
	event	BIGINT UNSIGNED NOT NULL,
	broadcast INT UNSIGNED NOT NULL COMMENT 'the mail',
	account	INT UNSIGNED NOT NULL,
	step	TINYINT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (event, broadcast, account),
	KEY (broadcast),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE,
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'who was paged when';

CREATE TABLE rule (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name	VARCHAR(100) NOT NULL DEFAULT '',
	kind	ENUM('quake', 'tsunami', 'typhoon', 'weather', 'volcano',
		     'flood', 'landslide', 'missile', 'overseas', 'other') NOT NULL,
	part	ENUM('any', 'quick', 'full', 'rain', 'tornado') NOT NULL
		DEFAULT 'any'
		COMMENT 'of a quake: 震度速報, or 震源・震度に関する情報; of the weather: 記録的短時間大雨情報, or 竜巻注意情報',
	rank	TINYINT NOT NULL COMMENT 'least, as event_region.rank',
	regions	VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT ''
		COMMENT 'prefectures it is about, 13,14; "": all',
	areas	VARCHAR(500) NOT NULL DEFAULT ''
		COMMENT 'names of coasts, volcanoes, rivers: 東京湾内湾、富士山; "": all',
	purposes SET('work', 'home', 'family', 'other') NOT NULL
		COMMENT 'of audience regions: whose regions count',
	audience ENUM('regions', 'chosen', 'all', 'operators') NOT NULL
		DEFAULT 'regions' COMMENT 'chosen: those of rule_target',
	action	ENUM('prepare', 'inform', 'page') NOT NULL
		COMMENT 'a check for a person to send; mail at once; mail to those on duty',
	again	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'again when it rises, else once for an event',
	lifting	BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'also when it is lifted',
	quiet	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'inform: waits for the end of the quiet hours of the settings',
	subject	VARCHAR(200) NOT NULL COMMENT 'with {title} {time} {level} ...',
	body	TEXT NOT NULL,
	active	BOOLEAN NOT NULL DEFAULT TRUE,
	version	INT UNSIGNED NOT NULL DEFAULT 1
		COMMENT 'raised by each change: a second browser is told',
	changed_at DATETIME(6) NULL,
	changed_by INT UNSIGNED NULL COMMENT 'account; NULL: there from the start',
	KEY (kind, active),
	CONSTRAINT rule_changed_by FOREIGN KEY (changed_by) REFERENCES account (id)
) COMMENT 'those that are there from the start stand in migrations/080 and 157';

CREATE TABLE rule_target (
	rule	INT UNSIGNED NOT NULL,
	kind	ENUM('group', 'user') NOT NULL,
	item	INT UNSIGNED NOT NULL COMMENT 'id of group or user',
	PRIMARY KEY (rule, kind, item),
	FOREIGN KEY (rule) REFERENCES rule (id)
) COMMENT 'to whom a rule of audience "chosen" mails';

CREATE TABLE rule_told (
	event	BIGINT UNSIGNED NOT NULL,
	rule	INT UNSIGNED NOT NULL,
	ranks	VARCHAR(400) CHARACTER SET ascii NOT NULL
		COMMENT 'what was told: rank of the whole, then by prefecture, 5;03=5;04=3',
	broadcast INT UNSIGNED NULL COMMENT 'the mail that said it last',
	ended	BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'it was told that this was cancelled or lifted: a new one is news again',
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (event, rule),
	FOREIGN KEY (event) REFERENCES event (id) ON DELETE CASCADE,
	FOREIGN KEY (rule) REFERENCES rule (id)
) COMMENT 'what rules have mailed of events: once, and again when it rises';

CREATE TABLE stage (
	event	BIGINT UNSIGNED NOT NULL COMMENT '0: a broadcast without event',
	broadcast INT UNSIGNED NOT NULL COMMENT '0: of the event itself',
	name	ENUM('occurred', 'published', 'fetched', 'prepared', 'decided',
		     'enqueued', 'first_handed', 'last_handed',
		     'first_accepted', 'last_accepted') NOT NULL,
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (event, broadcast, name),
	KEY (broadcast)
) COMMENT 'the clock of an event and its broadcasts (P6)';

-- Broadcasts -----------------------------------------------------------------

CREATE TABLE broadcast (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	event	BIGINT UNSIGNED NULL,
	kind	ENUM('safety', 'info', 'notice', 'drill') NOT NULL,
	subject	VARCHAR(200) NOT NULL,
	body	TEXT NOT NULL,
	why	VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'why this mail came (B6)',
	state	ENUM('draft', 'confirmed', 'sending', 'sent', 'closed', 'cancelled',
		     'scheduled')
		NOT NULL COMMENT 'confirmed: a person pressed send, enqueue takes it; scheduled: it will be, at send_at',
	retry_of INT UNSIGNED NULL COMMENT 'asks its unanswered again',
	reply_of INT UNSIGNED NULL
		COMMENT 'replies to answers to that one, whose link its mail carries',
	call_of	INT UNSIGNED NULL
		COMMENT 'asks substitutes to come, because of answers to that one (B7)',
	expected INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'the number typed',
	recipients INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'so far enqueued',
	enqueued_to INT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'highest user id done: where enqueue goes on after a crash',
	press	BINARY(16) NULL COMMENT 'of the form: a doubled press is one broadcast',
	content	BINARY(32) NULL
		COMMENT 'hash of what that form held: the same press with another content is refused',
	made_by	INT UNSIGNED NULL,
	made_at	DATETIME(6) NOT NULL,
	confirmed_at DATETIME(6) NULL,
	closes_at DATETIME(6) NULL COMMENT 'links answer until then',
	send_at	DATETIME(6) NULL COMMENT 'scheduled: not before then',
	test	BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'to its writer alone',
	rule	INT UNSIGNED NULL COMMENT 'that mailed it by itself',
	UNIQUE KEY (press),
	KEY (event),
	KEY (state, id),
	KEY (state, send_at),
	KEY (state, closes_at),
	KEY (retry_of),
	KEY (reply_of),
	KEY (call_of),
	KEY (made_at),
	FOREIGN KEY (event) REFERENCES event (id),
	FOREIGN KEY (retry_of) REFERENCES broadcast (id),
	FOREIGN KEY (reply_of) REFERENCES broadcast (id),
	FOREIGN KEY (call_of) REFERENCES broadcast (id),
	FOREIGN KEY (made_by) REFERENCES account (id)
);

CREATE TABLE target (
	broadcast INT UNSIGNED NOT NULL,
	kind	ENUM('all', 'group', 'region', 'user', 'unanswered', 'chose',
		'answered') NOT NULL,
	item	VARCHAR(32) CHARACTER SET ascii NOT NULL
		COMMENT 'id of group, user, broadcast or choice; code of a prefecture',
	minus	BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'these are left out',
	PRIMARY KEY (broadcast, kind, item, minus),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'whom to ask: the union of its rows, without those of minus';

CREATE TABLE reask (
	broadcast INT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'the first of its chain',
	times	TINYINT UNSIGNED NOT NULL COMMENT 'at most so often',
	done	TINYINT UNSIGNED NOT NULL DEFAULT 0,
	gap_min	SMALLINT UNSIGNED NOT NULL COMMENT 'minutes between two',
	quiet	BOOLEAN NOT NULL COMMENT 'not in the quiet hours of the settings',
	next_at	DATETIME(6) NULL COMMENT 'NULL: ended',
	KEY (next_at),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'asking the unanswered again by itself; an answer ends it for a person';

-- What is being written: a draft is the form as its page sends it, so that
-- nothing a person typed is lost, right or wrong; and a template likewise.

CREATE TABLE draft (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	account	INT UNSIGNED NOT NULL COMMENT 'whose it is; nobody else sees it',
	version	INT UNSIGNED NOT NULL DEFAULT 1
		COMMENT 'raised by each save: a second browser is told',
	subject	VARCHAR(200) NOT NULL DEFAULT '',
	form	MEDIUMTEXT NOT NULL COMMENT 'its fields, urlencoded',
	made_at	DATETIME(6) NOT NULL,
	saved_at DATETIME(6) NOT NULL,
	KEY (account, saved_at),
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'broadcasts that are being written';

CREATE TABLE broadcast_template (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind	ENUM('text', 'questions') NOT NULL
		COMMENT 'fills all of the text and its questions, or these alone',
	name	VARCHAR(100) NOT NULL,
	version	INT UNSIGNED NOT NULL DEFAULT 1,
	form	MEDIUMTEXT NOT NULL COMMENT 'the fields it fills, urlencoded',
	changed_at DATETIME(6) NOT NULL,
	changed_by INT UNSIGNED NULL,
	UNIQUE KEY (name),
	FOREIGN KEY (changed_by) REFERENCES account (id)
) COMMENT 'what a broadcast can begin from';

CREATE TABLE setting (
	name	VARCHAR(32) CHARACTER SET ascii NOT NULL PRIMARY KEY,
	value	VARCHAR(200) NOT NULL
) COMMENT 'what an admin may set; without a row the product''s own (model/setting)';

CREATE TABLE question (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	broadcast INT UNSIGNED NOT NULL,
	place	TINYINT UNSIGNED NOT NULL,
	kind	ENUM('single', 'multiple', 'text', 'number', 'time')
		NOT NULL DEFAULT 'single',
	required BOOLEAN NOT NULL DEFAULT TRUE,
	text	VARCHAR(200) NOT NULL,
	text_en	VARCHAR(200) NOT NULL DEFAULT '',
	UNIQUE KEY (broadcast, place),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
);

CREATE TABLE choice (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	question INT UNSIGNED NOT NULL,
	place	TINYINT UNSIGNED NOT NULL,
	mark	ENUM('', 'good', 'warn', 'bad') NOT NULL DEFAULT ''
		COMMENT 'shape and colour: ○ △ ✕',
	text	VARCHAR(100) NOT NULL,
	text_en	VARCHAR(100) NOT NULL DEFAULT '',
	coming	ENUM('', 'yes', 'no', 'unknown', 'time', 'way')
		NOT NULL DEFAULT ''
		COMMENT 'what it tells of coming in, as its words were read (B7)',
	minutes	SMALLINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'until he is there; 0: not said',
	UNIQUE KEY (question, place),
	FOREIGN KEY (question) REFERENCES question (id)
);

CREATE TABLE recipient (
	broadcast INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	why	VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT ''
		COMMENT 'what named the person: work:13, home:13, group:7, user, all',
	answered_at DATETIME(6) NULL
		COMMENT 'the answer that counts now, as folded from `answer`',
	first_at DATETIME(6) NULL COMMENT 'when first answered',
	proxy_at DATETIME(6) NULL
		COMMENT 'newest proxy answer folded; it counts if it is answered_at',
	conflict BOOLEAN NOT NULL DEFAULT FALSE
		COMMENT 'his own answer and the newest proxy differ, and nobody has looked',
	replied_at DATETIME(6) NULL COMMENT 'newest reply to him (D3d)',
	coming	INT UNSIGNED NULL
		COMMENT 'what he says of coming in, an item of tally (B7)',
	PRIMARY KEY (broadcast, user),
	KEY (broadcast, answered_at),
	KEY (user),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'who was asked: fixed when the broadcast is made';

-- A retry (broadcast.retry_of) has recipients and messages of its own; its
-- links and answers are those of the first broadcast, so that a person
-- answers once, whichever mail he opens.

CREATE TABLE message (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	broadcast INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	address	INT UNSIGNED NULL COMMENT 'NULL: removed since',
	urgency	TINYINT UNSIGNED NOT NULL COMMENT '0 page, 1 safety, 2 info, 3 notice and drill',
	state	ENUM('queued', 'sending', 'handed', 'refused', 'cancelled')
		NOT NULL DEFAULT 'queued' COMMENT 'handed: Postfix has it',
	attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
	due_at	DATETIME(6) NOT NULL,
	lease_until DATETIME(6) NULL COMMENT 'sending: whose time has run out is taken again',
	holder	INT UNSIGNED NULL
		COMMENT 'sending: the machine, which after a crash takes back its own at once',
	handed_at DATETIME(6) NULL,
	status	VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'reply of the relay if refused',
	fate	ENUM('', 'accepted', 'deferred', 'bounced') NOT NULL DEFAULT ''
		COMMENT 'what became of it at the receiver (model/fate)',
	fate_at	DATETIME(6) NULL,
	deferrals SMALLINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'how often the receiver said later',
	cause	ENUM('', 'unknown', 'full', 'filtered', 'throttled',
		     'unreachable', 'ours', 'other') NOT NULL DEFAULT ''
		COMMENT 'why it was deferred or bounced',
	fate_status VARCHAR(200) NOT NULL DEFAULT ''
		COMMENT 'host and words of the receiver, without addresses',
	UNIQUE KEY (broadcast, user, address),
	KEY (state, urgency, due_at),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id),
	FOREIGN KEY (user) REFERENCES user (id),
	CONSTRAINT message_address FOREIGN KEY (address)
		REFERENCES address (id) ON DELETE SET NULL
);

-- Mail of no broadcast: a link for one person, sent before all bulk mail.

CREATE TABLE my_page_request (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	staff_no VARCHAR(32) CHARACTER SET ascii NOT NULL COMMENT 'as typed',
	network	VARBINARY(16) NOT NULL COMMENT 'IPv4 /32 or IPv6 /64',
	at	DATETIME(6) NOT NULL,
	done	BOOLEAN NOT NULL DEFAULT FALSE,
	KEY (done, id),
	KEY (network, at),
	KEY (at)
) COMMENT 'asked for on /m/; enqueue looks who it is, so that the page cannot tell';

CREATE TABLE link_mail (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind	ENUM('my_page', 'new_address', 'check_address') NOT NULL
		COMMENT 'templates/mail/KIND.LANG.txt',
	user	INT UNSIGNED NOT NULL,
	address	INT UNSIGNED NULL COMMENT 'where to; NULL: removed since',
	new_address INT UNSIGNED NULL COMMENT 'where to, if it is not one yet',
	state	ENUM('queued', 'sending', 'handed', 'refused', 'cancelled')
		NOT NULL DEFAULT 'queued',
	attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
	made_at	DATETIME(6) NOT NULL,
	due_at	DATETIME(6) NOT NULL,
	lease_until DATETIME(6) NULL,
	holder	INT UNSIGNED NULL,
	handed_at DATETIME(6) NULL,
	status	VARCHAR(200) NOT NULL DEFAULT '',
	KEY (state, due_at),
	KEY (user, kind, made_at),
	KEY (address, kind, made_at),
	KEY (made_at),
	FOREIGN KEY (user) REFERENCES user (id),
	FOREIGN KEY (address) REFERENCES address (id) ON DELETE SET NULL,
	FOREIGN KEY (new_address) REFERENCES new_address (id)
		ON DELETE SET NULL
) COMMENT 'a queue like message (model/link_mail)';

-- Answers --------------------------------------------------------------------
--
-- An answer is one row, written by one statement: that is all a person waits
-- for.  What is counted from it (recipient.answered_at, answer_choice, tally)
-- is folded by replay-answers, or by the dashboard itself if that is late,
-- within a second.  The key is made by respond before it tries the database,
-- so an answer that was journalled as well is stored exactly once.

CREATE TABLE answer (
	broadcast INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL COMMENT 'received',
	channel	ENUM('link', 'self_report', 'mail', 'proxy') NOT NULL,
	choices	VARCHAR(500) CHARACTER SET ascii NOT NULL
		COMMENT 'choice ids, ascending, joined by commas',
	comment	VARCHAR(500) NOT NULL DEFAULT '',
	folded	BOOLEAN NOT NULL DEFAULT FALSE,
	texts	TEXT NOT NULL DEFAULT ''
		COMMENT 'JSON, what was written by question id; "" if none asks',
	PRIMARY KEY (broadcast, user, at),
	KEY folded (folded, broadcast, user, at, channel)
) COMMENT 'every answer ever given; his own newest counts, else the newest proxy';
-- MariaDB copies a row at its full width for each insert and update, so the
-- widths are no wider than what is taken (ANSWER_COMMENT_MAX).
-- No foreign key to recipient: it would lock the row of who answers, so that an
-- answer waited for the fold that counts the one before.  The link holds that he
-- was asked (base/token.h); without one (model/answer.h) the statement looks.

CREATE TABLE proxy (
	broadcast INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL COMMENT 'entered: key of the answer',
	source	ENUM('self', 'family', 'colleague', 'superior', 'other') NOT NULL
		COMMENT 'who told',
	means	ENUM('phone', 'mail', 'met', 'card', 'other') NOT NULL
		COMMENT 'how it was told',
	certainty ENUM('sure', 'likely', 'unsure') NOT NULL,
	account	INT UNSIGNED NOT NULL COMMENT 'who entered it',
	press	BINARY(16) NOT NULL COMMENT 'of the form: a doubled press is one answer',
	PRIMARY KEY (broadcast, user, at),
	UNIQUE KEY (press),
	FOREIGN KEY (broadcast, user, at) REFERENCES answer (broadcast, user, at),
	FOREIGN KEY (account) REFERENCES account (id)
) COMMENT 'where an answer of channel proxy comes from (B5)';

CREATE TABLE answer_choice (
	broadcast INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	choice	INT UNSIGNED NOT NULL,
	PRIMARY KEY (broadcast, user, choice),
	KEY (broadcast, choice, user),
	FOREIGN KEY (broadcast, user) REFERENCES recipient (broadcast, user),
	FOREIGN KEY (choice) REFERENCES choice (id)
) COMMENT 'choices of the answer that counts now';

CREATE TABLE self_report (
	user	INT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL,
	safety	ENUM('safe', 'slight', 'serious') NOT NULL,
	coming	ENUM('now', 'later', 'no', 'unknown') NOT NULL,
	comment	VARCHAR(2000) NOT NULL DEFAULT '',
	PRIMARY KEY (user, at),
	KEY (at),
	FOREIGN KEY (user) REFERENCES user (id)
) COMMENT 'what a person reported without being asked (D1b)';

CREATE TABLE tally (
	broadcast INT UNSIGNED NOT NULL,
	grp	INT UNSIGNED NOT NULL COMMENT '0: everybody',
	kind	ENUM('asked', 'answered', 'choice', 'minute',
		     'region_asked', 'region_answered', 'coming') NOT NULL,
	item	INT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'choice id; minutes since 1970; prefecture as a number; coming: 1 unknown, 2 no, 3 yes, else the minute when he is there',
	people	INT NOT NULL,
	PRIMARY KEY (broadcast, grp, kind, item)
) COMMENT 'people in the group and below it, each counted once';

CREATE TABLE tally_state (
	broadcast INT UNSIGNED NOT NULL PRIMARY KEY,
	asked_to INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'recipients counted up to this user id',
	folded_at DATETIME(6) NOT NULL,
	stale	BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'groups changed: count anew',
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'its row is locked by who folds';

CREATE TABLE delivery (
	broadcast INT UNSIGNED NOT NULL PRIMARY KEY,
	messages INT UNSIGNED NOT NULL DEFAULT 0,
	handed	INT UNSIGNED NOT NULL DEFAULT 0,
	refused	INT UNSIGNED NOT NULL DEFAULT 0,
	cancelled INT UNSIGNED NOT NULL DEFAULT 0,
	accepted INT UNSIGNED NOT NULL DEFAULT 0,
	deferred INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'now',
	bounced	INT UNSIGNED NOT NULL DEFAULT 0,
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'counts of messages, kept by enqueue, deliver and follow-mail-log with their batches';

-- What became of it, from the mail log ---------------------------------------

CREATE TABLE log_place (
	name	VARCHAR(64) CHARACTER SET ascii NOT NULL PRIMARY KEY
		COMMENT 'the machine, whose log it is',
	inode	BIGINT UNSIGNED NOT NULL,
	place	BIGINT UNSIGNED NOT NULL COMMENT 'bytes read of it',
	read_at	DATETIME(6) NOT NULL
) COMMENT 'how far the mail log is read: moves in the transaction of what it said';

CREATE TABLE mail_queue (
	name	VARCHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'as in log_place',
	queue_id VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
		COMMENT 'long ones differ by case',
	message	BIGINT UNSIGNED NOT NULL COMMENT '0: not known yet, or none of ours',
	broadcast INT UNSIGNED NOT NULL COMMENT '0: likewise',
	user	INT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL,
	PRIMARY KEY (name, queue_id),
	KEY (at)
) COMMENT 'mails that Postfix still has, by its own id';

CREATE TABLE carrier (
	broadcast INT UNSIGNED NOT NULL,
	class	VARCHAR(16) CHARACTER SET ascii NOT NULL COMMENT 'as in address',
	counted	VARCHAR(80) CHARACTER SET ascii NOT NULL
		COMMENT 'the counters of its delivery when this was counted',
	messages INT UNSIGNED NOT NULL,
	waiting	INT UNSIGNED NOT NULL,
	handed	INT UNSIGNED NOT NULL COMMENT 'and not yet said what became of it',
	accepted INT UNSIGNED NOT NULL,
	deferred INT UNSIGNED NOT NULL,
	bounced	INT UNSIGNED NOT NULL COMMENT 'or refused by the relay',
	first_handed DATETIME(6) NULL,
	last_handed DATETIME(6) NULL,
	last_accepted DATETIME(6) NULL,
	PRIMARY KEY (broadcast, class),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'mails of a broadcast by the system that receives them (model/carrier)';

-- The clock against the promise ------------------------------------------------

CREATE TABLE clock (
	broadcast INT UNSIGNED NOT NULL PRIMARY KEY,
	event	BIGINT UNSIGNED NOT NULL,
	promise	ENUM('quick', 'full', 'other', 'missile', 'check', 'page') NOT NULL
		COMMENT 'P2, P3, P4, P5; own bars for checks and pages',
	occurred DATETIME(6) NULL,
	published DATETIME(6) NULL,
	fetched	DATETIME(6) NULL,
	prepared DATETIME(6) NULL,
	decided	DATETIME(6) NULL,
	enqueued DATETIME(6) NULL,
	first_handed DATETIME(6) NULL,
	last_handed DATETIME(6) NULL COMMENT 'NULL while some wait',
	first_accepted DATETIME(6) NULL,
	last_accepted DATETIME(6) NULL
		COMMENT 'of those that the receiver did not put off',
	starts_at DATETIME(6) NOT NULL COMMENT 'what the promise counts from',
	due_at	DATETIME(6) NOT NULL,
	verdict	ENUM('open', 'kept', 'late') NOT NULL,
	stage	ENUM('', 'published', 'fetched', 'prepared', 'decided', 'enqueued',
		     'handed', 'accepted') NOT NULL DEFAULT ''
		COMMENT 'late: the stage that was late',
	counted	INT UNSIGNED NOT NULL COMMENT 'sum of its counters when it was read',
	told	INT UNSIGNED NULL COMMENT 'broadcast that told of it; 0: nobody to tell',
	KEY (starts_at),
	KEY (event),
	KEY (verdict, told),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'one broadcast of an event, as keep-clock last found it (model/clock)';

CREATE TABLE clock_receiver (
	broadcast INT UNSIGNED NOT NULL,
	receiver ENUM('operator', 'system_admin', 'group_admin', 'reader', 'staff')
		NOT NULL,
	messages INT UNSIGNED NOT NULL,
	handed	INT UNSIGNED NOT NULL,
	accepted INT UNSIGNED NOT NULL,
	put_off	INT UNSIGNED NOT NULL COMMENT 'the receiver said later at least once',
	bounced	INT UNSIGNED NOT NULL,
	first_handed DATETIME(6) NULL,
	last_handed DATETIME(6) NULL,
	first_accepted DATETIME(6) NULL,
	last_accepted DATETIME(6) NULL,
	PRIMARY KEY (broadcast, receiver),
	FOREIGN KEY (broadcast) REFERENCES clock (broadcast)
) COMMENT 'the same by class of receiver';

-- Drills ---------------------------------------------------------------------

CREATE TABLE drill (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name	VARCHAR(100) NOT NULL,
	every	ENUM('once', 'week', 'month') NOT NULL,
	day	TINYINT UNSIGNED NOT NULL
		COMMENT 'week: 0 Sunday to 6; month: 1 to 28, 31 the last; once: 0',
	clock	CHAR(5) CHARACTER SET ascii NOT NULL COMMENT '"09:30", Japan time',
	within	SMALLINT UNSIGNED NOT NULL COMMENT 'minutes until receipt is missed',
	body	VARCHAR(2000) NOT NULL,
	active	BOOLEAN NOT NULL DEFAULT TRUE,
	next_at	DATETIME(6) NULL COMMENT 'NULL: none',
	version	INT UNSIGNED NOT NULL DEFAULT 1
		COMMENT 'raised by each change: a second browser is told',
	changed_at DATETIME(6) NOT NULL,
	changed_by INT UNSIGNED NOT NULL,
	KEY (active, next_at),
	FOREIGN KEY (changed_by) REFERENCES account (id)
) COMMENT 'training mail to named system admins, by schedule (M3)';

CREATE TABLE drill_member (
	drill	INT UNSIGNED NOT NULL,
	account	INT UNSIGNED NOT NULL,
	PRIMARY KEY (drill, account),
	FOREIGN KEY (drill) REFERENCES drill (id),
	FOREIGN KEY (account) REFERENCES account (id)
);

CREATE TABLE drill_run (
	broadcast INT UNSIGNED NOT NULL PRIMARY KEY
		COMMENT 'of kind drill; its answers are the receipts',
	drill	INT UNSIGNED NOT NULL,
	at	DATETIME(6) NOT NULL,
	due_at	DATETIME(6) NOT NULL,
	checked_at DATETIME(6) NULL COMMENT 'when receipts were counted, after due_at',
	missing	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'then',
	alarm	INT UNSIGNED NULL COMMENT 'broadcast that alarmed; 0: nobody to alarm',
	KEY (drill, at),
	KEY (at),
	KEY (checked_at, due_at),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id),
	FOREIGN KEY (drill) REFERENCES drill (id)
);

CREATE TABLE drill_reach (
	broadcast INT UNSIGNED NOT NULL,
	grp	INT UNSIGNED NOT NULL COMMENT '0: everybody',
	accepted INT UNSIGNED NOT NULL COMMENT 'people who have one mail of it',
	no_address INT UNSIGNED NOT NULL,
	bounced	INT UNSIGNED NOT NULL COMMENT 'or refused: no mail came through',
	waiting	INT UNSIGNED NOT NULL COMMENT 'neither yet',
	PRIMARY KEY (broadcast, grp),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'whom a full drill reached, those of groups below included (model/drill_report)';

CREATE TABLE drill_reach_state (
	broadcast INT UNSIGNED NOT NULL PRIMARY KEY,
	counted	BIGINT UNSIGNED NOT NULL COMMENT 'sum of its counters when it was read',
	counted_at DATETIME(6) NOT NULL,
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
);

-- Files ----------------------------------------------------------------------
--
-- A file becomes rows of import_row while it is read (addresses sealed in the
-- same breath), is compared with what is stored, shown to a person, and
-- applied in one transaction if what is stored is still what it was compared
-- with.  Rows go when the import ends; what it changed stays to be read.

CREATE TABLE import (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind	ENUM('groups', 'people', 'memberships', 'regions', 'addresses')
		NOT NULL,
	whole	BOOLEAN NOT NULL
		COMMENT 'what the file does not name is taken away',
	source	ENUM('screen', 'command', 'hr') NOT NULL,
	file	VARCHAR(200) NOT NULL COMMENT 'its name, for people',
	stamp	VARCHAR(14) CHARACTER SET ascii NOT NULL DEFAULT ''
		COMMENT 'hr: the time in its name, which orders them',
	encoding VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '',
	bytes	BIGINT UNSIGNED NOT NULL DEFAULT 0,
	sha256	BINARY(32) NULL,
	state	ENUM('reading', 'read', 'compared', 'confirmed', 'applied',
		     'refused', 'cancelled') NOT NULL
		COMMENT 'read and confirmed: run-imports takes it',
	reason	VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'why it stands where it does',
	total_rows INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'read so far, without head',
	added	INT UNSIGNED NOT NULL DEFAULT 0,
	changed	INT UNSIGNED NOT NULL DEFAULT 0,
	removed	INT UNSIGNED NOT NULL DEFAULT 0,
	refused	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'lines',
	warned	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'lines',
	difference BIGINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'checksum of the difference that was shown',
	account	INT UNSIGNED NULL,
	actor	VARCHAR(64) NOT NULL,
	confirmed_by VARCHAR(64) NOT NULL DEFAULT '',
	network	VARCHAR(45) CHARACTER SET ascii NOT NULL DEFAULT '',
	made_at	DATETIME(6) NOT NULL,
	moved_at DATETIME(6) NOT NULL COMMENT 'last sign of progress',
	ended_at DATETIME(6) NULL,
	emptied	BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'its rows are gone',
	KEY (state, id),
	KEY (source, kind, stamp),
	KEY (emptied, state)
);

CREATE TABLE import_row (
	import	INT UNSIGNED NOT NULL,
	item	VARCHAR(80) CHARACTER SET ascii NOT NULL
		COMMENT 'what the row is about: twice in a file is a fault',
	line	INT UNSIGNED NOT NULL,
	staff_no VARCHAR(32) CHARACTER SET ascii NULL,
	name	VARCHAR(100) NULL,
	kana	VARCHAR(100) NULL,
	lang	VARCHAR(2) NULL,
	state	VARCHAR(6) NULL,
	code	VARCHAR(32) CHARACTER SET ascii NULL COMMENT 'of group or region',
	parent	VARCHAR(32) CHARACTER SET ascii NULL,
	purpose	VARCHAR(6) NULL,
	place	TINYINT UNSIGNED NULL,
	sealed	VARBINARY(400) NULL,
	digest	BINARY(32) NULL COMMENT 'NULL with a domain: ***@domain',
	domain	VARCHAR(255) CHARACTER SET ascii NULL,
	class	VARCHAR(16) CHARACTER SET ascii NULL,
	gone	BOOLEAN NOT NULL,
	PRIMARY KEY (import, item, line)
) COMMENT 'rows of files, until applied; no foreign keys: they come by the million';

CREATE TABLE import_change (
	import	INT UNSIGNED NOT NULL,
	act	ENUM('added', 'changed', 'removed') NOT NULL,
	line	INT UNSIGNED NOT NULL COMMENT '0: not in the file',
	item	VARCHAR(80) CHARACTER SET ascii NOT NULL,
	thing	INT UNSIGNED NOT NULL
		COMMENT 'id of user, group or address; 0: not there yet',
	was	VARCHAR(450) NOT NULL COMMENT 'fields joined by U+001F',
	now	VARCHAR(450) NOT NULL,
	PRIMARY KEY (import, act, line, item)
) COMMENT 'what a file changes';

CREATE TABLE import_fault (
	id	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	import	INT UNSIGNED NOT NULL,
	kind	ENUM('refused', 'warned', 'moved') NOT NULL
		COMMENT 'moved: changed meanwhile by somebody else',
	line	INT UNSIGNED NOT NULL COMMENT '0: the file as a whole',
	field	VARCHAR(40) NOT NULL COMMENT 'its head',
	reason	VARCHAR(300) NOT NULL,
	mend	VARCHAR(300) NOT NULL,
	compared BOOLEAN NOT NULL COMMENT 'found by comparing, else by reading',
	KEY (import, kind, line, id),
	FOREIGN KEY (import) REFERENCES import (id)
) COMMENT 'what is wrong with a file, line by line; no address in it';

CREATE TABLE import_turn (
	id	TINYINT UNSIGNED NOT NULL PRIMARY KEY
) COMMENT 'its one row is locked by who applies: one at a time';

INSERT IGNORE INTO import_turn VALUES (1);

-- Coming in ------------------------------------------------------------------

CREATE TABLE post (
	id	INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	grp	INT UNSIGNED NOT NULL COMMENT 'the bureau it belongs to',
	name	VARCHAR(100) NOT NULL,
	needed	SMALLINT UNSIGNED NOT NULL COMMENT 'people that must be there',
	within	TINYINT UNSIGNED NOT NULL COMMENT 'hours until they must be there',
	version	INT UNSIGNED NOT NULL DEFAULT 1
		COMMENT 'raised by each change: who changed an older one is told',
	UNIQUE KEY (grp, name),
	FOREIGN KEY (grp) REFERENCES grp (id)
) COMMENT 'a duty that needs people after a disaster (B7)';

CREATE TABLE post_person (
	post	INT UNSIGNED NOT NULL,
	user	INT UNSIGNED NOT NULL,
	substitute BOOLEAN NOT NULL COMMENT 'asked if those named first do not suffice',
	PRIMARY KEY (post, user),
	KEY (user),
	FOREIGN KEY (post) REFERENCES post (id) ON DELETE CASCADE,
	FOREIGN KEY (user) REFERENCES user (id)
);

-- Audit ----------------------------------------------------------------------

CREATE TABLE audit (
	seq	BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	at	DATETIME(6) NOT NULL,
	account	INT UNSIGNED NULL,
	actor	VARCHAR(64) NOT NULL COMMENT 'login or program',
	network	VARCHAR(45) CHARACTER SET ascii NOT NULL DEFAULT '',
	action	VARCHAR(64) CHARACTER SET ascii NOT NULL,
	object	VARCHAR(100) NOT NULL DEFAULT '',
	people	INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'persons touched or shown',
	detail	VARCHAR(1000) NOT NULL DEFAULT '',
	whose	VARCHAR(20) AS
		(IF(SUBSTRING_INDEX(SUBSTRING_INDEX(object, ' ', -2), ' ', 1) = 'user',
		    LEFT(SUBSTRING_INDEX(object, ' ', -1), 20), NULL)) VIRTUAL INVISIBLE
		COMMENT 'the person, of an object that ends in "user 12"',
	KEY whose (whose, seq),
	KEY (at),
	KEY (account, at),
	KEY (actor, seq),
	KEY (action, at),
	KEY (object, seq)
) COMMENT 'who did or read what; programs may only insert (S6)';

CREATE TABLE reading_alarm (
	account	INT UNSIGNED NOT NULL,
	kind	ENUM('much', 'untimely') NOT NULL,
	at	DATETIME(6) NOT NULL,
	people	INT UNSIGNED NOT NULL COMMENT 'seen within the hour before',
	PRIMARY KEY (account, kind, at)
) COMMENT 'unusual reading that was told of (model/watch)';

CREATE TABLE evidence (
	n	BIGINT UNSIGNED NOT NULL PRIMARY KEY COMMENT '1, 2, 3, without a gap',
	at	DATETIME(6) NOT NULL COMMENT 'whole seconds',
	kind	ENUM('audit', 'broadcast', 'counts') NOT NULL,
	object	BIGINT UNSIGNED NOT NULL
		COMMENT 'audit: the last line; else the broadcast',
	document LONGTEXT NOT NULL COMMENT 'JSON, as it was sealed',
	sha256	BINARY(32) NOT NULL COMMENT 'of the document',
	previous BINARY(32) NOT NULL COMMENT 'hash of the record before',
	signature BINARY(64) NOT NULL COMMENT 'Ed25519; see base/chain.h',
	KEY (kind, object, n),
	KEY (kind, at)
) COMMENT 'what can be proven later; seal-audit adds, nobody changes (B11)';

-- Settings that are there from the start --------------------------------------

INSERT INTO rule (name, kind, rank, purposes, action, subject, body) VALUES
	('震度5強以上の安否確認', 'quake', 6, 'work,home', 'prepare',
	 '【安否確認】{place} 最大震度{level}',
	 '{time}ごろ、{place}で地震があり、最大震度{level}を観測しました。\nあなたの安否と登庁の可否を、下のページで回答してください。\nこのメールを読んだだけでは回答になりません。');

INSERT INTO broadcast_template (kind, name, form, changed_at) VALUES
	('text', '安否確認（標準）',
	 'kind=safety&subject=%E3%80%90%E5%AE%89%E5%90%A6%E7%A2%BA%E8%AA%8D%E3%80%91&body=%E3%81%82%E3%81%AA%E3%81%9F%E3%81%AE%E5%AE%89%E5%90%A6%E3%81%A8%E7%99%BB%E5%BA%81%E3%81%AE%E5%8F%AF%E5%90%A6%E3%82%92%E3%80%81%E4%B8%8B%E3%81%AE%E3%83%9A%E3%83%BC%E3%82%B8%E3%81%A7%E5%9B%9E%E7%AD%94%E3%81%97%E3%81%A6%E3%81%8F%E3%81%A0%E3%81%95%E3%81%84%E3%80%82&questions=safety',
	 UTC_TIMESTAMP(6)),
	('questions', '参集の見込み',
	 'questions=own&q1=%E5%8F%82%E9%9B%86%E3%81%A7%E3%81%8D%E3%81%BE%E3%81%99%E3%81%8B&k1=single&c1=%E2%97%8B%E3%81%A7%E3%81%8D%E3%82%8B%0A%E2%9C%95%E3%81%A7%E3%81%8D%E3%81%AA%E3%81%84&q2=%E5%88%B0%E7%9D%80%E3%81%A7%E3%81%8D%E3%82%8B%E6%99%82%E5%88%BB&k2=time&o2=yes&q3=%E4%BA%A4%E9%80%9A%E6%89%8B%E6%AE%B5&k3=text&o3=yes',
	 UTC_TIMESTAMP(6));
