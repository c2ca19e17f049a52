// The dashboard: whole without script, live with it, good on every width.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fits, isGood, logIn, narrow, open, phone, run, shoot, sql, test }
	from './anpi.mjs'

const [check, again, drill] = sql(readFileSync(
	new URL('../system/dashboard.sql', import.meta.url), 'utf8')).split(/\s+/)
const update = 5000 // milliseconds after which the page asks again
const patience = 60000 // milliseconds, on a busy machine

// The big number of a broadcast.
function unanswered(page, id = check) {
	return page.locator('.unanswered')
		.locator(`[data-live="broadcasts/${id}/unanswered"]`)
}

async function number(locator) {
	return Number((await locator.innerText()).replaceAll(',', ''))
}

// One more person answers the check.
function answer() {
	sql(`INSERT INTO answer (broadcast, user, at, channel, choices)
		SELECT r.broadcast, MIN(r.user), UTC_TIMESTAMP(6), 'link',
		(SELECT MIN(c.id) FROM choice c JOIN question q
			ON q.id = c.question WHERE q.broadcast = ${check})
		FROM recipient r WHERE r.broadcast = ${check} AND NOT EXISTS
		(SELECT 1 FROM answer a WHERE a.broadcast = r.broadcast
			AND a.user = r.user) GROUP BY r.broadcast`)
}

async function becomes(locator, value) {
	const end = Date.now() + patience

	while (Date.now() < end && await number(locator) !== value)
		await locator.page().waitForTimeout(200)
	assert.equal(await number(locator), value)
}

test('the open broadcasts', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/')
	await page.getByRole('link', { name: '【訓練】総合防災訓練', exact: true })
		.first().waitFor()
	assert.ok(await number(unanswered(page)) > 0)
	await isGood(page)
	await shoot(page, 'dashboard')
})

test('one broadcast, all of it open', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/?broadcast=${check}`)
	assert.equal(await page.locator('.tile').count(), 47)
	await page.locator('details').evaluateAll(all => {
		all.forEach(e => { e.open = true })
	})
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'dashboard-broadcast')
})

test('a drill is seen to be one', async page => {
	await logIn(page, 'operator')
	await open(page, `/?broadcast=${drill}`)
	await page.locator('.drill-band').waitFor()
	assert.equal(await page.locator('a[href*="/answers"]').count(), 0)
	await isGood(page)
	await shoot(page, 'dashboard-drill')
})

test('down to a group, up again, back; all in the address', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/?broadcast=${check}`)
	const link = page.locator('.groups tbody th a').first()
	const name = await link.innerText()
	await link.click()
	await page.getByRole('heading', { level: 1, name }).waitFor()
	assert.match(page.url(), /group=\d+/)
	await isGood(page)
	await page.getByRole('navigation', { name: '現在の位置' })
		.getByRole('link', { name: '全体' }).click()
	await page.getByRole('heading', { level: 1, name: '全体' }).waitFor()
	await page.goBack()
	await page.getByRole('heading', { level: 1, name }).waitFor()
})

test('a group admin begins in his own group', async page => {
	await logIn(page, 'group_admin')
	await open(page, `/?broadcast=${again}`)
	const name = sql(`SELECT g.name FROM grp g JOIN grp_admin a ON a.grp = g.id
		JOIN account c ON c.id = a.account WHERE c.role = 'group_admin'
		ORDER BY c.id LIMIT 1`)
	await page.getByRole('heading', { level: 1, name }).waitFor()
	await isGood(page)
})

test('an answer changes the number in place', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/?broadcast=${check}`)
	const before = await number(unanswered(page))
	const rows = page.locator('.groups tbody th')
	const order = await rows.allInnerTexts()
	await page.evaluate(() => { window.mark = 'same page' })
	answer()
	await becomes(unanswered(page), before - 1)
	assert.equal(await page.evaluate(() => window.mark), 'same page')
	assert.deepEqual(await rows.allInnerTexts(), order)
	assert.match(await page.locator('#live-age').innerText(), /秒前/)
})

test('a number that changes stays a way to its people', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/?broadcast=${check}`)
	// The next to answer is the first: his group, or one above it.
	const group = sql(`SELECT p.ancestor FROM grp_member m
		JOIN grp_path p ON p.descendant = m.grp
		JOIN grp g ON g.id = p.ancestor
		JOIN grp top ON top.id = g.parent AND top.parent IS NULL
		WHERE m.user = (SELECT MIN(r.user) FROM recipient r
			WHERE r.broadcast = ${check} AND NOT EXISTS
			(SELECT 1 FROM answer a WHERE a.broadcast = r.broadcast
				AND a.user = r.user)) LIMIT 1`)
	const figure = page.locator(`[data-live="groups/${group}/unanswered"]`)
	const link = page.locator('a', { has: figure })
	const before = await number(figure)

	await link.focus()
	answer()
	await becomes(figure, before - 1)
	assert.ok(await link.evaluate(e => e === document.activeElement))
	await page.keyboard.press('Enter')
	await page.locator('.of .figure').waitFor()
	assert.equal(await number(page.locator('.of .figure')), before - 1)
})

test('paused it stays, and goes on when told', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/?broadcast=${check}`)
	const before = await number(unanswered(page))
	await page.getByRole('button', { name: '自動更新を止める' }).click()
	assert.equal(await page.getByRole('status').innerText(),
		'自動更新を止めました。')
	answer()
	await page.waitForTimeout(update * 1.2)
	assert.equal(await number(unanswered(page)), before)
	await page.getByRole('button', { name: '自動更新を再開する' }).click()
	await becomes(unanswered(page), before - 1)
})

test('what fails is said', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/?broadcast=${check}`)
	await page.route('**/dashboard.json*', route => route.abort())
	await page.getByText('更新できません').waitFor()
	await page.unroute('**/dashboard.json*')
	await page.getByText('更新できません').waitFor({ state: 'hidden' })
})

test('whole without script', async (page, context) => {
	await logIn(page, 'system_admin')
	const plain = await context.browser().newContext({
		ignoreHTTPSErrors: true, javaScriptEnabled: false,
		storageState: await context.storageState() })
	const other = await plain.newPage()

	await open(other, `/?broadcast=${check}`)
	assert.ok(await number(unanswered(other)) > 0)
	assert.equal(await other.getByRole('button', { name: /自動更新/ }).count(),
		0)
	await other.getByRole('link', { name: '最新の数を表示' }).click()
	await other.getByRole('heading', { level: 1, name: '全体' }).waitFor()
	await plain.close()
})

test('letters of twice the size', async page => {
	await logIn(page, 'system_admin')
	await open(page, `/?broadcast=${check}`)
	await page.evaluate(() => {
		document.documentElement.style.fontSize = '200%'
	})
	await fits(page, { width: 640, height: 900 })
	await fits(page, narrow)
})

await run()
