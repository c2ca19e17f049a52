-- A safety check of everybody, half an hour old, asked again ten minutes ago,
-- with answers of about 70 in 100 that nobody has counted yet; and a drill of
-- one in ten.  For tests/system/dashboard.test and for looking at.
-- At once, as enqueue does it: a tool that counts meanwhile must not find a
-- broadcast whose people are not there yet.
START TRANSACTION;
SET @now = UTC_TIMESTAMP(6), @from = UTC_TIMESTAMP(6) - INTERVAL 30 MINUTE;

INSERT INTO event (kind, event_key, state, title, occurred_at, made_at)
	VALUES ('quake', UUID(), 'sent', '東京湾の地震 最大震度6強', @from, @from);
SET @event = LAST_INSERT_ID();
INSERT INTO broadcast (event, kind, subject, body, state, recipients,
		       enqueued_to, made_at, confirmed_at)
	SELECT @event, 'safety', '【安否確認】東京湾 最大震度6強', '', 'sent',
	       COUNT(*), MAX(id), @from, @from FROM user;
SET @b = LAST_INSERT_ID();
INSERT INTO recipient (broadcast, user) SELECT @b, id FROM user;
INSERT INTO question (broadcast, place, text) VALUES (@b, 1, '安否');
SET @safe = LAST_INSERT_ID();
INSERT INTO question (broadcast, place, text) VALUES (@b, 2, '登庁');
SET @come = LAST_INSERT_ID();
INSERT INTO choice (question, place, mark, text) VALUES
	(@safe, 1, 'good', '無事'), (@safe, 2, 'warn', '軽傷'),
	(@safe, 3, 'bad', '重傷'), (@come, 1, '', 'すぐ登庁できる'),
	(@come, 2, '', '2時間以内'), (@come, 3, '', '登庁できない');
SET @c = (SELECT MIN(id) FROM choice WHERE question = @safe);

INSERT INTO broadcast (event, kind, subject, body, state, retry_of,
		       recipients, enqueued_to, made_at, confirmed_at)
	SELECT @event, 'safety', '再送', '', 'sent', @b, COUNT(*) DIV 2,
	       MAX(id), @now, @now - INTERVAL 10 MINUTE FROM user;
SET @again = LAST_INSERT_ID();
INSERT INTO delivery (broadcast, messages, handed, refused, cancelled,
		      accepted, deferred, bounced)
	SELECT @b, COUNT(*), COUNT(*) - 35, 12, 0, COUNT(*) - 90, 25, 30
	  FROM address WHERE place = 1;
INSERT INTO delivery (broadcast, messages, handed, refused, cancelled,
		      accepted, deferred, bounced)
	SELECT @again, COUNT(*) DIV 2, COUNT(*) DIV 2 - 10, 3, 7,
	       COUNT(*) DIV 2 - 20, 4, 5
	  FROM address WHERE place = 1;

INSERT INTO answer (broadcast, user, at, channel, choices)
	SELECT @b, id,
	       @from + INTERVAL 10 + POW(id * 7919 MOD 1009, 2) / 600 SECOND,
	       'link',
	       CONCAT(@c + CASE WHEN id MOD 97 = 0 THEN 2
				WHEN id MOD 23 = 0 THEN 1 ELSE 0 END,
		      ',', @c + 3 + id * 31 MOD 3)
	  FROM user WHERE id * 7919 MOD 101 < 40 + id MOD 60;

INSERT INTO broadcast (kind, subject, body, state, recipients, enqueued_to,
		       made_at, confirmed_at)
	SELECT 'drill', '【訓練】総合防災訓練', '', 'sending', COUNT(*), MAX(id),
	       @now, @now FROM user WHERE id MOD 10 = 0;
SET @drill = LAST_INSERT_ID();
INSERT INTO recipient (broadcast, user)
	SELECT @drill, id FROM user WHERE id MOD 10 = 0;
INSERT INTO question (broadcast, place, kind, text)
	VALUES (@drill, 1, 'multiple', '使える連絡手段');
INSERT INTO choice (question, place, text)
	SELECT LAST_INSERT_ID(), 1, '電話' UNION
	SELECT LAST_INSERT_ID(), 2, 'メール' UNION
	SELECT LAST_INSERT_ID(), 3, '無線';
INSERT INTO answer (broadcast, user, at, channel, choices)
	SELECT @drill, r.user, @now, 'link', GROUP_CONCAT(c.id ORDER BY c.id)
	  FROM recipient r JOIN question q ON q.broadcast = r.broadcast
	  JOIN choice c ON c.question = q.id
	 WHERE r.broadcast = @drill AND (r.user + c.place) MOD 3 > 0
	   AND r.user MOD 4 > 0
	 GROUP BY r.user;
COMMIT;
SELECT @b, @again, @drill;
