// Rules and an event made by hand, by a person: with script and without, on a
// phone too; and what a page of a tsunami looks like.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { build, folder, isGood, logIn, open, phone, run, shoot, sql, test, url,
	wide } from './anpi.mjs'

const root = new URL('../..', import.meta.url).pathname

function take(fixture) {
	const dir = mkdtempSync(`${tmpdir()}/anpi-browser-`)
	const file = `${dir}/telegram.xml`
	const text = readFileSync(`${root}tests/data/jma/${fixture}.xml`, 'utf8')

	writeFileSync(file, text.replace(/<EventID>[^<]*/,
		`<EventID>${Date.now() * 10}`))
	const out = execFileSync(`${build}/bin/anpictl`,
		['ingest', '--json', file], { encoding: 'utf8',
			env: { ...process.env, ANPI_CONF: `${folder}/etc` },
			stdio: ['ignore', 'pipe', 'ignore'] })
	rmSync(dir, { recursive: true })
	return JSON.parse(out)[0].event
}

// Nothing for axe to say, wide and on a phone, and nothing to scroll sideways.
async function look(page, name) {
	await isGood(page)
	await shoot(page, name)
	await page.setViewportSize(phone)
	await isGood(page)
	await page.setViewportSize(wide)
}

test('a tsunami in words and areas', async page => {
	const id = take('sanriku_VTSE41')

	await logIn(page, 'operator')
	await open(page, `/events/${id}`)
	assert.equal(await page.getByText('■ 大津波警報').count(), 1)
	await look(page, 'events-tsunami')
	await open(page, '/events?kind=tsunami')
	await look(page, 'events-list')
	await open(page, '/events/telegrams')
	await look(page, 'events-telegrams')
	await open(page, '/events/feeds')
	await look(page, 'events-feeds')
	await open(page, `/events/${id}`)
	await page.getByText('この事象を終了にする').click()
	await page.getByRole('button', { name: '終了にする' }).click()
	await page.getByText('に終了しました').waitFor()
	assert.equal(sql(`SELECT state FROM event WHERE id = ${id}`), 'closed')
})

test('a missile by hand, in two presses', async page => {
	await logIn(page, 'operator')
	await open(page, '/events')
	await page.getByRole('link', { name: '手で事象を作る' }).click()
	await look(page, 'declare')
	await page.getByRole('button', { name: '対象の人数を確かめる' }).click()
	await page.getByText('入力を直してください').waitFor()
	await isGood(page)
	await page.getByRole('radio', { name: 'ミサイル' }).check()
	await page.getByLabel('東京都', { exact: true }).check()
	await page.getByRole('button', { name: '対象の人数を確かめる' }).click()
	await page.getByText('まだ何も作っていません').waitFor()
	await look(page, 'declare-check')
	const people = await page.locator('.figure').innerText()

	await page.getByRole('button', { name: '事象を作る' }).click()
	await page.waitForURL(/\/events\/\d+$/)
	assert.equal(await page.locator('.figure').innerText(), people)
	await look(page, 'declare-made')
	await open(page, '/events')
	assert.match(await page.locator('article h2').first().innerText(),
		/ミサイル/)
	await look(page, 'events-queue-missile')
	sql("UPDATE event SET state = 'rejected' WHERE kind = 'missile'")
	sql('UPDATE event_region SET decided_rank = rank')
})

test('rules: read, write, switch', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/rules')
	await look(page, 'rules')
	await page.getByRole('link', { name: '津波（注意報以上）' }).click()
	await look(page, 'rule')
	await page.getByLabel('件名').fill('{nothing}')
	await page.getByRole('button', { name: 'この条件にする' }).click()
	await page.getByText('{nothing} は使えません').first().waitFor()
	await look(page, 'rule-fault')
	await page.getByLabel('件名').fill('【津波】{level} {prefectures}')
	await page.getByRole('button', { name: 'この条件にする' }).click()
	await page.waitForURL(`${url}/rules`)
	await page.getByRole('button', { name: '「台風」を切にする' }).click()
	await page.getByRole('button', { name: '「台風」を入にする' }).waitFor()
	await isGood(page)
	await page.getByRole('button', { name: '「台風」を入にする' }).click()
	await page.getByRole('button', { name: '「台風」を切にする' }).waitFor()
})

await run()
