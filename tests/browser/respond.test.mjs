// The answer page and the self-report, as a phone shows them: 240 to 400
// pixels, without script and without cookies.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { build, folder, fits, isGood, open, run, shoot, sql, test, url, wide }
	from './anpi.mjs'

const id = 17031
const old = { width: 240, height: 320 }
const small = { width: 360, height: 640 }

function link(...words) {
	return execFileSync(`${build}/system/link`, words.map(String),
		{ encoding: 'utf8', env: { ...process.env,
			ANPI_CONF: `${folder}/etc` } }).trim()
}

function makeBroadcast(kind) {
	sql(`DELETE FROM answer_choice WHERE broadcast = ${id};
		DELETE FROM answer WHERE broadcast = ${id};
		UPDATE recipient SET answered_at = NULL, first_at = NULL
			WHERE broadcast = ${id};
		DELETE FROM self_report;
		INSERT IGNORE INTO event (id, kind, event_key, state, title,
			occurred_at, made_at) VALUES (${id}, 'quake', 't${id}', 'sent',
			'能登半島沖で震度6強の地震', UTC_TIMESTAMP(), UTC_TIMESTAMP());
		INSERT IGNORE INTO broadcast (id, event, kind, subject, body, state,
			made_at) VALUES (${id}, ${id}, '${kind}', '【安否確認】', '',
			'sent', UTC_TIMESTAMP());
		UPDATE broadcast SET kind = '${kind}' WHERE id = ${id};
		INSERT IGNORE INTO question (id, broadcast, place, text, text_en)
			VALUES (${id}1, ${id}, 1, '安否', 'How are you?'),
			(${id}2, ${id}, 2, '登庁', 'Can you come to the office?');
		INSERT IGNORE INTO choice (id, question, place, mark, text, text_en)
			VALUES (${id}11, ${id}1, 1, 'good', '無事', 'Safe'),
			(${id}12, ${id}1, 2, 'warn', '軽傷', 'Slightly injured'),
			(${id}13, ${id}1, 3, 'bad', '重傷', 'Seriously injured'),
			(${id}21, ${id}2, 1, '', '登庁できる', 'Yes'),
			(${id}22, ${id}2, 2, '', '登庁できない', 'No');
		INSERT IGNORE INTO recipient (broadcast, user, why)
			SELECT ${id}, id, '13' FROM user WHERE id <= 50`)
	link('snapshot', id)
}

async function isGoodForPhones(page, name) {
	await isGood(page)
	await fits(page, old)
	await fits(page, small)
	await shoot(page, name)
	await page.setViewportSize(old)
	if (process.env.ANPI_SHOTS)
		await page.screenshot({ fullPage: true,
			path: `${process.env.ANPI_SHOTS}/${name}-old.png` })
	const low = await page.evaluate(() =>
		[...document.querySelectorAll('fieldset label, button, .button')]
			.filter(e => !e.hidden && e.getBoundingClientRect().height < 48)
			.map(e => e.textContent))
	assert.deepEqual(low, [], 'lower than 48 pixels')
	await page.setViewportSize(wide)
}

makeBroadcast('safety')

test('the form is good, and nothing is chosen', async page => {
	await open(page, link('r', id, 1))
	await isGoodForPhones(page, 'respond')
	assert.equal(await page.locator('input:checked:visible').count(), 0)
	await open(page, `${link('r', id, 1)}?lang=en`)
	await isGoodForPhones(page, 'respond-en')
})

test('one choice out of the mail', async page => {
	await open(page, `${link('r', id, 1)}?c=${id}12`)
	await isGoodForPhones(page, 'respond-offered')
	await page.getByText('登庁できる', { exact: true }).click()
	await page.getByRole('button', { name: '「軽傷」と送信する' }).click()
	await page.getByText('受け取りました').waitFor()
	assert.equal(sql(`SELECT choices FROM answer WHERE broadcast = ${id}
		AND user = 1`), `${id}12,${id}21`)
})

test('a fault keeps what was chosen, then it is taken', async page => {
	await open(page, link('r', id, 2))
	await page.getByText('無事').click()
	await page.getByRole('textbox').fill('自宅にいます')
	await page.getByRole('button', { name: '送信する' }).click()
	await page.getByText('まだ受け取っていません').waitFor()
	await isGoodForPhones(page, 'respond-fault')
	assert.ok(await page.getByLabel('無事').isChecked())
	await page.getByText('登庁できる', { exact: true }).click()
	await page.getByRole('button', { name: '送信する' }).click()
	await page.getByText('受け取りました').waitFor()
	await isGoodForPhones(page, 'respond-received')
	await page.getByRole('link', { name: '直す' }).click()
	assert.ok(await page.getByLabel('無事').isChecked())
	assert.equal(await page.getByRole('textbox').inputValue(),
		'自宅にいます')
})

test('without script and cookies', async page => {
	const context = await page.context().browser().newContext({
		javaScriptEnabled: false, ignoreHTTPSErrors: true, viewport: small })
	const bare = await context.newPage()

	await bare.goto(url + link('r', id, 3))
	await bare.getByText('重傷').click()
	await bare.getByText('登庁できない').click()
	await bare.getByRole('button', { name: '送信する' }).click()
	await bare.getByText('受け取りました').waitFor()
	assert.equal((await context.cookies()).length, 0)
	await context.close()
})

test('by keys alone', async page => {
	await open(page, link('r', id, 4))
	await page.keyboard.press('Tab')
	await page.keyboard.press('Space')
	await page.keyboard.press('Tab')
	await page.keyboard.press('Space')
	await page.keyboard.press('Tab')
	await page.keyboard.press('Tab')
	await page.keyboard.press('Enter')
	await page.getByText('受け取りました').waitFor()
})

test('the first visit is small', async page => {
	let bytes = 0
	const client = await page.context().newCDPSession(page)

	await client.send('Network.enable')
	client.on('Network.loadingFinished', e => {
		bytes += e.encodedDataLength
	})
	await open(page, link('r', id, 5))
	await page.waitForLoadState('networkidle')
	assert.ok(bytes > 0 && bytes < 15 * 1024, `${bytes} bytes`)
})

test('wrong, old and closed links', async page => {
	await open(page, `${link('r', id, 5).slice(0, -2)}AA`)
	await isGoodForPhones(page, 'respond-forged')
	await open(page, link('r', id, 5, 9))
	await isGoodForPhones(page, 'respond-revoked')
})

test('a report of one\'s own', async page => {
	await open(page, link('s', 6))
	await isGoodForPhones(page, 'self-report')
	await page.getByText('無事').click()
	await page.getByText('すぐ登庁できる').click()
	await page.getByRole('button', { name: '送信する' }).click()
	await page.getByText('受け取りました').waitFor()
	await isGoodForPhones(page, 'self-report-received')
})

test('a drill cannot be mistaken', async page => {
	makeBroadcast('drill')
	await page.waitForTimeout(1100)
	await open(page, link('r', id, 7))
	assert.match(await page.title(), /^【訓練】/)
	await isGoodForPhones(page, 'respond-drill')
})

await run()
