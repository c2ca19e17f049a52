// Import and export: a file sent, looked at, applied; whole without script.
import assert from 'node:assert/strict'
import { fits, isGood, logIn, narrow, open, phone, run, shoot, sql, test }
	from './anpi.mjs'

const number = `BR${Date.now() % 1000000}`

async function send(page, kind, text) {
	await open(page, '/import')
	await page.getByLabel(kind, { exact: true }).check()
	await page.locator('#f-file').setInputFiles({
		name: '名簿.csv', mimeType: 'text/csv', buffer: Buffer.from(text),
	})
	await page.getByRole('button', { name: '送って違いを見る' }).click()
	await page.getByRole('heading', { name: '内容' }).waitFor()
}

test('a file is sent, looked at and applied', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/import')
	await isGood(page)
	await fits(page, phone)
	await fits(page, narrow)
	await shoot(page, 'import-new')
	await send(page, '職員', `職員番号,氏名\r\n${number},𠮷田 花子\r\n`)
	await isGood(page)
	await fits(page, phone)
	await fits(page, narrow)
	await shoot(page, 'import-compared')
	assert.equal(sql(`SELECT COUNT(*) FROM user
		WHERE staff_no = '${number}'`), '0')
	await page.getByRole('button', { name: 'この内容で反映する' }).click()
	await page.getByText('反映しました').waitFor()
	await isGood(page)
	await shoot(page, 'import-applied')
	assert.equal(sql(`SELECT COUNT(*) FROM user
		WHERE staff_no = '${number}'`), '1')
})

test('what changes is shown field by field', async page => {
	await logIn(page, 'system_admin')
	await send(page, '職員', `職員番号,氏名\n${number},改名 花子\n`)
	await page.getByText('𠮷田 花子').first().waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'import-changed')
	await page.getByRole('button', { name: '取りやめる' }).click()
	await page.getByText('取りやめました').waitFor()
})

test('a bad file says which line and why', async page => {
	await logIn(page, 'system_admin')
	await send(page, '職員', '職員番号,氏名\nX1,良\nX2,悪😀\nX1,また\n')
	await page.getByText('絵文字が入っています').waitFor()
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'import-refused')
	assert.equal(await page.getByRole('button',
		{ name: 'この内容で反映する' }).count(), 0)
})

test('no file chosen', async page => {
	await logIn(page, 'system_admin')
	await open(page, '/import')
	await page.getByRole('button', { name: '送って違いを見る' }).click()
	await page.getByRole('alert').waitFor()
	await isGood(page)
})

test('export', async page => {
	await logIn(page, 'group_admin')
	await open(page, '/export')
	await isGood(page)
	await fits(page, phone)
	await shoot(page, 'export')
	await page.getByLabel('職員', { exact: true }).check()
	await page.getByRole('button', { name: '書き出す' }).click()
	await page.getByRole('alert').waitFor()
	await isGood(page)
	await page.locator('#f-reason').fill('名簿の確認')
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: '書き出す' }).click(),
	])
	assert.equal(file.suggestedFilename(), 'people.csv')
})

await run()
