// The clock of events: a month, an event, on a screen and on a phone.
import assert from 'node:assert/strict'
import { fits, isGood, logIn, open, phone, run, shoot, sql, test } from './anpi.mjs'

// Made so long ago that keep-clock leaves them alone.
const [event, kept, late, month] = sql(`
	SET @q = UTC_TIMESTAMP() - INTERVAL 40 DAY;
	INSERT INTO event (kind, event_key, state, title, occurred_at, made_at)
		VALUES ('quake', 'browser-clock', 'recorded',
		'石川県能登地方 M7.1 最大震度6強', @q, @q);
	SET @e = LAST_INSERT_ID();
	INSERT INTO broadcast (event, kind, subject, body, state, made_at)
		VALUES (@e, 'info', '【地震速報】石川県 震度6強', '', 'sent', @q);
	SET @kept = LAST_INSERT_ID();
	INSERT INTO broadcast (event, kind, subject, body, state, made_at)
		VALUES (@e, 'info', '【地震情報】能登半島沖', '', 'sent', @q);
	SET @late = LAST_INSERT_ID();
	INSERT INTO delivery (broadcast) VALUES (@kept), (@late);
	INSERT INTO clock (broadcast, event, promise, occurred, published, fetched,
		prepared, enqueued, first_handed, last_handed, first_accepted,
		last_accepted, starts_at, due_at, verdict, stage, counted) VALUES
		(@kept, @e, 'quick', @q, @q + INTERVAL 78 SECOND,
		@q + INTERVAL 82 SECOND, @q + INTERVAL 82 SECOND,
		@q + INTERVAL 83 SECOND, @q + INTERVAL 84 SECOND,
		@q + INTERVAL 86 SECOND, @q + INTERVAL 85 SECOND,
		@q + INTERVAL 102 SECOND, @q, @q + INTERVAL 180 SECOND, 'kept',
		'', 0),
		(@late, @e, 'full', @q, @q + INTERVAL 300 SECOND,
		@q + INTERVAL 1000 SECOND, @q + INTERVAL 1001 SECOND,
		@q + INTERVAL 1002 SECOND, @q + INTERVAL 1003 SECOND,
		@q + INTERVAL 1009 SECOND, @q + INTERVAL 1004 SECOND,
		@q + INTERVAL 1012 SECOND, @q + INTERVAL 300 SECOND,
		@q + INTERVAL 900 SECOND, 'late', 'fetched', 0);
	INSERT INTO clock_receiver (broadcast, receiver, messages, handed, accepted,
		put_off, bounced, first_handed, last_handed, first_accepted,
		last_accepted) SELECT c.broadcast, r.word, 250, 250, 247, 2, 1,
		c.first_handed, c.last_handed, c.first_accepted, c.last_accepted
		FROM clock c JOIN (SELECT 'operator' AS word UNION
		SELECT 'system_admin' UNION SELECT 'group_admin' UNION
		SELECT 'reader' UNION SELECT 'staff') r WHERE c.event = @e;
	SELECT CONCAT_WS(' ', @e, @kept, @late, DATE_FORMAT(@q +
		INTERVAL 9 HOUR, '%Y-%m'))`).split('\n').pop().split(' ')

test('a month: what was late stands out, and leads to its event', async page => {
	await logIn(page, 'operator')
	await page.getByRole('link', { name: '時計', exact: true }).click()
	await page.getByLabel('年月').selectOption(month)
	await page.getByRole('button', { name: '表示する' }).click()
	await page.getByRole('heading', { name: '配信の時計' }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'clock')
	await page.getByLabel('表示', { exact: true }).selectOption('late')
	await page.getByRole('button', { name: '表示する' }).click()
	await page.locator(`tbody a[href="/clock/${event}#c${late}"]`).waitFor()
	assert.equal(await page.locator(
		`tbody a[href="/clock/${event}#c${kept}"]`).count(), 0)
	await page.locator(`tbody a[href="/clock/${event}#c${late}"]`).click()
	await page.getByText('受信が遅れました').waitFor()
})

test('an event: the time that matters, stages, classes of receivers', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/clock/${event}`)
	await page.getByText('1分42秒').first().waitFor()
	assert.equal(await page.locator('section.panel').count(), 2)
	await page.getByRole('rowheader', { name: '情報の指定読者' })
		.first().waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'clock-event')
	await page.getByRole('link', { name: 'この事象へ' }).click()
	await page.getByRole('link', { name: /時計と約束/ }).click()
	await page.getByRole('heading', { name: /の時計/ }).waitFor()
})

test('a month without anything, and a month that is none', async page => {
	await logIn(page, 'operator')
	await open(page, '/clock?month=2001-01')
	await page.getByText('この月に、災害についての配信はありません').waitFor()
	await isGood(page)
	await open(page, '/clock?month=x')
	await page.getByRole('alert').getByText('年月を選び直して').waitFor()
	await isGood(page)
})

await run()
