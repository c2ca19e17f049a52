// Rules against days of the past, by a person: with script and without, on a
// phone too.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { build, folder, isGood, logIn, open, phone, run, shoot, sql, test,
	wide } from './anpi.mjs'

const sequence = new URL('../data/sequence/', import.meta.url).pathname

// The telegrams of a large quake, as old as they are: nobody is mailed.
function storeDay() {
	const files = readdirSync(sequence).sort().map(f => sequence + f)

	execFileSync(`${build}/bin/anpictl`, ['ingest', '--json', ...files],
		{ env: { ...process.env, ANPI_CONF: `${folder}/etc` },
			stdio: 'ignore' })
	sql(`UPDATE event SET state = 'rejected' WHERE state = 'prepared'
		AND event_key LIKE '20260206%'`)
	sql(`UPDATE event_region SET decided_rank = GREATEST(rank, top_rank)`)
}

async function look(page, name) {
	await isGood(page)
	await shoot(page, name)
	await page.setViewportSize(phone)
	await isGood(page)
	await page.setViewportSize(wide)
}

test('rules as they stand, and switched otherwise', async page => {
	storeDay()
	await logIn(page, 'system_admin')
	await open(page, '/rules')
	await page.getByRole('link', { name: '過去の日で試す' }).click()
	await look(page, 'rules-try')
	await page.getByLabel('試す日').fill('2026-02-06')
	await page.getByRole('button', { name: 'この日で試す' }).click()
	await page.getByText('だれにも配信していません').waitFor()
	assert.ok(Number(await page.locator('.figure').innerText()) > 0)
	await look(page, 'rules-tried')
	await page.getByText('条件の入・切を変えて試す').click()
	await page.getByRole('checkbox', { name: /震度5強以上の安否確認/ })
		.uncheck()
	await page.getByRole('checkbox', { name: /当番の呼び出し（地震）/ })
		.uncheck()
	await page.getByRole('button', { name: 'この日で試す' }).click()
	await page.getByText('いまと違う').first().waitFor()
	assert.equal(await page.getByText('安否確認を準備').count(), 0)
	await page.goBack()
	await page.getByText('安否確認を準備').first().waitFor()
	await open(page, '/rules/try?from=2026-02-06&to=2026-05-01')
	await page.getByText('7 日間まで').first().waitFor()
	await look(page, 'rules-try-fault')
})

test('a rule that is being written', async page => {
	const before = sql('SELECT COUNT(*) FROM rule')

	await logIn(page, 'system_admin')
	await open(page, '/rules/new')
	await page.getByText('保存する前に、過去の日で試す').click()
	await page.getByLabel('名前', { exact: true }).fill('試しの条件')
	await page.getByRole('button', { name: '保存せずに試す' }).click()
	await page.getByText('入力を直してください').waitFor()
	assert.equal(await page.getByLabel('名前', { exact: true })
		.inputValue(), '試しの条件')
	await page.getByLabel('種類').selectOption('tsunami')
	await page.getByLabel('段階', { exact: true }).selectOption('h5')
	await page.getByLabel('区域の名前').fill('石川能登')
	await page.getByRole('radio', { name: '情報をすぐ配信する' }).check()
	await page.getByRole('radio', { name: '全員' }).check()
	await page.getByLabel('件名').fill('{title}')
	await page.getByLabel('本文').fill('{words}')
	await page.getByLabel('試す日').fill('2026-02-06')
	await page.getByRole('button', { name: '保存せずに試す' }).click()
	await page.getByText('近い名前：石川県能登').first().waitFor()
	await look(page, 'rule-area-fault')
	await page.getByLabel('区域の名前').fill('石川県能登')
	await page.getByRole('button', { name: '保存せずに試す' }).click()
	await page.getByText('まだ保存していません').waitFor()
	await page.getByRole('cell', { name: /大津波警報 石川県/ }).first()
		.waitFor()
	await look(page, 'rule-tried')
	assert.equal(sql('SELECT COUNT(*) FROM rule'), before)
})

await run()
