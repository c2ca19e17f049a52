-- What became of mails, the clock against the promise, drills.
-- Harmless on a database that has it all.  Source: P2 to P6, M1, M3, B1, B8.

ALTER TABLE stage
	MODIFY name ENUM('occurred', 'published', 'fetched', 'prepared', 'decided',
		     'enqueued', 'first_handed', 'last_handed',
		     'first_accepted', 'last_accepted') NOT NULL;

ALTER TABLE message
	ADD COLUMN IF NOT EXISTS fate
		ENUM('', 'accepted', 'deferred', 'bounced') NOT NULL DEFAULT ''
		COMMENT 'what became of it at the receiver (model/fate)',
	ADD COLUMN IF NOT EXISTS fate_at DATETIME(6) NULL,
	ADD COLUMN IF NOT EXISTS deferrals SMALLINT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'how often the receiver said later',
	ADD COLUMN IF NOT EXISTS cause
		ENUM('', 'unknown', 'full', 'filtered', 'throttled',
		     'unreachable', 'ours', 'other') NOT NULL DEFAULT ''
		COMMENT 'why it was deferred or bounced',
	ADD COLUMN IF NOT EXISTS fate_status VARCHAR(200) NOT NULL DEFAULT ''
		COMMENT 'host and words of the receiver, without addresses';

ALTER TABLE delivery
	ADD COLUMN IF NOT EXISTS accepted INT UNSIGNED NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS deferred INT UNSIGNED NOT NULL DEFAULT 0
		COMMENT 'now',
	ADD COLUMN IF NOT EXISTS bounced INT UNSIGNED NOT NULL DEFAULT 0,
	COMMENT 'counts of messages, kept by enqueue, deliver and follow-mail-log with their batches';

ALTER TABLE broadcast
	ADD KEY IF NOT EXISTS made_at (made_at);

CREATE TABLE IF NOT EXISTS log_place (
	name	VARCHAR(64) CHARACTER SET ascii NOT NULL PRIMARY KEY
		COMMENT 'the machine, whose log it is',
	inode	BIGINT UNSIGNED NOT NULL,
	place	BIGINT UNSIGNED NOT NULL COMMENT 'bytes read of it',
	read_at	DATETIME(6) NOT NULL
) COMMENT 'how far the mail log is read: moves in the transaction of what it said';

CREATE TABLE IF NOT EXISTS mail_queue (
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

CREATE TABLE IF NOT EXISTS clock (
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

CREATE TABLE IF NOT EXISTS clock_receiver (
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

CREATE TABLE IF NOT EXISTS drill (
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

CREATE TABLE IF NOT EXISTS drill_member (
	drill	INT UNSIGNED NOT NULL,
	account	INT UNSIGNED NOT NULL,
	PRIMARY KEY (drill, account),
	FOREIGN KEY (drill) REFERENCES drill (id),
	FOREIGN KEY (account) REFERENCES account (id)
);

CREATE TABLE IF NOT EXISTS drill_run (
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

CREATE TABLE IF NOT EXISTS drill_reach (
	broadcast INT UNSIGNED NOT NULL,
	grp	INT UNSIGNED NOT NULL COMMENT '0: everybody',
	accepted INT UNSIGNED NOT NULL COMMENT 'people who have one mail of it',
	no_address INT UNSIGNED NOT NULL,
	bounced	INT UNSIGNED NOT NULL COMMENT 'or refused: no mail came through',
	waiting	INT UNSIGNED NOT NULL COMMENT 'neither yet',
	PRIMARY KEY (broadcast, grp),
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
) COMMENT 'whom a full drill reached, those of groups below included (model/drill_report)';

CREATE TABLE IF NOT EXISTS drill_reach_state (
	broadcast INT UNSIGNED NOT NULL PRIMARY KEY,
	counted	BIGINT UNSIGNED NOT NULL COMMENT 'sum of its counters when it was read',
	counted_at DATETIME(6) NOT NULL,
	FOREIGN KEY (broadcast) REFERENCES broadcast (id)
);
