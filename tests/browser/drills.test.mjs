// Drills: a schedule made on a phone, receipts, the report of a full drill.
import assert from 'node:assert/strict'
import { fits, isGood, logIn, open, phone, run, shoot, sql, test } from './anpi.mjs'

// A system admin who is somebody, and two full drills of long ago.
const [run_, full] = sql(`
	UPDATE account SET user = (SELECT MIN(id) FROM user WHERE state = 'active')
		WHERE role = 'system_admin' AND user IS NULL
		ORDER BY id LIMIT 1;
	SET @a = (SELECT MIN(id) FROM account WHERE role = 'system_admin'
		AND user IS NOT NULL);
	SET @q = UTC_TIMESTAMP() - INTERVAL 60 DAY;
	INSERT INTO drill (name, every, day, clock, within, body, active,
		changed_at, changed_by) VALUES ('毎月の受信確認', 'month', 31,
		'09:30', 30, 'x', FALSE, @q, @a);
	SET @d = LAST_INSERT_ID();
	INSERT INTO drill_member (drill, account) VALUES (@d, @a);
	INSERT INTO broadcast (kind, subject, body, state, expected, recipients,
		enqueued_to, made_at, confirmed_at) VALUES ('drill',
		'毎月の受信確認', '', 'closed', 2, 2, 9999, @q, @q);
	SET @r = LAST_INSERT_ID();
	INSERT INTO recipient (broadcast, user) SELECT @r, user FROM account
		WHERE id = @a;
	INSERT IGNORE INTO recipient (broadcast, user) SELECT @r, MAX(id)
		FROM user WHERE state = 'active';
	INSERT INTO answer (broadcast, user, at, channel, choices, folded)
		SELECT @r, user, @q + INTERVAL 4 MINUTE, 'link', '', TRUE
		FROM account WHERE id = @a;
	INSERT INTO drill_run (broadcast, drill, at, due_at, checked_at, missing,
		alarm) VALUES (@r, @d, @q, @q + INTERVAL 30 MINUTE,
		@q + INTERVAL 30 MINUTE, 1, 0);
	INSERT INTO broadcast (kind, subject, body, state, made_at, confirmed_at)
		VALUES ('drill', '春の全体訓練', '', 'closed',
		@q - INTERVAL 90 DAY, @q - INTERVAL 90 DAY);
	SET @last = LAST_INSERT_ID();
	INSERT INTO broadcast (kind, subject, body, state, made_at, confirmed_at)
		VALUES ('drill', '秋の全体訓練', '', 'sent', @q, @q);
	SET @full = LAST_INSERT_ID();
	INSERT INTO delivery (broadcast, messages, handed, accepted) VALUES
		(@r, 2, 2, 2), (@last, 100, 100, 100), (@full, 100, 100, 95);
	INSERT INTO tally (broadcast, grp, kind, item, people)
		SELECT b.id, g.id, 'asked', 0, 100 FROM broadcast b
		JOIN (SELECT 0 AS id UNION SELECT id FROM grp WHERE parent = 1) g
		WHERE b.id IN (@last, @full);
	INSERT INTO tally (broadcast, grp, kind, item, people)
		SELECT broadcast, grp, 'answered', 0, 80 FROM tally
		WHERE broadcast IN (@last, @full) AND kind = 'asked';
	SET @m = FLOOR(UNIX_TIMESTAMP(@q) / 60);
	INSERT INTO tally (broadcast, grp, kind, item, people)
		SELECT t.broadcast, t.grp, 'minute', IF(t.broadcast = @full, @m,
		@m - 90 * 1440) + s.n * IF(t.broadcast = @full, 3, 4), 20
		FROM tally t JOIN (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2
		UNION SELECT 3) s WHERE t.broadcast IN (@last, @full)
		AND t.kind = 'asked';
	INSERT INTO drill_reach (broadcast, grp, accepted, no_address, bounced,
		waiting) SELECT broadcast, grp, 91, 4, 3, 2 FROM tally
		WHERE broadcast = @full AND kind = 'asked';
	INSERT INTO drill_reach_state VALUES (@full, 0, @q);
	SELECT CONCAT_WS(' ', @r, @full)`).split('\n').pop().split(' ')

test('a schedule made on a phone, with a mistake', async page => {
	await logIn(page, 'system_admin')
	await page.setViewportSize(phone)
	await open(page, '/drills')
	await isGood(page)
	await shoot(page, 'drills')
	await page.getByRole('link', { name: '訓練メールの予定を作る' }).click()
	await isGood(page)
	await shoot(page, 'drill')
	await page.getByLabel('件名').fill('週はじめの確認 𠮷')
	await page.getByLabel('毎週', { exact: true }).check()
	await page.getByLabel('送る', { exact: true }).check()
	await page.getByRole('button', { name: '保存する' }).click()
	await page.getByRole('alert').getByText('宛先').waitFor()
	await isGood(page)
	assert.equal(await page.getByLabel('件名').inputValue(),
		'週はじめの確認 𠮷')
	await page.locator('input[name=members]').first().check()
	await page.getByRole('button', { name: '保存する' }).click()
	await page.getByRole('alert').getByText('曜日を選んで').waitFor()
	assert.ok(await page.locator('input[name=members]').first().isChecked())
	await page.getByLabel(/曜日/).selectOption({ label: '月曜日' })
	await page.getByRole('button', { name: '保存する' }).click()
	await page.getByText('予定を保存しました').waitFor()
	await page.getByText('毎週月曜日 09:30').first().waitFor()
	await isGood(page)
	await page.getByRole('link', { name: '週はじめの確認 𠮷' }).first().click()
	assert.ok(await page.getByLabel('毎週', { exact: true }).isChecked())
	assert.ok(await page.locator('input[name=members]').first().isChecked())
	await isGood(page)
})

test('who confirmed receipt', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/drills/runs/${run_}`)
	await page.getByText('訓練です').first().waitFor()
	await page.getByText('未確認の人から').waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'drill-run')
})

test('the report of a full drill, for an operator', async page => {
	await logIn(page, 'operator')
	await open(page, '/drills')
	await page.getByRole('link', { name: '秋の全体訓練' }).first().click()
	await page.getByRole('heading', { name: '秋の全体訓練 の報告' }).waitFor()
	await page.getByText('3分早い').first().waitFor()
	assert.equal(await page.getByRole('link', { name: '未回答の人を見る' })
		.count(), 0)
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'drill-report')
	const [file] = await Promise.all([page.waitForEvent('download'),
		page.getByRole('link', { name: 'CSVで保存する' }).click()])
	assert.match(file.suggestedFilename(), /^anpi-drill-\d+\.csv$/)
	assert.equal(file.suggestedFilename(), `anpi-drill-${full}.csv`)
})

await run()
