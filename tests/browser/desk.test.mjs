// The operator's desk: who is paged, two who look at once, what was decided and
// what came after, on paper too; the duty list and the feeds.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { build, fits, folder, isGood, logIn, loginOf, open, phone, run, shoot,
	sql, test, url } from './anpi.mjs'

const root = new URL('../..', import.meta.url).pathname
// What other tests left must not make aftershocks of these.
sql("REPLACE INTO setting VALUES ('aftershock.hours', '0')")
let events = Date.now() * 10 + 5 // 14 digits, as JMA's keys
let second = 0

// Takes the intensity-7 quake as issued ten minutes ago; a change is made to
// its text.  Gives the event's id.
function take(key, change = text => text) {
	const dir = mkdtempSync(`${tmpdir()}/anpi-browser-`)
	const file = `${dir}/telegram.xml`
	const at = new Date(Date.now() - 600000 + 1000 * second++)
	const text = readFileSync(`${root}tests/data/jma/quake7_VXSE53.xml`, 'utf8')
		.replace(/<EventID>[^<]*/, `<EventID>${key}`)
		.replace(/<DateTime>[^<]*/,
			`<DateTime>${at.toISOString().slice(0, 19)}Z`)

	writeFileSync(file, change(text))
	const out = execFileSync(`${build}/bin/anpictl`,
		['ingest', '--json', file], { encoding: 'utf8',
			env: { ...process.env, ANPI_CONF: `${folder}/etc` },
			stdio: ['ignore', 'pipe', 'ignore'] })
	rmSync(dir, { recursive: true })
	return JSON.parse(out)[0].event
}

// A second operator, in a browser of his own.
async function another(context) {
	const other = await context.browser().newContext({
		ignoreHTTPSErrors: true })
	const page = await other.newPage()
	const { login, password } = loginOf('operator')

	await open(page, '/login')
	await page.getByLabel('ログイン名').fill(login.replace(/1$/, '2'))
	await page.getByLabel('パスワード').fill(password)
	await page.getByRole('button', { name: 'ログイン' }).click()
	await page.getByRole('button', { name: 'ログアウト' }).waitFor()
	return page
}

async function quickly(page) {
	await page.addInitScript(() => {
		const every = window.setInterval
		window.setInterval = (fn) => every(fn, 200)
	})
}

test('two who look see each other, and what the other decided',
	async (page, context) => {
		const id = take(events++)
		const other = await another(context)

		await quickly(page)
		await logIn(page, 'operator')
		await open(page, `/events/${id}`)
		await isGood(page)
		await shoot(page, 'desk-waiting')
		assert.equal(await page.getByText('が確認中です').count(), 0)
		// Somebody reads what the mail says: that stays as it is.
		await page.getByText('メール見本').click()
		await open(other, `/events/${id}`)
		await page.getByText(/運用者 2さん（.* から）が確認中です/).waitFor()
		await other.getByRole('link', { name: '送らない' }).click()
		await other.getByRole('button', { name: '誤報' }).click()
		await page.locator('#watch').getByText('却下').waitFor()
		assert.ok(await page.getByText('【安否確認】').first().isVisible())
		await page.getByRole('link', { name: '送らない' }).click()
		await page.waitForURL(`${url}/events/${id}`)
		await page.getByText('判断の記録').waitFor()
		await other.context().close()
	})

test('decided, revised, and on paper', async page => {
	const key = events++
	const id = take(key)

	await logIn(page, 'operator')
	await open(page, `/events/${id}/confirm`)
	await page.getByLabel('送る人数を入力してください')
		.fill(await page.locator('.figure').first().innerText())
	await page.getByRole('button', { name: '人に送る' }).click()
	await page.waitForURL(`${url}/events/${id}`)
	await page.getByText('判断のあと、発表の内容は変わっていません').waitFor()
	take(key, text => text.replace('>7.3<', '>7.6<')
		.replace(/<MaxInt>2</g, '<MaxInt>3<'))
	await open(page, `/events/${id}`)
	await page.getByText('判断のあとに改められたこと').waitFor()
	await page.getByRole('rowheader', { name: '山形県、富山県' }).waitFor()
	await page.getByText('似た過去の事象と判断').waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'desk-decided')
	// On paper: nothing to press, tables as tables, black on white.
	await page.emulateMedia({ media: 'print' })
	await page.setViewportSize({ width: 718, height: 1000 })
	for (const gone of ['header.top', '.actions', 'form', '.button'])
		for (const e of await page.locator(gone).all())
			assert.equal(await e.isVisible(), false, gone)
	// All at once: the page may be renewed meanwhile.
	assert.deepEqual(await page.locator('table.cards tr').evaluateAll(
		list => [...new Set(list.filter(e => e.checkVisibility())
			.map(e => getComputedStyle(e).display))]), ['table-row'])
	for (const part of ['body', '.panel', '.status', '.quiet-text', 'td'])
		for (const color of await page.locator(part).evaluateAll(
			list => list.map(e => getComputedStyle(e).color)))
			assert.equal(color, 'rgb(0, 0, 0)', part)
	assert.ok(await page.getByText(/^印刷 /).isVisible())
	await fits(page, { width: 718, height: 1000 })
	if (process.env.ANPI_SHOTS)
		await page.pdf({ path: `${process.env.ANPI_SHOTS}/desk.pdf`,
			format: 'A4' }).catch(() => {})
	await shoot(page, 'desk-paper')
})

test('the duty list', async page => {
	sql('DELETE FROM duty')
	await logIn(page, 'system_admin')
	await open(page, '/settings')
	await page.getByRole('link', { name: '当番表' }).click()
	await page.getByText('当番表は空です').waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'duty')
	await page.getByLabel('運用者 1', { exact: true }).fill('99')
	await page.getByRole('button', { name: 'この当番表にする' }).click()
	await page.getByRole('alert').waitFor()
	await isGood(page)
	assert.equal(await page.getByLabel('運用者 1', { exact: true })
		.inputValue(), '99')
	await page.getByLabel('運用者 1', { exact: true }).fill('1')
	await page.getByLabel('運用者 2', { exact: true }).fill('２')
	await page.getByRole('button', { name: 'この当番表にする' }).click()
	await page.getByText('当番表を変えました').waitFor()
	await isGood(page)
	await shoot(page, 'duty-saved')
	assert.equal(await page.getByLabel('運用者 2', { exact: true })
		.inputValue(), '2')
	assert.equal(sql('SELECT GROUP_CONCAT(step ORDER BY step) FROM duty'),
		'1,2')
})

test('who was paged, and what goes by itself', async page => {
	sql("REPLACE INTO duty SELECT id, 1 + (login LIKE '%2') FROM account " +
		"WHERE login IN ('operator01', 'operator02')")
	const id = take(events++)

	sql("REPLACE INTO setting VALUES ('decide.self', '60')")
	await logIn(page, 'operator')
	await open(page, `/events/${id}`)
	await page.getByText('に呼び出します').waitFor()
	await page.getByText('それまでに判断がなければ').waitFor()
	await isGood(page)
	await shoot(page, 'desk-paged')
	await open(page, '/events')
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'desk-queue')
	sql("DELETE FROM setting WHERE name IN ('decide.self', " +
		"'aftershock.hours'); DELETE FROM duty")
})

test('the feeds', async page => {
	sql(`INSERT INTO feed (url, good_at, known_at, silent_at, status)
		VALUES ('http://127.0.0.1:1/x.xml',
		'2026-01-01', '2026-01-01', '2026-01-01',
		'答えがありません（つながらない、または時間切れ）。')`)
	await logIn(page, 'operator')
	await open(page, '/events/feeds')
	await page.getByText('当番に知らせた：').waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'desk-feeds')
	sql("DELETE FROM feed WHERE url = 'http://127.0.0.1:1/x.xml'")
})

await run()
