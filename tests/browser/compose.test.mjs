// Writing a broadcast: the count beside it, drafts kept while one writes, the
// second browser told, previews, templates and settings.
import assert from 'node:assert/strict'
import { fits, isGood, logIn, narrow, open, phone, run, shoot, sql, test }
	from './anpi.mjs'

const subject = `作成の試験 ${Date.now()}`

function saved(page) {
	return page.getByText('下書きに保存しました').waitFor()
}

test('counts and keeps the draft by itself', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/broadcasts/new')
	await page.getByLabel('連絡', { exact: true }).check()
	await page.getByLabel('件名').fill(subject)
	await page.getByLabel('本文').fill('{name}さん、確かめてください。')
	await page.getByLabel('担当する全員').check()
	const all = Number(sql(`SELECT COUNT(*) FROM user
		WHERE state = 'active'`))
	await page.locator('#reach-people',
		{ hasText: all.toLocaleString('ja-JP') }).waitFor()
	await page.locator('#reach-most').waitFor()
	await saved(page)
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'compose-new')
	await open(page, '/broadcasts/drafts')
	await page.getByRole('link', { name: subject }).first().click()
	assert.equal(await page.getByLabel('件名').inputValue(), subject)
	assert.ok(await page.getByLabel('担当する全員').isChecked())
})

test('leaving at once keeps what was typed', async page => {
	const quick = `${subject} 途中`

	await logIn(page, 'system_admin')
	await open(page, '/broadcasts/new')
	await page.getByLabel('件名').fill(quick)
	await open(page, '/broadcasts')
	for (let i = 0; i < 50 && sql(`SELECT COUNT(*) FROM draft
		WHERE subject = '${quick}'`) !== '1'; i++)
		await page.waitForTimeout(100)
	assert.equal(sql(`SELECT COUNT(*) FROM draft
		WHERE subject = '${quick}'`), '1')
})

test('the second of two browsers is told', async (page, context) => {
	await logIn(page, 'system_admin')
	const id = sql(`SELECT MAX(id) FROM draft WHERE subject = '${subject}'`)
	await open(page, `/broadcasts/drafts/${id}`)
	const other = await context.newPage()
	await open(other, `/broadcasts/drafts/${id}`)
	await page.getByLabel('本文').fill('はじめの画面')
	await saved(page)
	await other.getByLabel('本文').fill('次の画面')
	await other.locator('#reach-conflict').waitFor()
	await isGood(other)
	await other.getByRole('button', { name: '下書きに保存する' }).click()
	await other.getByText('別の画面で変更されたか').waitFor()
	assert.equal(await other.getByLabel('本文').inputValue(), '次の画面')
	await isGood(other)
	await shoot(other, 'compose-conflict')
	await other.getByRole('button', { name: '上書きする' }).click()
	await other.getByText('の下書きを開いています').waitFor()
	assert.equal(await other.getByLabel('本文').inputValue(), '次の画面')
})

test('to everybody looks different; as it will look', async page => {
	await logIn(page, 'system_admin')
	const id = sql(`SELECT MAX(id) FROM draft WHERE subject = '${subject}'`)
	await open(page, `/broadcasts/drafts/${id}`)
	await page.getByLabel('安否確認の設問').check()
	await page.getByText('送らない人（除外）').click()
	await page.locator('#f-not_people').fill(sql(`SELECT staff_no FROM user
		WHERE state = 'active' ORDER BY id LIMIT 1`))
	await page.getByRole('button', { name: 'まだ送りません' }).click()
	await page.locator('#check.urgent').waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'compose-everybody')
	await page.getByRole('button', { name: '見本を見る' }).click()
	await page.getByRole('heading', { name: '見本', exact: true }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'compose-preview')
	await open(page, `/broadcasts/drafts/${id}/page`)
	await page.getByRole('button', { name: '送信する' }).waitFor()
	await isGood(page)
	await shoot(page, 'compose-page')
	await page.getByLabel('無事').check()
	await page.getByRole('radio', { name: 'できる', exact: true }).check()
	await page.getByRole('button', { name: '送信する' }).click()
	await page.getByRole('heading', { name: 'これは見本です' }).waitFor()
	await isGood(page)
	await open(page, '/broadcasts/drafts')
	await isGood(page)
	await fits(page, narrow)
	await shoot(page, 'drafts')
})

test('a search among the groups', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/broadcasts/new')
	await page.getByText('グループ（その下の').click()
	const groups = page.locator('#f-group .choice:visible')
	const all = await groups.count()
	const name = (await groups.nth(3).textContent()).trim().split('（')[0]
	await page.locator('#f-group-search').fill(name)
	assert.ok(await groups.count() < all)
	await groups.first().click()
	assert.notEqual(await page.locator('#reach-people').textContent(), '')
	await page.locator('#reach-first', { hasText: '（' }).waitFor()
})

test('leaves out by an earlier answer', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/broadcasts/new')
	await page.getByLabel('件名').fill(`${subject} 除外`)
	await page.getByLabel('担当する全員').check()
	await page.getByText('送らない人（除外）').click()
	await page.getByText('以前の配信の回答で除く').click()
	const earlier = page.getByLabel('除く人を選ぶ以前の配信')
	const id = sql(`SELECT b.id FROM broadcast b
		JOIN recipient r ON r.broadcast = b.id
		WHERE r.answered_at IS NOT NULL AND b.retry_of IS NULL
		AND NOT b.test ORDER BY b.id DESC LIMIT 1`)
	const left = Number(sql(`SELECT COUNT(*) FROM user u
		WHERE u.state = 'active' AND NOT EXISTS (
		SELECT 1 FROM recipient r WHERE r.broadcast = ${id}
		AND r.user = u.id AND r.answered_at IS NOT NULL)`))
	await earlier.selectOption(id)
	await page.locator('[value="not_earlier"]').click()
	await page.locator('#f-not_chose').waitFor()
	await page.locator('#f-not_chose').getByLabel('回答済み').check()
	await page.locator('#reach-people',
		{ hasText: left.toLocaleString('ja-JP') }).waitFor()
	await saved(page)
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'compose-left-out')
	await page.reload()
	assert.ok(await page.locator('#f-not_chose').getByLabel('回答済み')
		.isChecked())
})

test('templates and settings', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/templates')
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'templates')
	await page.getByRole('link', { name: '参集の見込み', exact: true }).click()
	await page.getByRole('heading', { name: 'ひな形を書く' }).waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'template')
	await open(page, '/settings')
	await isGood(page)
	await fits(page, phone)
	await page.getByLabel('夜間の始まり').fill('25:00')
	await page.getByRole('button', { name: 'この内容にする' }).click()
	await page.getByRole('alert').waitFor()
	await isGood(page)
	await shoot(page, 'settings')
})

test('a draft kept as a template', async page => {
	const name = `${subject} ひな形`

	await logIn(page, 'system_admin')
	await open(page, '/broadcasts/new')
	await page.getByLabel('連絡', { exact: true }).check()
	await page.getByLabel('件名').fill(name)
	await page.getByLabel('本文').fill('{name}さん、訓練です。')
	await page.getByText('グループ（その下の').click()
	await page.locator('#f-group .choice').nth(1).click()
	await page.getByLabel('送ってから何時間で').fill('6')
	await page.getByLabel('回数').selectOption('2')
	await page.getByRole('button', { name: 'ひな形として保存' }).click()
	await page.getByText('の内容を入れました').waitFor()
	assert.equal(await page.getByLabel('名前').inputValue(), name)
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'template-of-draft')
	await page.getByRole('button', { name: 'ひな形を保存する' }).click()
	await page.getByRole('link', { name, exact: true }).waitFor()
	await isGood(page)
	await page.getByRole('link', { name: `「${name}」で配信を書く` }).click()
	await page.getByText('を入れました').waitFor()
	await page.locator('#reach-first', { hasText: '（' }).waitFor()
	assert.ok(await page.locator('#f-group input').nth(1).isChecked())
	assert.equal(await page.getByLabel('送ってから何時間で')
		.inputValue(), '6')
	assert.equal(await page.getByLabel('回数').inputValue(), '2')
	await isGood(page)
	await shoot(page, 'compose-of-template')
})

test('whole without script', async (page, context) => {
	await logIn(page, 'system_admin')
	const still = await context.browser().newContext({
		javaScriptEnabled: false, ignoreHTTPSErrors: true,
		locale: 'ja-JP', storageState: await context.storageState() })
	const plain = await still.newPage()
	await open(plain, '/broadcasts/new')
	await plain.getByRole('button', { name: 'ひな形を入れる' }).click()
	await plain.getByText('を入れました').waitFor()
	assert.ok(await plain.locator('#reach').isHidden())
	await plain.getByLabel('担当する全員').check()
	await plain.getByRole('button', { name: 'まだ送りません' }).click()
	await plain.locator('#check').waitFor()
	await plain.getByRole('button', { name: '下書きに保存する' }).click()
	await plain.getByText('の下書きを開いています').waitFor()
	await still.close()
})

await run()
