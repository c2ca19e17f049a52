// The operator's queue: from a prepared check to the clock, with and without
// script, on a phone too.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { build, fits, folder, isGood, logIn, narrow, open, phone, run, shoot, sql,
	test, url } from './anpi.mjs'

const root = new URL('../..', import.meta.url).pathname

let events = Date.now() * 10 // 14 digits, as JMA's keys

function anpictl(...args) {
	return execFileSync(`${build}/bin/anpictl`, args, { encoding: 'utf8',
		env: { ...process.env, ANPI_CONF: `${folder}/etc` },
		stdio: ['ignore', 'pipe', 'ignore'] })
}

// Takes a fixture as of an event of its own, that occurred so many seconds ago
// if given; gives the event's id.
function take(fixture, ago) {
	const key = events++
	const dir = mkdtempSync(`${tmpdir()}/anpi-browser-`)
	const file = `${dir}/${fixture}.xml`
	const text = readFileSync(`${root}tests/data/jma/${fixture}.xml`, 'utf8')

	const at = ago && new Date(Date.now() - 1000 * ago).toISOString()
	writeFileSync(file, text.replace(/<EventID>[^<]*/, `<EventID>${key}`)
		.replace(/<OriginTime>[^<]*/, was =>
			ago ? `<OriginTime>${at.slice(0, 19)}Z` : was))
	const out = anpictl('ingest', '--json', file)
	rmSync(dir, { recursive: true })
	return JSON.parse(out)[0].event
}

function field(id, column) {
	return sql(`SELECT ${column} FROM event WHERE id = ${id}`)
}

test('an event below the level has nothing to decide', async page => {
	const id = take('ishikawa_VXSE53')

	await logIn(page, 'operator')
	await open(page, `/events/${id}`)
	await isGood(page)
	assert.equal(await page.getByText('人に送る').count(), 0)
	assert.equal(await page.getByText('準備していません').count(), 1)
})

test('from the queue to the clock', async page => {
	const id = take('quake7_VXSE53')

	await logIn(page, 'operator')
	await open(page, '/events')
	await isGood(page)
	assert.match(await page.locator('h1').innerText(), /判断待ち \d+ 件/)
	const check = page.locator(`article[aria-labelledby="event-${id}"]`)
	const people = await check.locator('.figure').innerText()
	await check.getByText('メール見本').click()
	assert.ok(await check.getByText('【安否確認】').isVisible())
	await check.getByRole('link', { name: `${people} 人に送る` }).click()

	await page.waitForURL(`${url}/events/${id}/confirm`)
	await isGood(page)
	await shoot(page, 'events-confirm')
	await page.getByLabel('送る人数を入力してください').fill('1')
	await page.getByRole('button', { name: '人に送る' }).click()
	await page.getByText('人数が違います').first().waitFor()
	assert.equal(field(id, 'state'), 'prepared')
	await isGood(page)

	await page.getByLabel('送る人数を入力してください').fill(people)
	await page.getByRole('button', { name: '人に送る' }).click()
	await page.waitForURL(`${url}/events/${id}`)
	assert.equal(field(id, 'state'), 'sent')
	await isGood(page)
	await shoot(page, 'events-sent')
	for (const word of ['発生', '発表', '受信', '判断'])
		assert.ok(await page.locator('.clock').getByText(word).count() > 0,
			word)
	assert.ok(await page.getByText('送った安否確認').isVisible())
})

test('in words of his own, and the unanswered again', async page => {
	const id = take('quake7_VXSE53')

	await logIn(page, 'operator')
	await open(page, `/events/${id}/confirm`)
	const people = await page.locator('.figure').first().innerText()
	await page.getByText('文面を直す').click()
	await page.getByLabel('件名').fill('')
	await page.getByLabel('本文').fill('{name}さん、\n無事ですか')
	await page.getByLabel('送る人数を入力してください').fill(people)
	await page.getByRole('button', { name: '人に送る' }).click()
	await page.getByRole('alert').waitFor()
	await isGood(page)
	await fits(page, narrow)
	await page.getByLabel('件名').fill('安否を知らせてください')
	await page.getByRole('button', { name: '見本を見る' }).click()
	await page.getByText('（受け取る人の氏名）さん、').waitFor()
	assert.equal(await page.getByLabel('送る人数を入力してください')
		.inputValue(), people)
	await isGood(page)
	await shoot(page, 'events-words')
	await page.getByRole('button', { name: '人に送る' }).click()
	await page.waitForURL(`${url}/events/${id}`)
	assert.equal(sql(`SELECT CONCAT(subject, '/', body) FROM broadcast
		WHERE event = ${id} AND kind = 'safety'`),
		'安否を知らせてください/{name}さん、\\n無事ですか')
	const again = page.getByRole('link', { name: 'にもう一度送る' })
	for (let i = 0; i < 60 && await again.count() === 0; i++) {
		await page.waitForTimeout(500)
		await open(page, `/events/${id}`)
	}
	await again.click()
	await isGood(page)
	await fits(page, narrow)
	await shoot(page, 'events-again')
	await page.getByLabel('この人数を入力すると送れます')
		.fill(await page.locator('.figure').first().innerText())
	await page.getByRole('button', { name: 'もう一度送る' }).click()
	await page.waitForURL(`${url}/events/${id}`)
	await page.getByText('未回答の人への再送').waitFor()
	await isGood(page)
})

test('an aftershock: what it changed, and why it is folded', async page => {
	// What other tests left must not be the main shock.
	sql(`UPDATE event SET closed_at = UTC_TIMESTAMP(6)
		WHERE kind = 'quake' AND closed_at IS NULL`)
	const main = take('quake7_VXSE53', 60)

	anpictl('confirm', String(main))
	// As if less had been known then.
	sql(`UPDATE event_region SET decided_rank = IF(region = '12', 0, 7)
		WHERE event = ${main} AND decided_rank > 6`)
	const after = take('quake7_VXSE53', 30)
	assert.equal(field(after, 'parent'), String(main))
	await logIn(page, 'operator')
	await open(page, `/events/${main}`)
	const row = page.locator(`tr:has(a[href="/events/${after}"])`)
	assert.match(await row.last().innerText(), /前より強い\s*東京都/)
	assert.match(await row.last().innerText(), /新しい地域\s*千葉県/)
	await isGood(page)
	await fits(page, narrow)
	await shoot(page, 'events-aftershocks')
	await open(page, `/events/${after}`)
	await page.getByRole('link', { name: 'まとめる' }).click()
	await isGood(page)
	await fits(page, narrow)
	await shoot(page, 'events-fold')
	await page.getByRole('button', { name: 'この理由でまとめる' }).click()
	await page.getByRole('alert').waitFor()
	assert.equal(field(after, 'state'), 'prepared')
	await page.getByRole('button', { name: '前の安否確認で足りる' }).click()
	await page.waitForURL(`${url}/events/${after}`)
	assert.equal(field(after, 'reason'), '前の安否確認で足りる')
})

test('rejected by one press, and taken up again', async page => {
	const id = take('ishikawa_VXSE53_correction')

	await logIn(page, 'operator')
	await open(page, `/events/${id}`)
	await page.getByRole('link', { name: '送らない' }).click()
	await isGood(page)
	await shoot(page, 'events-reject')
	await page.getByRole('button', { name: '誤報' }).click()
	await page.waitForURL(`${url}/events/${id}`)
	assert.equal(field(id, 'state'), 'rejected')
	assert.equal(field(id, 'reason'), '誤報')
	await isGood(page)
	await page.getByRole('button', { name: '判断待ちにする' }).click()
	await page.waitForURL(`${url}/events/${id}`)
	assert.equal(field(id, 'state'), 'prepared')
})

test('who else looks is shown', async (page, context) => {
	const id = take('ishikawa_VXSE53_correction')
	const other = await context.browser().newContext({
		ignoreHTTPSErrors: true })
	const second = await other.newPage()

	await logIn(second, 'system_admin')
	await open(second, `/events/${id}`)
	await logIn(page, 'operator')
	await open(page, `/events/${id}`)
	assert.equal(await page.getByText('が確認中です').count(), 1)
	await other.close()
})

test('the queue shows what is new by itself', async page => {
	await logIn(page, 'operator')
	await page.addInitScript(() => {
		const every = window.setInterval
		window.setInterval = (fn) => every(fn, 200)
	})
	await open(page, '/events')
	const id = take('ishikawa_VXSE53_correction')
	await page.locator(`article[aria-labelledby="event-${id}"]`).waitFor()
})

test('a queue that is not renewed says so', async page => {
	await logIn(page, 'operator')
	await page.addInitScript(() => {
		const every = window.setInterval
		window.setInterval = (fn) => every(fn, 200)
	})
	await open(page, '/events')
	await page.context().clearCookies()
	await page.getByText('自動更新が止まっています').waitFor()
})

test('a drill cannot be mistaken', async page => {
	const id = take('drill_VXSE53')

	await logIn(page, 'operator')
	await open(page, `/events/${id}`)
	await isGood(page)
	assert.ok(await page.locator('.drill-band').isVisible())
})

test('on a phone the press is on the first screens', async page => {
	take('ishikawa_VXSE53_correction')
	await page.setViewportSize(phone)
	await logIn(page, 'operator')
	await open(page, '/events')
	await fits(page, narrow)
	await shoot(page, 'events-queue')
	const box = await page.getByRole('link', { name: '人に送る' }).first()
		.boundingBox()
	assert.ok(box.y + box.height < phone.height * 1.2, `at ${box.y}`)
	assert.ok(box.height >= 48)
})

await run()
