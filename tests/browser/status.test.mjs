// How the product itself does: reached by the menu, worst first, on a screen
// and on a phone.
import assert from 'node:assert/strict'
import { fits, isGood, logIn, open, phone, run, shoot, sql, test, url, wide } from './anpi.mjs'

// An event that waits for a decision is worth a look.
sql(`INSERT INTO event (kind, event_key, state, title, made_at) VALUES
	('other', 'browser-status', 'prepared', '稼働の試験',
	UTC_TIMESTAMP(6) - INTERVAL 7 MINUTE)`)

async function look(page) {
	await isGood(page)
	await page.setViewportSize(phone)
	await isGood(page)
	await fits(page, phone)
	await page.setViewportSize(wide)
}

test('an operator: what needs him stands above what is good', async page => {
	await logIn(page, 'operator')
	await page.getByRole('link', { name: '稼働状況', exact: true }).click()
	await page.getByRole('heading', { name: '稼働状況' }).waitFor()
	const rows = await page.locator('tbody tr').evaluateAll(list =>
		list.map(r => r.className))
	const rank = { bad: 0, warn: 1, good: 2 }
	assert.deepEqual(rows, [...rows].sort((a, b) => rank[a] - rank[b]))
	assert.ok(rows.includes('warn') && rows.includes('good'))
	const row = page.getByRole('row', { name: /判断を待つ災害事象/ })
	await row.getByText('注意').waitFor()
	await row.getByText(/最も古いもの：\d+/).waitFor()
	await look(page)
	await shoot(page, 'status')
	await row.getByRole('link', { name: '画面を開く' }).click()
	await page.waitForURL(`${url}/events`)
})

test('an auditor: sees it, and no way to where he may not go', async page => {
	await logIn(page, 'auditor')
	await page.getByRole('link', { name: '稼働状況', exact: true }).click()
	await page.getByRole('row', { name: /判断を待つ災害事象/ }).waitFor()
	assert.equal(await page.getByRole('link', { name: '画面を開く' }).count(), 0)
	await look(page)
	await page.getByRole('link', { name: '調べ直す' }).click()
	await page.getByRole('heading', { name: '稼働状況' }).waitFor()
})

test('a group admin: neither the entry nor the page', async page => {
	await logIn(page, 'group_admin')
	assert.equal(await page.getByRole('link', { name: '稼働状況' }).count(), 0)
	const response = await open(page, '/status')
	assert.equal(response.status(), 403)
})

await run()
sql(`DELETE FROM event WHERE event_key = 'browser-status'`)
