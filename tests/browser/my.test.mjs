// A person's own pages on a phone, and what admins see of addresses: good for
// axe at 1280 and 360 pixels; the card's code is read by a program that reads
// codes.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { build, folder, fits, isGood, logIn, narrow, open, phone, run, shoot,
	sql, test, url, wide } from './anpi.mjs'

const user = 41

function link(...words) {
	return execFileSync(`${build}/system/link`, words.map(String),
		{ encoding: 'utf8', env: { ...process.env,
			ANPI_CONF: `${folder}/etc` } }).trim()
}

async function isGoodEverywhere(page, name) {
	for (const size of [wide, phone]) {
		await page.setViewportSize(size)
		await isGood(page)
	}
	await fits(page, narrow)
	await shoot(page, name)
	const low = await page.evaluate(() =>
		[...document.querySelectorAll('main button, main .button, main select')]
			.filter(e => e.getBoundingClientRect().height < 44)
			.map(e => e.textContent))
	assert.deepEqual(low, [], 'lower than 44 pixels')
	await page.setViewportSize(wide)
}

test('asking for the link', async page => {
	await open(page, '/m/')
	await isGoodEverywhere(page, 'my-ask')
	await page.getByLabel('職員番号').fill('1000041')
	await page.getByRole('button').click()
	await page.getByText('受け付けました').waitFor()
	await isGoodEverywhere(page, 'my-asked')
	await open(page, '/m/?lang=en')
	await isGoodEverywhere(page, 'my-ask-en')
	await page.getByLabel('Staff number').fill('')
	await page.getByRole('button').click()
	await page.getByText('Please enter your staff number').waitFor()
	await isGoodEverywhere(page, 'my-ask-fault')
})

test('addresses: a slip, a new one, removing', async page => {
	sql(`DELETE FROM new_address; DELETE FROM link_mail;
		UPDATE address SET state = 'filtered' WHERE user = ${user}`)
	await page.setViewportSize(phone)
	await open(page, link('m', user))
	await isGoodEverywhere(page, 'my')
	await page.getByLabel('アドレスを追加する').fill('taro@docomo.co.jp')
	await page.getByRole('button', { name: '追加する' }).click()
	await page.getByText('もしかして').waitFor()
	await isGoodEverywhere(page, 'my-hint')
	await page.getByLabel('アドレスを追加する').fill('abc')
	await page.getByRole('button', { name: '追加する' }).click()
	await page.getByText('メールアドレスとして読めません').waitFor()
	await isGoodEverywhere(page, 'my-fault')
	await page.getByLabel('アドレスを追加する').fill('t..x.@docomo.example')
	await page.getByRole('button', { name: '追加する' }).click()
	await page.getByText('確認のメールを送りました').waitFor()
	await isGoodEverywhere(page, 'my-added')
	await page.getByRole('button', { name: '削除' }).first().click()
	await page.getByText('削除する').waitFor()
	await isGoodEverywhere(page, 'my-remove')
	sql(`UPDATE address SET state = 'confirmed' WHERE user = ${user}`)
})

test('a region, without script', async page => {
	const context = await page.context().browser().newContext({
		javaScriptEnabled: false, ignoreHTTPSErrors: true, viewport: phone })
	const bare = await context.newPage()

	sql(`DELETE FROM user_region WHERE user = ${user} AND origin = 'self'`)
	await bare.goto(url + link('m', user))
	await bare.getByLabel('目的').selectOption('family')
	await bare.getByLabel('都道府県').selectOption('17')
	await bare.getByRole('button', { name: '市区町村へ進む' }).click()
	await bare.getByLabel('市区町村').selectOption('17204')
	await bare.getByRole('button', { name: 'この市区町村を登録する' }).click()
	await bare.getByText('地域を登録しました').waitFor()
	assert.equal(sql(`SELECT purpose FROM user_region WHERE user = ${user}
		AND region = '17204'`), 'family')
	assert.equal((await context.cookies()).length, 0)
	await context.close()
	await open(page, `${link('m', user)}/region?purpose=home&prefecture=13`)
	await isGoodEverywhere(page, 'my-region')
})

test('the card: drawn, printed, read', async page => {
	const shots = mkdtempSync(`${tmpdir()}/anpi-card-`)
	const read = file => execFileSync('zbarimg', ['-q', '--raw', file],
		{ encoding: 'utf8' }).trim()

	sql(`DELETE FROM card WHERE user = ${user}`)
	await open(page, `${link('m', user)}/card`)
	await isGoodEverywhere(page, 'my-card-none')
	await page.getByRole('button', { name: 'カードを作る' }).click()
	await page.locator('.qr').waitFor()
	await isGoodEverywhere(page, 'my-card')
	await page.locator('.card').screenshot({ path: `${shots}/card.png` })
	assert.equal(read(`${shots}/card.png`), url + link('s', user))
	await page.emulateMedia({ media: 'print' })
	const box = await page.locator('.card').boundingBox()
	assert.ok(Math.abs(box.width - 91 / 25.4 * 96) < 2, `wide ${box.width}`)
	assert.ok(Math.abs(box.height - 55 / 25.4 * 96) < 2, `high ${box.height}`)
	assert.ok(await page.locator('.card').evaluate(e =>
		e.scrollHeight <= e.clientHeight + 1), 'nothing is cut off')
	assert.equal(await page.locator('button:visible').count(), 0)
	const card = process.env.ANPI_SHOTS ?? shots
	await page.screenshot({ path: `${card}/my-card-print.png` })
	assert.equal(read(`${card}/my-card-print.png`), url + link('s', user))
	await page.emulateMedia({ media: 'screen' })
	// What the code leads to is the report of this person.
	await open(page, read(`${shots}/card.png`).slice(url.length))
	await page.getByRole('heading', { name: '安否の自主報告' }).waitFor()
	rmSync(shots, { recursive: true })
})

test('English', async page => {
	sql(`UPDATE user SET lang = 'en' WHERE id = ${user}`)
	await open(page, link('m', user))
	await isGoodEverywhere(page, 'my-en')
	await open(page, `${link('m', user)}/card`)
	await isGoodEverywhere(page, 'my-card-en')
	await page.emulateMedia({ media: 'print' })
	assert.ok(await page.locator('.card').evaluate(e =>
		e.scrollHeight <= e.clientHeight + 1), 'nothing is cut off')
	sql(`UPDATE user SET lang = 'ja' WHERE id = ${user}`)
})

test('confirming, and links that are none', async page => {
	const id = sql(`SELECT id FROM address WHERE user = ${user} LIMIT 1`)

	sql(`INSERT INTO link_mail (kind, user, address, state, made_at, due_at)
		VALUES ('check_address', ${user}, ${id}, 'handed', UTC_TIMESTAMP(6),
		UTC_TIMESTAMP(6));
		UPDATE address SET state = 'unknown' WHERE id = ${id}`)
	await open(page, link('a', id, user))
	await isGoodEverywhere(page, 'my-confirm')
	await page.getByRole('button', { name: '届いています' }).click()
	await page.getByText('確認しました').waitFor()
	await isGoodEverywhere(page, 'my-confirmed')
	await open(page, `${link('m', user).slice(0, -2)}AA`)
	await isGoodEverywhere(page, 'my-forged')
	await open(page, link('m', user, 0, 0))
	await isGoodEverywhere(page, 'my-expired')
})

test('admins: addresses, people, readiness', async page => {
	await logIn(page, 'system_admin')
	sql(`UPDATE address SET state = 'dead' WHERE user = 42;
		UPDATE coverage_group SET counted_at = '2000-01-01'`)
	await page.waitForFunction(async () =>
		/宛先なし [1-9]/.test(await (await fetch('/addresses')).text()))
	await page.getByRole('link', { name: 'アドレス', exact: true }).click()
	await isGoodEverywhere(page, 'addresses')
	await page.getByRole('button', { name: '確認メールを送る' }).click()
	await page.getByText('人数が違います').first().waitFor()
	await isGoodEverywhere(page, 'addresses-fault')
	await page.getByRole('link', { name: /宛先なし/ }).click()
	await isGoodEverywhere(page, 'addresses-people')
	await page.getByRole('link', { name: '備え（部局別）' }).click()
	await isGoodEverywhere(page, 'readiness')
	sql(`UPDATE address SET state = 'confirmed' WHERE user = 42`)
})

await run()
